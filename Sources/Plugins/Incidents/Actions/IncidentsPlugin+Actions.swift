import PluginAPI

extension IncidentsPlugin {
    /// What people do with an incident's message.
    var actionRoutes: [Route<IncidentsPlugin>] { [] }
}
