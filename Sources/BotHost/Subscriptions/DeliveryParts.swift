import BotStore
import PluginAPI

/// Webhooks of other services: where they arrive, and what makes that they do.
struct DeliveryParts: Sendable {
    let routes: DeliveryRoutes
    private let sources: [ConnectedSource]
    private let secrets: DeliverySecrets

    init(_ basics: HostBasics, sources: [ConnectedSource], plugins: PluginParts, workspaces: WorkspaceParts) {
        self.sources = sources
        secrets = DeliverySecrets(store: basics.store, clock: basics.clock)
        routes = DeliveryRoutes(
            intake: DeliveryIntake(
                store: basics.store, secrets: secrets, directory: workspaces.directory, table: plugins.table,
                policy: plugins.policy, metrics: basics.metrics, clock: basics.clock, logger: basics.logger),
            sources: sources)
    }

    /// What looks after the subscriptions, once it is known where the host listens.
    func keeper(_ basics: HostBasics, accounts: AccountDirectory, port: BoundPort) -> SubscriptionKeeper {
        SubscriptionKeeper(
            sources: sources.map(\.source), accounts: accounts, store: basics.store, secrets: secrets,
            publicURL: basics.configuration.publicURL, port: port, owner: basics.owner, clock: basics.clock,
            logger: basics.logger)
    }
}
