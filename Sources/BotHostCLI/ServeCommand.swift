import ArgumentParser
import BotHost
import Logging
import ServiceLifecycle

/// `bothost serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the bot backend against Slack and PagerDuty.",
        discussion: """
            Configured by environment variables and a .env file; docs/Configuration.md lists them. `bothost check` says
            what is missing. SIGTERM finishes what was begun and stops within 10 seconds; a second one stops at once.
            """)

    func run() async throws {
        let setup = try await reporting { try await Setup.read() }
        let (logger, metrics) = Logs.start(
            level: setup.configuration.logLevel, format: setup.configuration.logFormat)
        let host = try await reporting {
            try BotBackend(
                configuration: setup.configuration, parts: setup.parts, metrics: metrics, logger: logger)
        }
        let group = Running.group(
            host.services + [ReloadOnHangup(policySource: host.policySource)], logger: logger)
        async let running: Void = group.run()
        let (port, consolePort) = (await host.publicPort.value, await host.consolePort.value)
        if port > 0 {
            let listen = setup.configuration.listen
            let console = setup.configuration.console
            if setup.configuration.slack.appToken != nil { print("Opening sockets to Slack (Socket Mode)") }
            print("Listening for Slack on http://\(listen.host):\(port)")
            print("Console and metrics on http://\(console.host):\(consolePort)")
            Output.flush()
        }
        do {
            try await running
        } catch let problems as StartProblems {
            for line in problems.lines { Output.error(line) }
            throw ExitCode.failure
        }
    }
}
