import PluginAPI

extension IncidentsPlugin {
    /// From PagerDuty's V2 extensions to connections here.
    var migrationRoutes: [Route<IncidentsPlugin>] {
        [
            Handle(Migrate.self),
            OnAction(Migrate.actionID) { action, context in
                .ephemeral(try await Migration(context, by: action.person).carryOut())
            },
        ]
    }
}
