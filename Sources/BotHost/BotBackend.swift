package import BotStore
package import Logging
package import PluginAPI
package import ServiceLifecycle
import SlackKit

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
    private let installs: TokenInstalls
    private let subscriptions: SubscriptionKeeper

    /// Learns the workspaces of the given bot tokens now, instead of soon.
    /// - Returns: False where one is not known yet.
    package func learnWorkspaces() async -> Bool { await installs.installAll() }

    /// Looks after the subscriptions to webhooks now, instead of soon.
    package func keepSubscriptions() async { await subscriptions.keep() }

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
    /// - Throws: ``StartProblems`` with one line each.
    package init(
        configuration: HostConfiguration, parts: Parts, metrics: PrometheusText, clock: HostClock = .system,
        logger: Logger
    ) throws(StartProblems) {
        let table: RouteTable
        do {
            table = try RouteTable(parts.plugins)
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
        let store = try Self.openStore(configuration, clock: clock, logger: logger)
        let policySource: PolicySource
        do {
            policySource = try PolicySource(
                path: configuration.pluginsFile, plugins: parts.plugins, logger: logger,
                overrides: {
                    try await store.enablementOverrides().map {
                        Policy.Override(workspaceID: $0.workspace, pluginID: $0.plugin, isEnabled: $0.isEnabled)
                    }
                })
        } catch {
            throw StartProblems(lines: error.problems.map { "\(configuration.pluginsFile): \($0)" })
        }
        guard let signature = SlackSignature(secrets: configuration.slack.signingSecrets.map { $0.reveal() }) else {
            throw StartProblems(lines: ["SLACK_SIGNING_SECRET: is missing"])
        }

        let counts = HostMetrics()
        let http = OutboundHTTP()
        let slack = SlackCaller(slackURL: configuration.slack.url, http: http, clock: clock, metrics: counts)
        let directory = InstallationDirectory(store: store, clock: clock)
        let accounts = AccountDirectory(
            connections: parts.connections, store: store, http: http, clock: clock, metrics: counts, logger: logger)
        let groups = UserGroups(clock: clock, logger: logger) { group, workspace in
            guard
                let served = try await directory.served(
                    teamID: workspace.id, enterpriseID: workspace.organizationID)
            else { return [] }
            return try await slack.members(
                ofUserGroup: group, token: served.installation.botToken, workspace: workspace.id)
        }
        let permit = Permit { group, person, workspace in
            await groups.contains(person, group: group, workspace: workspace)
        }
        let commands = CommandDirectory(table: table, permit: permit)
        let services = PluginServices(
            directory: directory, accounts: accounts, store: store, slack: slack, http: http,
            manifests: parts.plugins.map(\.manifest), policy: { policySource.policy }, clock: clock, logger: logger,
            catalogue: { core in
                await commands.permitted(
                    policy: policySource.policy, workspace: core.workspace, person: core.person, channel: core.channel)
            })
        let runner = HandlerRunner(
            services: services, store: store, circuit: PluginCircuit(),
            linkPrompt: LinkPrompt(accounts: accounts, store: store, clock: clock, logger: logger), metrics: counts,
            clock: clock, logger: logger)
        let budget = ReplyBudget(clock: clock)
        let inflight = Inflight()
        let pipeline = Pipeline(
            signature: signature, directory: directory, router: RequestRouter(table: table), permit: permit,
            policy: { policySource.policy }, runner: runner,
            answerer: Answerer(
                call: ViewCalls(slack: slack),
                poster: ResponsePoster(
                    allowed: ResponseURL(slackURL: configuration.slack.url), http: http, metrics: counts),
                runner: runner, inflight: inflight, clock: clock, logger: logger),
            events: EventIntake(store: store, policy: { policySource.policy }, clock: clock, logger: logger),
            budget: budget, inflight: inflight,
            metrics: counts, clock: clock, logger: logger)

        let owner = "host-\(TraceID.make())"
        let performer = JobPerformer(
            table: table, directory: directory, policy: { policySource.policy }, services: services, store: store,
            clock: clock)
        let jobs = JobRunner(
            store: store, wakeups: { store.wakeups() }, clock: clock, metrics: counts, logger: logger, owner: owner
        ) { try await performer.perform($0) }
        let painter = MessagePainter(
            store: store, wakeups: { store.wakeups() }, clock: clock, logger: logger
        ) { method, arguments, workspace, organization in
            guard
                let served = try await directory.served(
                    teamID: workspace, enterpriseID: organization.isEmpty ? nil : organization)
            else {
                throw SlackError(code: "account_inactive")
            }
            return try await slack.call(
                method, arguments, token: served.installation.botToken, workspace: workspace)
        }
        let scheduler = Scheduler(
            table: table, directory: directory, policy: { policySource.policy }, store: store, clock: clock,
            logger: logger)
        let installs = TokenInstalls(
            tokens: parts.botTokens, slack: slack, store: store, directory: directory, clock: clock, logger: logger)
        let health = Health([
            (
                "store",
                {
                    do throws(StoreError) {
                        try await store.ping()
                        return nil
                    } catch {
                        return error.sentence
                    }
                }
            ),
            ("workspaces", { installs.problem }),
        ])
        let secrets = DeliverySecrets(store: store, clock: clock)
        let deliveries = DeliveryRoutes(
            intake: DeliveryIntake(
                store: store, secrets: secrets, directory: directory, table: table, policy: { policySource.policy },
                metrics: counts,
                clock: clock, logger: logger),
            sources: parts.sources)
        let publicListener = Listener(
            PublicListener(pipeline: pipeline, deliveries: deliveries, health: health).router(),
            at: configuration.listen, logger: logger)
        let console = Listener(
            ConsoleListener(health: health, metrics: metrics).router(), at: configuration.console, logger: logger)

        let subscriptions = SubscriptionKeeper(
            sources: parts.sources.map(\.source), accounts: accounts, store: store, secrets: secrets,
            publicURL: configuration.publicURL, port: publicListener.port, owner: owner, clock: clock, logger: logger)

        publicPort = publicListener.port
        consolePort = console.port
        self.store = store
        self.policySource = policySource
        self.table = table
        self.permit = permit
        self.installs = installs
        self.subscriptions = subscriptions
        self.services = [
            Closing(store: store, http: http, inflight: inflight, clock: clock, logger: logger), policySource, budget,
            jobs, painter, scheduler,
            Sweeper(store: store, clock: clock, logger: logger),
            subscriptions, installs, console, publicListener, Draining(health: health),
        ]
    }

    private static func openStore(
        _ configuration: HostConfiguration, clock: HostClock, logger: Logger
    ) throws(StartProblems) -> any Store {
        do throws(StoreError) {
            let location = try DatabaseLocation(configuration.database)
            let (keys, madeFile) = try location.keys(environment: configuration.keys)
            if let madeFile {
                logger.notice(
                    "made a key file that seals the secrets in the database: keep a copy of it apart from the backups",
                    metadata: ["path": "\(madeFile)"])
            }
            return try location.openStore(
                keys: keys, now: clock.now(), leases: clock.isSystem ? .own : .caller)
        } catch {
            throw StartProblems(lines: [error.sentence])
        }
    }
}

/// Why the host does not start: one line each, with the mend.
package struct StartProblems: Error, Hashable, CustomStringConvertible {
    package let lines: [String]

    package init(lines: [String]) {
        self.lines = lines
    }

    package var description: String { lines.joined(separator: "\n") }
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
