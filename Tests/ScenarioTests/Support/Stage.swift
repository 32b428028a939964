import AsyncHTTPClient
import BotHost
import BotHostCLI
import BotStore
import Foundation
import Logging
import PagerDutyKit
import PluginAPI
import ServiceLifecycle
import SlackKit
import Testing

@testable import Sandbox

/// The whole system in one process: the real host between a simulated Slack and a simulated PagerDuty account, over
/// loopback. Time stands still until a test moves it.
struct Stage: Sendable {
    let sandbox: Sandbox
    let host: BotBackend
    /// What runs the host.
    let hostGroup: ServiceGroup
    /// Every host; the first one is `host`.
    let replicas: [Replica]
    let clock: ManualClock
    let folder: URL
    let access: Loopback
    let log: LogBook

    var pagerDuty: PagerDutyAccount { PagerDutyAccount(simulator: sandbox.pagerDuty) }

    /// One of the hosts.
    struct Replica: Sendable {
        let host: BotBackend
        let group: ServiceGroup
        let address: String
    }

    /// How a stage is set up.
    struct Setup: Sendable {
        /// `plugins.json`.
        var plugins = Stage.everything
        /// Compiled in besides the bundled ones.
        var further: [RegisteredPlugin] = []
        /// Whether the host has an account's key.
        var isConnectedToPagerDuty = true
        /// Whether people sign in to link; else they paste a token.
        var signsIn = false
        /// How long Slack waits, in real time: long, because a test decides by its own clock when time is over.
        var slackWaits = Duration.seconds(20)
        var keepsRateLimits = false
        /// Monday, 5 January 2026, 15:00 UTC.
        var start = Date(timeIntervalSince1970: 1_767_625_200)
        /// Words that a test wants to see although they are no good sentences.
        var isProofread = true
        /// Whether Slack sends over sockets, and nothing over HTTP.
        var isSocketMode = false
        /// Whose bot tokens the host has.
        var workspaces = ["T0ACME001", "T0GLOBEX1"]
        /// Several share a PostgreSQL database and stand behind one address. Only the first one has the bot tokens.
        var hosts = 1
    }

    /// A `plugins.json` that switches every bundled plugin on, and the tests' own where it is compiled in.
    static let everything = """
        {"plugins": {"help": {}, "trigger": {}, "oncall": {}, "invite": {}, "unlink": {}, "insights": {},
        "incidents": {}}}
        """

    /// The six commands that people begin with, and nothing else.
    static let theSix = """
        {"plugins": {"help": {}, "trigger": {}, "oncall": {}, "invite": {}, "unlink": {}, "insights": {}}}
        """

    /// Sets the stage, lets a test play on it, and clears it away.
    static func set(_ setup: Setup = Setup(), _ play: @Sendable (Stage) async throws -> Void) async throws {
        await StageDoor.shared.enter()
        do {
            try await raise(setup, play)
        } catch {
            await StageDoor.shared.leave()
            throw error
        }
        await StageDoor.shared.leave()
    }

    private static func raise(_ setup: Setup, _ play: @Sendable (Stage) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bothost-scenario-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let clock = ManualClock(setup.start)
        let log = LogBook()
        let sandbox = Sandbox(
            options: SandboxOptions(
                port: 0, seed: 1, clock: clock, acknowledgementTimeout: setup.slackWaits,
                rateLimits: setup.keepsRateLimits))
        let database = setup.hosts > 1 ? try SharedDatabase() : nil
        defer { database?.drop() }
        let door = FrontDoor(logger: Logger(label: "door") { _ in log })
        try await running([sandbox], log) { _ in
            try await running(setup.hosts > 1 ? [door] : [], log) { _ in
                let front = setup.hosts > 1 ? "http://127.0.0.1:\(await door.port)" : nil
                var hosts: [BotBackend] = []
                for number in 0..<setup.hosts {
                    hosts.append(
                        try await prepare(
                            setup, number, sandbox, clock, folder, database: database?.url, front: front, log))
                }
                try await running(hosts: hosts[...], log) { replicas in
                    door.lead(to: replicas.map(\.address))
                    let stage = try await open(setup, sandbox, replicas, front: front, clock, folder, log)
                    try await play(stage)
                    if setup.isProofread { await Proofreader.read(stage) }
                }
            }
        }
    }

    /// Runs hosts, one within the other.
    private static func running(
        hosts: ArraySlice<BotBackend>, after before: [Replica] = [], _ log: LogBook,
        _ body: ([Replica]) async throws -> Void
    ) async throws {
        guard let host = hosts.first else { return try await body(before) }
        try await running(host.services, log) { group in
            let replica = Replica(host: host, group: group, address: "http://127.0.0.1:\(await host.publicPort.value)")
            try await running(hosts: hosts.dropFirst(), after: before + [replica], log, body)
        }
    }

    /// Runs services for as long as the body takes, and stops them as a signal would.
    private static func running(
        _ services: [any Service], _ log: LogBook, _ body: (ServiceGroup) async throws -> Void
    ) async throws {
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: services, logger: Logger(label: "stage") { _ in log }))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            do {
                try await body(group)
            } catch {
                await group.triggerGracefulShutdown()
                _ = try? await tasks.next()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.next()
        }
    }

    private static func prepare(
        _ setup: Setup, _ number: Int, _ sandbox: Sandbox, _ clock: ManualClock, _ folder: URL, database: String?,
        front: String?, _ log: LogBook
    ) async throws -> BotBackend {
        let address = "http://127.0.0.1:\(try await sandbox.port)"
        let pluginsFile = folder.appending(path: "plugins.json")
        try Data(setup.plugins.utf8).write(to: pluginsFile)
        let free = HostConfiguration.ListenAddress(host: "127.0.0.1", port: 0)
        var slack = HostConfiguration.SlackAccess(
            signingSecrets: [Secret(sandbox.slack.signingSecret)],
            client: HostConfiguration.SlackAccess.Client(
                id: sandbox.slack.client.id, secret: Secret(sandbox.slack.client.secret)), url: address)
        // Where the simulated Slack keeps no limits, tests need not wait for them.
        if !setup.keepsRateLimits { slack.pace = 1_000 }
        if setup.isSocketMode {
            slack.signingSecrets = []
            slack.appToken = Secret(sandbox.slack.appToken)
        }
        let configuration = HostConfiguration(
            listen: free, console: free, publicURL: front,
            database: database ?? "sqlite:\(folder.path)/bothost.sqlite",
            keys: database == nil ? nil : Secret("test:" + Data(repeating: 7, count: 32).base64EncodedString()),
            pluginsFile: pluginsFile.path, slack: slack)
        let endpoints = PagerDuty.Endpoints(api: "\(address)/pd", identity: "\(address)/identity")
        let client = sandbox.pagerDuty.oauthClient
        let signIn = PagerDutySignIn(endpoints: endpoints, clientID: client.id, clientSecret: client.secret)
        let connection = AccountConnection(
            provider: PagerDutyAccountProvider(endpoints: endpoints, signIn: setup.signsIn ? signIn : nil),
            credential: setup.isConnectedToPagerDuty ? Secret(sandbox.pagerDuty.accountKey) : nil)
        return try BotBackend(
            configuration: configuration,
            parts: BotBackend.Parts(
                plugins: BundledPlugins.all + setup.further, connections: [connection],
                sources: BundledSources.all(),
                botTokens: (number == 0 ? setup.workspaces : []).compactMap { sandbox.slack.botToken(team: $0) }.map {
                    Secret($0)
                }),
            metrics: PrometheusText(),
            clock: HostClock(
                now: { clock.now }, sleep: { try await clock.sleep(for: $0) },
                uptime: { .seconds(clock.now.timeIntervalSince(setup.start)) }),
            logger: Logger(label: "bothost") { _ in log })
    }

    private static func open(
        _ setup: Setup, _ sandbox: Sandbox, _ replicas: [Replica], front: String?, _ clock: ManualClock,
        _ folder: URL, _ log: LogBook
    ) async throws -> Stage {
        let address = "http://127.0.0.1:\(try await sandbox.port)"
        let first = try #require(replicas.first)
        let host = first.host
        let hostAddress = front ?? first.address
        let manifest = AppManifest(
            table: host.table, policy: host.policySource.policy, name: "BotHost",
            transport: setup.isSocketMode ? .socketMode : .http(requestURL: "\(hostAddress)/slack/events"),
            publicURL: hostAddress)
        try await sandbox.slackAppManifest(String(decoding: manifest.json, as: UTF8.self))
        await sandbox.connect(hostAddress)
        await host.keepSubscriptions()
        try #require(await host.learnWorkspaces())
        return Stage(
            sandbox: sandbox, host: host, hostGroup: first.group, replicas: replicas, clock: clock, folder: folder,
            access: Loopback(sandbox: address, host: hostAddress), log: log)
    }
}

/// Lets in as many stages at once as the machine has cores for: more only wait for each other.
private actor StageDoor {
    static let shared = StageDoor(places: 4)

    private var places: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(places: Int) {
        self.places = places
    }

    func enter() async {
        guard places == 0 else {
            places -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func leave() {
        guard waiting.isEmpty else { return waiting.removeFirst().resume() }
        places += 1
    }
}

extension Stage {
    /// The bundled plugins and the tests' own.
    static let withProbe = Setup(
        plugins: """
            {"plugins": {"help": {}, "trigger": {}, "oncall": {}, "invite": {}, "unlink": {}, "insights": {}, "probe": {}}}
            """,
        further: [RegisteredPlugin(ProbePlugin.self)])

    /// Writes another `plugins.json`, as an administrator does while the host runs.
    func writes(plugins text: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: "plugins.json"))
    }

    /// Lets something go wrong on purpose.
    func breaks(_ target: Fault.Target, _ kind: Fault.Kind, only method: String? = nil, times count: Int? = nil) {
        sandbox.faults.set(Fault(target: target, kind: kind, method: method, count: count))
    }

    /// Lets everything go well again.
    func mends() { sandbox.faults.clear() }

    /// The calls that the host made to a method of Slack's or an operation of PagerDuty's, oldest first.
    func calls(_ kind: String) -> [JournalEntry] {
        sandbox.journal.entries().filter { $0.direction == .fromHost && $0.kind == kind }
    }
}
