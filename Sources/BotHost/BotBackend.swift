package import BotStore
package import Logging
package import PluginAPI
package import ServiceLifecycle

/// The bot backend, put together: what it was given on the one side, the services that make it live on the other.
package struct BotBackend: Sendable {
    /// To be run in this order and stopped in the reverse of it: listeners first, the store last.
    package let services: [any Service]
    package let publicPort: BoundPort
    package let consolePort: BoundPort
    package let store: any Store
    package let policySource: PolicySource
    package let table: RouteTable
    package let permit: Permit
    /// What administrators ask on the command line.
    package let administration: Administration
    private let workspaces: WorkspaceParts
    private let installs: InstallParts
    private let keys: KeyRing
    private let clock: HostClock
    private let consoleAddress: ListenerAddress
    private let subscriptions: SubscriptionKeeper

    /// Learns the workspaces of the given bot tokens now, instead of soon.
    /// - Returns: False where one is not known yet.
    package func learnWorkspaces() async -> Bool { await workspaces.installs.installAll(anew: true) }

    /// Looks after the subscriptions to webhooks now, instead of soon.
    package func keepSubscriptions() async { await subscriptions.keep() }

    /// Renews the tokens that end, now instead of soon.
    package func keepTokens() async { await installs.keeper?.keep() }

    /// The part of an address with which somebody may install the app once.
    package func installTicket(by administrator: String, for workspace: String? = nil) -> String {
        installs.permission.make(by: administrator, for: workspace)
    }

    /// The address that signs somebody in to the console, once.
    package func consoleSignIn(by name: String, role: ConsoleRole = .owner) async -> String {
        ConsoleSignIn(keys: keys).address(await consoleAddress.url, by: name, role: role, at: clock.now())
    }

    /// Whether anybody may install the app, without a one-time address.
    package func letAnybodyInstall(_ isOpen: Bool) async throws {
        try await installs.permission.setOpenToAnybody(isOpen)
    }

    /// What is compiled in.
    package struct Parts: Sendable {
        package var plugins: [RegisteredPlugin]
        package var connections: [AccountConnection]
        /// Webhooks of other services.
        package var sources: [ConnectedSource]
        /// Bot tokens of workspaces to serve without an OAuth install.
        package var botTokens: [Secret]

        package init(
            plugins: [RegisteredPlugin], connections: [AccountConnection], sources: [ConnectedSource] = [],
            botTokens: [Secret] = []
        ) {
            self.plugins = plugins
            self.connections = connections
            self.sources = sources
            self.botTokens = botTokens
        }
    }

    /// Opens the store and checks everything that can be checked before anything is served.
    ///
    /// Each folder makes its own parts; what they need of each other is handed on here, in the order of need.
    /// - Throws: ``StartProblems`` with one line each.
    package init(
        configuration: HostConfiguration, parts: Parts, metrics: PrometheusText, clock: HostClock = .system,
        logger: Logger
    ) throws(StartProblems) {
        let table = try Self.table(parts)
        let (store, keys) = try Self.openStore(configuration, clock: clock, logger: logger)
        let basics = HostBasics(
            configuration: configuration, store: store, keys: keys, metrics: HostMetrics(), clock: clock,
            logger: logger)
        let outbound = OutboundParts(basics)
        workspaces = WorkspaceParts(basics, botTokens: parts.botTokens, outbound: outbound)
        let plugins = try PluginParts(basics, table: table, parts: parts, outbound: outbound, workspaces: workspaces)
        installs = InstallParts(basics, outbound: outbound, workspaces: workspaces, plugins: plugins)
        let linking = LinkParts(basics, plugins: plugins, outbound: outbound, workspaces: workspaces)
        let requests = try PipelineParts(
            basics, plugins: plugins, outbound: outbound, workspaces: workspaces, installs: installs,
            offers: linking?.offers)
        let sockets = try SocketMode.make(basics, outbound: outbound, pipeline: requests.pipeline)
        let source = plugins.policySource
        let messages = MessageParts(basics, outbound: outbound, workspaces: workspaces) {
            source.policy.fallbackChannel(in: $0)
        }
        let deliveries = DeliveryParts(
            basics, sources: parts.sources, plugins: plugins, workspaces: workspaces, inflight: requests.inflight)
        let jobs = JobParts(
            basics, plugins: plugins, workspaces: workspaces, pipeline: requests.pipeline, deliveries: deliveries)
        let web = WebParts(basics, plugins: plugins, workspaces: workspaces, inflight: requests.inflight)
        let listeners = ListenerParts(
            basics, pipeline: requests.pipeline, deliveries: deliveries.routes, web: web.routes,
            links: linking?.routes(after: requests), workspaces: workspaces, plugins: plugins, installs: installs,
            sockets: sockets,
            page: metrics)
        publicPort = listeners.publicListener.port
        consolePort = listeners.console.port
        subscriptions = deliveries.keeper(basics, accounts: plugins.accounts, port: publicPort)
        self.store = store
        policySource = plugins.policySource
        self.keys = keys
        consoleAddress = basics.consoleAddress
        self.clock = clock
        self.table = table
        permit = plugins.permit
        administration = Administration(
            store: store, keys: try KeyChange(database: configuration.database, environment: configuration.keys),
            clock: clock)
        services =
            [
                Closing(
                    store: store, http: outbound.http, inflight: requests.inflight, clock: clock, logger: logger),
                policySource, requests.budget, web.budget, jobs.runner, messages.painter, jobs.scheduler, jobs.sweeper,
                deliveries.unread, plugins.keeper, subscriptions, workspaces.installs,
            ] + installs.services + [
                AdminSocket(basics, administration), StoreWatch(store: store, clock: clock, logger: logger),
                listeners.console, listeners.publicListener,
            ] + (sockets.map { [$0] } ?? []) + [Draining(health: listeners.health)]
    }

    /// What every plugin answers to, and that something delivers what they wait for.
    private static func table(_ parts: Parts) throws(StartProblems) -> RouteTable {
        let table: RouteTable
        do {
            table = try RouteTable(parts.plugins, sources: parts.sources.map(\.source))
        } catch {
            throw StartProblems(lines: error.problems)
        }
        let known = Set(parts.sources.map(\.source.id))
        let unknown = table.deliveries.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }
        guard unknown.isEmpty else {
            throw StartProblems(
                lines: unknown.map { source, owners in
                    "\(owners.map(\.pluginID).joined(separator: ", ")): nothing delivers “\(source)”; there are "
                        + (known.isEmpty ? "no sources" : known.sorted().joined(separator: ", "))
                })
        }
        return table
    }

    private static func openStore(
        _ configuration: HostConfiguration, clock: HostClock, logger: Logger
    ) throws(StartProblems) -> (store: any Store, keys: KeyRing) {
        do throws(StoreError) {
            let location = try DatabaseLocation(configuration.database)
            let (keys, madeFile) = try location.keys(environment: configuration.keys)
            if let madeFile {
                logger.notice(
                    "made a key file that seals the secrets in the database: keep a copy of it apart from the backups",
                    metadata: ["path": "\(madeFile)"])
            }
            let store = try location.openStore(
                keys: keys, now: clock.now(), leases: clock.isSystem ? .own : .caller)
            for warning in store.warnings { logger.warning("\(warning)") }
            return (store, keys)
        } catch {
            throw StartProblems(lines: [error.sentence])
        }
    }
}

/// Stopped first: from then on the host says that it is not ready.
private struct Draining: Service {
    let health: Health

    func run() async throws {
        try? await gracefulShutdown()
        health.drain()
    }
}

/// Stopped last: what was begun is finished, then the store is let go.
private struct Closing: Service {
    let store: any Store
    let http: OutboundHTTP
    let inflight: Inflight
    let clock: HostClock
    let logger: Logger

    /// Within what is left of the ten seconds that a stop may take.
    static let patience = Duration.seconds(4)

    func run() async throws {
        try? await gracefulShutdown()
        if await !inflight.drained(within: Self.patience, clock: clock) {
            logger.error("stopping while handlers still run", metadata: ["count": "\(inflight.count)"])
        }
        await store.close()
        await http.shutdown()
    }
}
