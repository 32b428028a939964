import BotStore
import PluginAPI

/// Webhooks of other services: where they arrive, and what makes that they do.
struct DeliveryParts: Sendable {
    let routes: DeliveryRoutes
    let reader: DeliveryReader
    let unread: UnreadDeliveries
    private let sources: [ConnectedSource]
    private let secrets: DeliverySecrets

    init(
        _ basics: HostBasics, sources: [ConnectedSource], plugins: PluginParts, workspaces: WorkspaceParts,
        inflight: Inflight
    ) {
        self.sources = sources
        secrets = DeliverySecrets(store: basics.store, clock: basics.clock)
        reader = DeliveryReader(
            store: basics.store, directory: workspaces.directory, table: plugins.table, policy: plugins.policy,
            metrics: basics.metrics, clock: basics.clock, logger: basics.logger)
        unread = UnreadDeliveries(
            store: basics.store, sources: sources.map(\.source), reader: reader, clock: basics.clock,
            logger: basics.logger)
        routes = DeliveryRoutes(
            intake: DeliveryIntake(
                store: basics.store, secrets: secrets, reader: reader, inflight: inflight, metrics: basics.metrics,
                clock: basics.clock, logger: basics.logger),
            sources: sources)
    }

    func poison(_ basics: HostBasics) -> PoisonCabinet {
        PoisonCabinet(
            store: basics.store, reader: reader,
            sources: Dictionary(sources.map { ($0.source.id, $0.source) }) { first, _ in first }, clock: basics.clock,
            logger: basics.logger)
    }

    /// What looks after the subscriptions, once it is known where the host listens.
    func keeper(_ basics: HostBasics, accounts: AccountDirectory, port: BoundPort) -> SubscriptionKeeper {
        SubscriptionKeeper(
            sources: sources.map(\.source), accounts: accounts, store: basics.store, secrets: secrets,
            publicURL: basics.configuration.publicURL, port: port, owner: basics.owner, clock: basics.clock,
            logger: basics.logger)
    }
}
