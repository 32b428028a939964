import BotHost
import BotStore
import Foundation
import Logging
import PagerDutyKit
import PluginAPI
import Sandbox
import ServiceLifecycle
import SlackKit
import Synchronization

/// Puts the two simulators and the host together: first the simulators, then the host that is told where they are, then
/// the simulated Slack is told where the host is.
struct SandboxStage: Sendable {
    let port: Int
    /// Whether the host has an app token and no signing secret.
    let isSocketMode: Bool
    let folder: SandboxFolder
    let metrics: PrometheusText
    let logger: Logger
    let pluginsFile: String

    func run() async throws {
        let cleanUp = CleanUp()
        // Always the same tokens, so that a database that is kept fits the next start.
        let sandbox = Sandbox(
            options: SandboxOptions(port: port, seed: 1, afterReset: { await cleanUp.run() }))
        let group = Running.group([sandbox], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            do {
                try await open(sandbox, group, cleanUp)
            } catch {
                await group.triggerGracefulShutdown()
                _ = try? await tasks.next()
                throw error
            }
            try await tasks.next()
        }
    }

    private func open(_ sandbox: Sandbox, _ group: ServiceGroup, _ cleanUp: CleanUp) async throws {
        let page: Int
        do {
            page = try await sandbox.port
        } catch {
            throw StartProblems(lines: ["Port \(port) cannot be used: choose another with --port, or 0 for a free one."]
            )
        }
        let address = "http://127.0.0.1:\(page)"
        let host = try BotBackend(
            configuration: try configuration(address, sandbox),
            parts: BotBackend.Parts(
                plugins: Bot.plugins, connections: [connection(address, sandbox)],
                sources: BundledSources.all(),
                botTokens: sandbox.slack.allBotTokens.sorted { $0.key < $1.key }.map { Secret($0.value) }),
            metrics: metrics, logger: logger)
        for service in host.services + [ReloadOnHangup(policySource: host.policySource)] {
            await group.addServiceUnlessShutdown(service)
        }
        let hostPort = await host.publicPort.value
        guard hostPort > 0 else { throw StartProblems(lines: ["The host could not open its listener."]) }
        let hostAddress = "http://127.0.0.1:\(hostPort)"
        let manifest = AppManifest(
            table: host.table, policy: host.policySource.policy, name: "BotHost",
            transport: isSocketMode ? .socketMode : .http(requestURL: "\(hostAddress)/slack/events"),
            publicURL: hostAddress)
        try await sandbox.slackAppManifest(String(decoding: manifest.json, as: UTF8.self))
        await sandbox.connect(hostAddress)
        try await connectIntegration(of: sandbox, to: host, at: hostAddress)
        await host.keepSubscriptions()
        cleanUp.set {
            await Self.forget(host)
            await host.keepSubscriptions()
        }
        _ = await host.learnWorkspaces()
        print(
            """
            Sandbox    \(address)            the simulated Slack: try /pd help
            PagerDuty  \(address)/pagerduty  the simulated account
            Inspector  \(address)/inspector  every request between them and the host
            Host       \(hostAddress)            metrics on http://127.0.0.1:\(await host.consolePort.value)/metrics
            Console    \(await host.consoleSignIn(by: "sandbox"))
            """)
        Output.flush()
    }

    private func configuration(_ address: String, _ sandbox: Sandbox) throws -> HostConfiguration {
        let free = HostConfiguration.ListenAddress(host: "127.0.0.1", port: 0)
        return HostConfiguration(
            listen: free, console: free, database: folder.database, pluginsFile: try folder.pluginsFile(pluginsFile),
            slack: HostConfiguration.SlackAccess(
                signingSecrets: isSocketMode ? [] : [Secret(sandbox.slack.signingSecret)],
                appToken: isSocketMode ? Secret(sandbox.slack.appToken) : nil,
                client: HostConfiguration.SlackAccess.Client(
                    id: sandbox.slack.client.id, secret: Secret(sandbox.slack.client.secret)), url: address))
    }

    /// The account's page sets channels through the host's integration API, as a program with a token does.
    private func connectIntegration(of sandbox: Sandbox, to host: BotBackend, at address: String) async throws {
        let name = "the simulated PagerDuty"
        if case .tokens(let tokens) = try await host.administration.carryOut(.tokens) {
            // A database that is kept has the one of the last start, which nobody knows any more.
            for old in tokens where old.name == name {
                _ = try await host.administration.carryOut(.revokeToken(id: old.id))
            }
        }
        guard case .created(_, let token) = try await host.administration.carryOut(.createToken(name: name)) else {
            return
        }
        sandbox.pagerDuty.connect(integration: address, token: token)
    }

    private func connection(_ address: String, _ sandbox: Sandbox) -> AccountConnection {
        let endpoints = PagerDuty.Endpoints(api: "\(address)/pd", identity: "\(address)/identity")
        let client = sandbox.pagerDuty.oauthClient
        return AccountConnection(
            provider: PagerDutyAccountProvider(
                endpoints: endpoints,
                signIn: PagerDutySignIn(endpoints: endpoints, clientID: client.id, clientSecret: client.secret)),
            credential: Secret(sandbox.pagerDuty.accountKey))
    }

    /// After a reset nobody is linked, nothing is remembered and nothing is due.
    private static func forget(_ host: BotBackend) async {
        let store = host.store
        let now = Date()
        for installation in (try? await store.installations()) ?? [] {
            let workspace = installation.id
            let linked =
                (try? await store.linkedAccounts(
                    provider: PagerDuty.provider, teamID: workspace, limit: 1_000, after: nil)) ?? []
            for account in linked {
                _ = try? await store.unlink(provider: PagerDuty.provider, person: account.person)
            }
            for plugin in host.table.plugins.map(\.id) + ["host"] {
                let scope = ValueScope(plugin: plugin, workspace: workspace)
                let values = (try? await store.values(prefix: "", in: scope, at: now, limit: 1_000, after: nil)) ?? []
                for value in values { _ = try? await store.change(.delete(value.key, in: scope), at: now) }
            }
        }
        let links = ValueScope(plugin: "host", workspace: "")
        for value in (try? await store.values(prefix: "", in: links, at: now, limit: 1_000, after: nil)) ?? [] {
            _ = try? await store.change(.delete(value.key, in: links), at: now)
        }
        for state in [JobState.available, .scheduled, .retryable] {
            for job in (try? await store.jobs(in: state, limit: 200, before: nil)) ?? [] {
                try? await store.cancelJob(job.id, at: now)
            }
        }
    }
}

/// What a reset of the sandbox must do to the host, known once there is one.
private final class CleanUp: Sendable {
    private let work = Mutex<(@Sendable () async -> Void)?>(nil)

    func set(_ work: @escaping @Sendable () async -> Void) {
        self.work.withLock { $0 = work }
    }

    func run() async {
        await work.withLock(\.self)?()
    }
}
