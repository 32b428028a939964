import PluginAPI

extension IncidentsPlugin {
    /// Which channel follows what.
    var connectionRoutes: [Route<IncidentsPlugin>] { [] }
}
