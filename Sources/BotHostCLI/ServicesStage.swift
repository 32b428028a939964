import BotHost
import Logging
import Sandbox
import ServiceLifecycle
import SlackKit

/// The two simulators alone, for a host that runs as a process of its own: one that can be killed, or several.
struct ServicesStage: Sendable {
    let options: SandboxOptions
    /// Where the host is to be found, now or later.
    let hostURL: String
    let logger: Logger

    func run() async throws {
        let (table, policy) = try await Compiled.read()
        var options = options
        options.manifest = String(
            decoding: AppManifest(
                table: table, policy: policy, name: "BotHost",
                transport: .http(requestURL: "\(hostURL)/slack/events"), publicURL: hostURL
            ).json, as: UTF8.self)
        let sandbox = Sandbox(options: options)
        async let running: Void = Running.group([sandbox], logger: logger).run()
        do {
            let address = "http://127.0.0.1:\(try await sandbox.port)"
            print(
                """
                Sandbox    \(address)  Slack under /api, PagerDuty under /pd, tokens under /control/access
                Host       \(hostURL)  is to be started apart: bothost serve
                """)
            Output.flush()
        } catch {
            throw StartProblems(
                lines: ["Port \(options.port) cannot be used: choose another with --port, or 0 for a free one."])
        }
        try await running
    }
}
