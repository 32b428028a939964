import ArgumentParser
import BotHost
import BotStore
import Foundation
import Logging
import PagerDutyKit
import Sandbox
import ServiceLifecycle
import SlackKit

/// `bothost sandbox`: the real host between a simulated Slack and a simulated PagerDuty account.
struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Try everything in the browser, without any account.",
        discussion: """
            Starts a simulated Slack workspace and a simulated PagerDuty account on this machine, and the real host in
            between. The host and its plugins are the same as in `bothost serve`; only the two services are simulated.
            """)

    @ArgumentParser.Option(help: "The port of the pages, on 127.0.0.1; 0 is a free one.")
    var port = 8080

    @ArgumentParser.Option(help: "Where the host keeps its database. Without it, a folder that is removed at the end.")
    var data: String?

    @ArgumentParser.Flag(help: "Only the two simulated services; the host is a `bothost serve` that is started apart.")
    var servicesOnly = false

    @ArgumentParser.Option(help: "With --services-only: where that host is, such as http://127.0.0.1:3000.")
    var hostURL: String?

    @ArgumentParser.Option(help: "With --services-only: seconds until a webhook that was not taken is sent again.")
    var webhookPause = 30.0

    @ArgumentParser.Flag(help: "With --services-only: Slack takes any number of calls.")
    var noRateLimits = false

    @ArgumentParser.Flag(help: "The host opens sockets to the simulated Slack, instead of being called over HTTP.")
    var socketMode = false

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port is a number from 0 to 65535.") }
        guard (0.1...3_600).contains(webhookPause) else {
            throw ValidationError("--webhook-pause is a number of seconds from 0.1 to 3600.")
        }
        guard servicesOnly == (hostURL != nil) else {
            throw ValidationError("--services-only and --host-url go together.")
        }
        guard servicesOnly || !noRateLimits && webhookPause == 30 else {
            throw ValidationError("--webhook-pause and --no-rate-limits are for --services-only.")
        }
    }

    func run() async throws {
        let config = try await reporting { try await EnvironmentSource.reader() }
        let level = EnvironmentReader(config: config).text("LOG_LEVEL", default: "warning")
        let (logger, metrics) = Logs.start(level: level, format: nil)
        if let hostURL {
            let stage = ServicesStage(
                options: SandboxOptions(
                    port: port, hostURL: hostURL, seed: 1, rateLimits: !noRateLimits, webhookPause: webhookPause),
                hostURL: hostURL, logger: logger)
            return try await reporting { try await stage.run() }
        }
        let folder = try reportingFolder { try SandboxFolder(data) }
        defer { folder.remove() }

        let stage = SandboxStage(
            port: port, isSocketMode: socketMode, folder: folder, metrics: metrics, logger: logger,
            pluginsFile: EnvironmentReader(config: config).text("PLUGINS_FILE", default: "./plugins.json"))
        try await reporting { try await stage.run() }
    }

    private func reportingFolder(_ make: () throws -> SandboxFolder) throws -> SandboxFolder {
        do {
            return try make()
        } catch {
            Output.error("--data: the folder cannot be made: \(error.localizedDescription)")
            throw ExitCode.failure
        }
    }
}
