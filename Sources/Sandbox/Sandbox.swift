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
        // What goes wrong is thrown or stands in the journal.
        logger.logLevel = .critical
        self.logger = logger
        slack = SlackSimulator(options: options, journal: journal, faults: faults)
        pagerDuty = PagerDutySimulator(
            journal: journal, faults: faults, clock: options.clock, seed: options.seed,
            webhookPause: options.webhookPause)
    }

    /// The port that it listens on; waits until it does.
    package var port: Int { get async throws { try await bound.value } }

    /// Tells the simulated Slack where the host listens, as in `http://127.0.0.1:3000`.
    package func connect(_ hostURL: String) async { await slack.connect(to: hostURL) }

    /// Gives the simulated Slack the app's manifest, as one pastes it into Slack.
    ///
    /// - Throws: an error whose description says what is wrong with it
    package func slackAppManifest(_ json: String) async throws {
        await slack.install(try AppManifest(json: json))
    }

    package func run() async throws {
        if let manifest = options.manifest { try await slackAppManifest(manifest) }
        do {
            try await serve()
            await slack.sender.close()
            bound.settle(.failure(BoundPort.NeverBound()))
        } catch {
            await slack.sender.close()
            bound.settle(.failure(error))
            throw error
        }
    }

    private func serve() async throws {
        let application = Application(
            router: router(),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: options.port)),
            services: [PagerDutyTicker(simulator: pagerDuty), PagerDutyDelivery(simulator: pagerDuty)],
            onServerRunning: { [slack, pagerDuty, bound] channel in
                guard let port = channel.localAddress?.port else { return }
                pagerDuty.connect(origin: "http://127.0.0.1:\(port)")
                await slack.listening(at: "http://127.0.0.1:\(port)")
                bound.settle(.success(port))
            },
            logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await slack.work.run() }
            group.addTask {
                defer { slack.work.stop() }
                try await SocketListener(sockets: slack.sockets).serving { try await application.run() }
            }
            try await group.waitForAll()
        }
    }

    private func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.add(middleware: LoopbackGuard())
        EmbeddedPages.addRoutes(to: router)
        slack.addWebAPIRoutes(to: router)
        slack.addFileRoutes(to: router)
        slack.addResponseURLRoutes(to: router)
        slack.addSignInRoutes(to: router)
        slack.addAuthorizeRoutes(to: router)
        slack.addClientRoutes(to: router)
        SlackControl(slack: slack).addRoutes(to: router)
        InstallControl(slack: slack).addRoutes(to: router)
        SocketControl(sockets: slack.sockets, clock: options.clock).addRoutes(to: router)
        SandboxControl(sandbox: self).addRoutes(to: router)
        pagerDuty.addRoutes(to: router)
        return router
    }

    /// Puts both simulators back to what they were at the start. The app stays installed and connected.
    package func reset() async {
        faults.clear()
        await slack.reset()
        await pagerDuty.reset()
        journal.clear()
        await options.afterReset?()
    }

    /// Everything that a program needs to use this sandbox instead of the real services.
    func access() async -> JSON {
        [
            "host_url": JSON(await slack.hostURL), "signing_secret": .string(slack.signingSecret),
            "client_id": .string(slack.client.id), "client_secret": .string(slack.client.secret),
            "app_token": .string(slack.appToken),
            "bot_tokens": .object(slack.allBotTokens.mapValues(JSON.string)),
            "pagerduty": [
                "client_id": .string(pagerDuty.oauthClient.id),
                "client_secret": .string(pagerDuty.oauthClient.secret),
                "account_key": .string(pagerDuty.accountKey),
                "user_tokens": .object(pagerDuty.userTokens.mapValues(JSON.string)),
            ],
        ]
    }
}
