import ArgumentParser
import BotHost
import BotStore
import Foundation
import Logging
import PagerDutyKit
import PluginAPI
import SlackKit

/// `bothost check`
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say everything that is wrong with the setup, and how to mend it.",
        discussion: "Exit status 0 when nothing is wrong, 1 otherwise.")

    @ArgumentParser.Flag(help: "Ask Slack and PagerDuty too whether the tokens are good.")
    var online = false

    func run() async throws {
        var report = Report()
        let config = try await reporting { try await EnvironmentSource.reader() }
        let configuration = report.collect { () throws(ConfigurationProblems) in try HostConfiguration(reading: config)
        }
        let pagerDuty = report.collect { () throws(ConfigurationProblems) in try PagerDutyAccess(reading: config) }
        if let configuration, let pagerDuty { report.linking(configuration, pagerDuty) }
        report.routes()
        report.plugins(configuration?.pluginsFile ?? "./plugins.json")
        if let configuration { await report.database(configuration) }
        if online, let configuration, let pagerDuty {
            await report.online(configuration, pagerDuty)
        }
        report.print()
        if !report.problems.isEmpty { throw ExitCode.failure }
    }
}

/// What a check has found so far.
struct Report {
    private(set) var problems: [String] = []
    private(set) var fine: [String] = []
    /// What works, and less well than it should.
    private(set) var warnings: [String] = []
    private var table: RouteTable?
    private var policy: Policy?

    mutating func collect<Value>(_ read: () throws(ConfigurationProblems) -> Value) -> Value? {
        do {
            return try read()
        } catch {
            problems += error.problems
            return nil
        }
    }

    /// How people will link their accounts.
    mutating func linking(_ configuration: HostConfiguration, _ pagerDuty: PagerDutyAccess) {
        switch (configuration.slack.client, pagerDuty.signIn) {
        case (_, nil): fine.append("linking: people paste a PagerDuty user API token")
        case (nil, _):
            warnings.append(
                "SLACK_CLIENT_ID: is missing, so people paste a PagerDuty token although there is an OAuth app")
        default:
            fine.append("linking: people sign in with Slack and at PagerDuty")
            guard configuration.publicURL == nil else { break }
            warnings.append("PUBLIC_URL: is missing, so links to sign in lead to this machine only")
        }
    }

    mutating func routes() {
        do {
            let table = try RouteTable(Bot.plugins)
            self.table = table
            fine.append("plugins: \(table.plugins.map(\.id).joined(separator: ", "))")
        } catch {
            problems += error.problems
        }
    }

    mutating func plugins(_ path: String) {
        do {
            policy = try PolicySource(path: path, plugins: Bot.plugins, logger: Logger(label: "check")).policy
            fine.append("\(path): read by every plugin")
        } catch {
            problems += error.problems.map { "\(path): \($0)" }
        }
    }

    mutating func database(_ configuration: HostConfiguration) async {
        do throws(StoreError) {
            let location = try DatabaseLocation(configuration.database)
            let (keys, _) = try location.keys(environment: configuration.keys)
            let store = try location.openStore(keys: keys, now: Date())
            let damage = try await store.check()
            await store.close()
            warnings += store.warnings.map { "DATABASE_URL: \($0)" }
            problems += damage.map { "DATABASE_URL: the database is damaged: \($0). Restore it from a backup." }
            if damage.isEmpty { fine.append("database: sound") }
        } catch {
            problems.append("DATABASE_URL: \(error.sentence)")
        }
    }

    mutating func online(_ configuration: HostConfiguration, _ pagerDuty: PagerDutyAccess) async {
        var needed: [AppManifest.ScopeRequest] = []
        if let table, let policy {
            // What the plugins need does not hang on how Slack reaches the host.
            needed =
                AppManifest(table: table, policy: policy, name: "BotHost", transport: .socketMode, publicURL: nil)
                .scopes
        }
        let probe = OnlineProbe(
            configuration: configuration, connections: [pagerDuty.connection], needed: needed)
        let (fine, problems) = await probe.run()
        self.fine += fine
        self.problems += problems
    }

    func print() {
        for line in fine { Swift.print("✓ \(line)") }
        for warning in warnings { Output.error("! \(warning)") }
        for problem in problems { Output.error("✗ \(problem)") }
        if problems.isEmpty { Swift.print("Nothing is wrong.") }
    }
}
