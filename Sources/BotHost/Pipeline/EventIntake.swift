import BotStore
import Foundation
import Logging
import PluginAPI
import SlackKit

/// Stores an event and the jobs that will handle it, and only then acknowledges. Slack's redeliveries find its id.
struct EventIntake: Sendable {
    let store: any InboxStore
    let clock: HostClock
    let logger: Logger

    /// The host's own job: give one stored event to one plugin.
    static let jobKind = "host.event"

    func receive(
        _ event: EventCallback, body: [UInt8], owners: [RouteTable.EventEntry], in served: ServedWorkspace
    ) async -> Acknowledgement {
        let now = clock.now()
        let traceID = TraceID.make()
        let origin = JobOrigin(
            person: event.origin.person, channel: event.origin.channel(named: nil),
            enterpriseID: served.workspace.organizationID)
        do {
            let payload = JSONValue.object([
                "type": .string(event.type), "id": .string(event.eventID), "event": event.event,
            ])
            let originData = try JSONEncoder().encode(origin)
            let jobs = owners.map { owner in
                NewJob(
                    kind: Self.jobKind, plugin: owner.pluginID, workspace: served.workspace.id, origin: originData,
                    payload: Data(payload.encoded), runAt: now, maxAttempts: 10, traceID: traceID)
            }
            let delivery = InboxDelivery(
                id: InboxID(source: "slack/\(served.workspace.id)", id: event.eventID), body: Data(body),
                receivedAt: now, traceID: traceID)
            _ = try await store.receive(delivery, enqueue: jobs)
            return .empty
        } catch {
            logger.error("an event cannot be stored: \(error)", metadata: ["type": "\(event.type)"])
            return .unavailable
        }
    }
}
