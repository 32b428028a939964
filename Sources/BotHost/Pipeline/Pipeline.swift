import BotStore
import Foundation
import Logging
import PluginAPI
import SlackKit

/// The way of a request, its stages in order. Read this file first.
///
/// ```
/// bytes ─► verify ─► decode ─► identify ─► dedupe ─► route ─► permit ─► handle ─► commit ─► answer
/// ```
///
/// Everything validly signed is answered with 200, whatever it is: Slack retries, and at last switches off, what is not.
final class Pipeline: Sendable {
    /// `nil` where Slack is not expected to send anything over HTTP.
    let signature: SlackSignature?
    let directory: InstallationDirectory
    let lifecycle: InstallationLifecycle
    let router: RequestRouter
    let permit: Permit
    let policy: @Sendable () -> Policy
    let runner: HandlerRunner
    let answerer: Answerer
    let events: EventIntake
    let steps: StepIntake
    let budget: ReplyBudget
    let inflight: Inflight
    let metrics: HostMetrics
    let clock: HostClock
    let logger: Logger

    init(
        signature: SlackSignature?, directory: InstallationDirectory, lifecycle: InstallationLifecycle,
        router: RequestRouter, permit: Permit,
        policy: @escaping @Sendable () -> Policy, runner: HandlerRunner, answerer: Answerer,
        events: EventIntake, steps: StepIntake, budget: ReplyBudget, inflight: Inflight, metrics: HostMetrics,
        clock: HostClock,
        logger: Logger
    ) {
        self.signature = signature
        self.directory = directory
        self.lifecycle = lifecycle
        self.router = router
        self.permit = permit
        self.policy = policy
        self.runner = runner
        self.answerer = answerer
        self.events = events
        self.steps = steps
        self.budget = budget
        self.inflight = inflight
        self.metrics = metrics
        self.clock = clock
        self.logger = logger
    }

    /// A request over HTTP.
    func receive(_ delivery: SlackDelivery) async -> Acknowledgement {
        let kind = BodyKind(contentType: delivery.headers.contentType)
        switch trust(in: delivery, kind) {
        case .signed: break
        case .onlyAnEmptyAnswer: return .empty
        case .none: return .unauthorized
        }
        let request: SlackRequest
        do {
            guard let kind else {
                throw DecodeFault("Content-Type", expected: "a form or JSON", found: "something else")
            }
            request = try SlackRequest.decode(kind, body: delivery.body)
        } catch {
            metrics.undecodableRequest()
            await inflight.during { await events.setAside(delivery.body, because: "\(error)") }
            return .empty
        }
        return await process(request, body: delivery.body)
    }

    /// A request that is known to come from Slack; HTTP and Socket Mode meet here.
    func process(_ request: SlackRequest, body: [UInt8]) async -> Acknowledgement {
        metrics.request(request.kind)
        if let courtesy = courtesy(request) { return Acknowledgement(courtesy) }
        inflight.begin()
        defer { inflight.end() }
        if let acknowledgement = await lifecycle.receive(request) { return acknowledgement }
        let served: ServedWorkspace
        switch await identify(request) {
        case .success(let found): served = found
        case .failure(let answer): return answer.acknowledgement
        }
        if steps.isRetired(request, in: served) { return .empty }
        switch router.destination(of: request, slash: policy().command) {
        case .event(let event, let owners):
            return await events.receive(event, body: body, owners: owners.map(\.pluginID), in: served)
        case .step(let event, let pluginID):
            return await steps.receive(event, body: body, pluginID: pluginID, in: served)
        case .call(let call): return await answer(call, in: served)
        case .link(let step): return await answer(call(for: step, in: served), in: served)
        case .unknownWord(let word, let nearest, let help):
            return await answer(help, in: served, after: (word, nearest))
        case .nobody(let kind, let route): return nobody(request, kind, route)
        }
    }

    // MARK: verify

    private enum Trust {
        case signed
        case onlyAnEmptyAnswer
        case none
    }

    private func trust(in delivery: SlackDelivery, _ kind: BodyKind?) -> Trust {
        let verdict = signature?.verify(
            timestamp: delivery.headers.timestamp, signature: delivery.headers.signature, body: delivery.body,
            now: clock.now())
        if verdict == .valid { return .signed }
        // Slack tries the certificate of a slash command's address without a signature. Nothing else in such a body is
        // looked at: it is anybody's.
        if let kind, delivery.body.withUnsafeBytes({ SlackRequest.isSSLCheck(kind, body: $0) }) {
            metrics.request("ssl_check")
            return .onlyAnEmptyAnswer
        }
        metrics.unverifiedRequest()
        logger.warning(
            "a request is not signed by Slack: \(verdict.map { "\($0)" } ?? "SLACK_SIGNING_SECRET is not set")")
        return .none
    }

    // MARK: answered without a plugin

    private func courtesy(_ request: SlackRequest) -> SlackAnswer? {
        switch request {
        case .urlVerification(let challenge): return .challenge(challenge)
        case .sslCheck: return .empty
        case .legacy(let legacy): return legacy.answer
        case .appRateLimited(let limited):
            logger.error("Slack has stopped sending events for a minute", metadata: ["team": "\(limited.teamID ?? "")"])
            return .empty
        case .unknown(let kind, _, _) where kind != RetiredSteps.editRequest:
            metrics.unrouted(kind)
            logger.warning("Slack sent a kind of request that this host does not know", metadata: ["kind": "\(kind)"])
            return .empty
        default: return nil
        }
    }

    // MARK: identify

    /// Somebody who cannot be served, and what they hear.
    private struct Unserved: Error {
        let acknowledgement: Acknowledgement
    }

    private func identify(_ request: SlackRequest) async -> Result<ServedWorkspace, Unserved> {
        let origin = request.origin
        let served: ServedWorkspace?
        do {
            let known = directory.remembered(teamID: origin.teamID, enterpriseID: origin.enterpriseID)
            served =
                if let known { known } else {
                    try await directory.served(teamID: origin.teamID, enterpriseID: origin.enterpriseID)
                }
        } catch {
            logger.error("installations cannot be read: \(error)")
            return .failure(Unserved(acknowledgement: .unavailable))
        }
        guard let served, served.installation.state == .active else {
            logger.warning(
                "a workspace is not served",
                metadata: ["team": "\(origin.teamID ?? "none")", "installed": "\(served != nil)"])
            return .failure(Unserved(acknowledgement: Acknowledgement(Self.unserved(request))))
        }
        return .success(served)
    }

    private static func unserved(_ request: SlackRequest) -> SlackAnswer {
        guard case .slashCommand(let command) = request else { return .empty }
        let text: Mrkdwn =
            "`\(command.command)` is not installed in this workspace any more. An administrator of the workspace can install the app again."
        return .message(Message(text), inChannel: false)
    }

    // MARK: nobody

    private func nobody(_ request: SlackRequest, _ kind: String, _ route: String) -> Acknowledgement {
        metrics.unrouted(request.kind)
        logger.notice("nobody answers \(kind); a plugin would with: \(route)")
        switch request {
        case .slashCommand(let command):
            return Acknowledgement(
                .message(Message("Nothing answers `\(command.command)` here."), inChannel: false))
        case .blockSuggestion: return Acknowledgement(.options([]))
        default: return .empty
        }
    }

    // MARK: permit, handle, commit, answer

    /// - Parameter unknown: The word that was typed where no command has that name; help is the answer.
    private func answer(
        _ call: Call, in served: ServedWorkspace, after unknown: (word: String, nearest: String?)? = nil
    ) async -> Acknowledgement {
        let began = ContinuousClock.now
        let traceID = TraceID.make()
        defer { metrics.acknowledge(in: began.duration(to: .now)) }
        // A stop waits for the handler, also when Slack does not wait for it any more.
        inflight.begin()
        let handled = await budget.race {
            await self.handle(call, in: served, traceID: traceID, after: unknown)
        } late: { handled in
            self.metrics.lateReply()
            await self.answerer.deliver(handled, to: call, in: served, traceID: traceID)
            self.inflight.end()
        }
        guard let handled else { return answerer.placeholder(for: call) }
        defer { inflight.end() }
        return answerer.acknowledge(handled, to: call, in: served, traceID: traceID)
    }

    func handle(
        _ call: Call, in served: ServedWorkspace, traceID: String,
        after unknown: (word: String, nearest: String?)? = nil
    ) async -> Handled {
        // The host's own buttons are not in `plugins.json`.
        if call.pluginID == WireID.host {
            return await runner.run(call, settings: NoSettings(), in: served, traceID: traceID)
        }
        let policy = policy()
        let certain = permit.certain(
            call.pluginID, policy: policy, workspace: served.workspace, person: call.person, channel: call.channel)
        let verdict: Permit.Verdict =
            switch certain {
            case .verdict(let verdict): verdict
            case .dependsOnGroups:
                await permit.verdict(
                    call.pluginID, policy: policy, workspace: served.workspace, person: call.person,
                    channel: call.channel)
            }
        let handled: Handled
        switch verdict {
        case .allowed(let terms, _):
            handled = await runner.run(call, settings: terms.settings, in: served, traceID: traceID)
        case .refused(let obstacle):
            await note(obstacle, call, in: served)
            let message = Message(obstacle.sentence(for: call.subject))
            handled = Handled(pluginID: WireID.host, outcome: .refused(message, isOurFault: false))
        }
        guard let unknown else { return handled }
        return handled.prefixed(byUnknown: unknown.word, nearest: unknown.nearest, slash: policy.command)
    }

    /// What somebody from elsewhere tries is noted for good.
    private func note(_ obstacle: Permit.Obstacle, _ call: Call, in served: ServedWorkspace) async {
        guard case .stranger = obstacle, let person = call.person else { return }
        let line = AuditLine(
            at: clock.now(), actor: "\(person.teamID)/\(person.id)", action: "stranger.refused",
            subject: call.pluginID, workspace: served.workspace.id)
        do { try await runner.store.appendAudit([line]) } catch { logger.error("a try cannot be noted: \(error)") }
    }
}
