import Logging
import PluginAPI
import SlackKit

/// Takes executions of steps in: stored like events, or ended at once where nobody here will ever do them, because the
/// workflow waits.
struct StepIntake: Sendable {
    let events: EventIntake
    let policy: @Sendable () -> Policy
    let services: any HostServices
    let retired: RetiredSteps
    let inflight: Inflight
    let logger: Logger

    /// About a minute and a half: a workflow that waits longer is waited for by nobody.
    static let attempts = 5

    func receive(
        _ event: EventCallback, body: [UInt8], pluginID: String?, in served: ServedWorkspace
    ) async -> Acknowledgement {
        guard let pluginID else { return end(event, StepCompletion.unknown, in: served) }
        guard policy().terms(for: pluginID, in: served.workspace.id)?.isEnabled == true else {
            return end(event, StepCompletion.switchedOff, in: served)
        }
        return await events.receive(
            Self.withoutToken(event), body: StepEvents.withoutToken(body: body), owners: [pluginID],
            attempts: Self.attempts,
            in: served)
    }

    private static func withoutToken(_ event: EventCallback) -> EventCallback {
        var event = event
        event.event = StepEvents.withoutToken(event.event)
        return event
    }

    private func end(_ event: EventCallback, _ sentence: String, in served: ServedWorkspace) -> Acknowledgement {
        guard let id = StepEvents.executionID(of: event.event) else { return .empty }
        let core = ContextCore(
            pluginID: WireID.host, workspace: served.workspace, person: nil, channel: nil, traceID: TraceID.make(),
            services: services)
        inflight.start { [services, logger] in
            do {
                try await StepCompletion(services: services, core: core).fail(id, sentence)
            } catch {
                logger.error("a step cannot be ended: \(type(of: error))")
            }
        }
        return .empty
    }

    /// - Returns: Whether it is about a step of the kind that Slack has retired; then it is being answered.
    func isRetired(_ request: SlackRequest, in served: ServedWorkspace) -> Bool {
        switch request {
        case .event(let event) where event.type == RetiredSteps.executeEvent:
            inflight.start { [retired] in await retired.executed(event.event, in: served) }
            return true
        case .unknown(RetiredSteps.editRequest, _, let payload):
            inflight.start { [retired] in await retired.edited(payload, in: served) }
            return true
        default: return false
        }
    }
}
