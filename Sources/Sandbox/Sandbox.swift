import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// A simulated Slack and a simulated PagerDuty account on one listener of this machine.
package struct Sandbox: Service {
    package let slack: SlackSimulator
    package let pagerDuty: PagerDutySimulator
    package let journal: Journal
    package let faults: FaultSwitches

    private let options: SandboxOptions
    private let bound = BoundPort()
    private let logger: Logger

    package init(options: SandboxOptions) {
        self.options = options
        journal = Journal()
        faults = FaultSwitches()
        var logger = Logger(label: "sandbox")
        logger.logLevel = .warning
        self.logger = logger
        slack = SlackSimulator(signingSecret: "", botTokens: [:])
        pagerDuty = PagerDutySimulator(journal: journal, faults: faults, clock: options.clock, seed: options.seed)
    }

    /// The port that it listens on; waits until it does.
    package var port: Int { get async throws { try await bound.value } }

    package func run() async throws {
        let router = Router()
        router.add(middleware: LoopbackGuard())
        EmbeddedPages.addRoutes(to: router)
        slack.addRoutes(to: router)
        pagerDuty.addRoutes(to: router)
        let bound = bound
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: options.port)),
            services: [PagerDutyTicker(simulator: pagerDuty)],
            onServerRunning: { channel in
                bound.settle(channel.localAddress?.port.map { .success($0) } ?? .failure(BoundPort.NeverBound()))
            },
            logger: logger)
        do {
            try await application.run()
        } catch {
            bound.settle(.failure(error))
            throw error
        }
        bound.settle(.failure(BoundPort.NeverBound()))
    }

    /// Puts both simulators back to what they were at the start.
    package func reset() async {
        faults.clear()
        await slack.reset()
        await pagerDuty.reset()
        journal.clear()
        await options.afterReset?()
    }
}
