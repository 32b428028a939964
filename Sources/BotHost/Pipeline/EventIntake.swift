import BotStore
import Crypto
import Foundation
import Logging
import PluginAPI
import SlackKit

/// Stores an event and the jobs that will handle it, and only then acknowledges. Slack's redeliveries find its id.
struct EventIntake: Sendable {
    let store: any InboxStore
    let policy: @Sendable () -> Policy
    let clock: HostClock
    let logger: Logger

    /// The host's own job: give one stored event to one plugin.
    static let jobKind = "host.event"

    /// - Parameters:
    ///   - owners: The plugins that learn of it, as far as they are on.
    ///   - attempts: How often each is tried before it is set aside.
    func receive(
        _ event: EventCallback, body: [UInt8], owners: [String], attempts: Int = 10, in served: ServedWorkspace
    ) async -> Acknowledgement {
        let policy = policy()
        let owners = owners.filter { owner in
            guard let terms = policy.terms(for: owner, in: served.workspace.id), terms.isEnabled else {
                return false
            }
            // An event that belongs to no channel is kept from nobody.
            guard let channels = terms.channels, let channel = event.origin.channelID else { return true }
            return channels.contains(channel)
        }
        let spoken = SpokenLine(event, to: served.workspace.botUserID)
        guard !owners.isEmpty || spoken != nil else { return .empty }
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
            var jobs = owners.map { owner in
                NewJob(
                    kind: Self.jobKind, plugin: owner, workspace: served.workspace.id, origin: originData,
                    payload: Data(payload.encoded), runAt: now, maxAttempts: attempts, traceID: traceID)
            }
            if let spoken {
                jobs.append(
                    try SpokenCommands.job(spoken, origin: originData, in: served, at: now, traceID: traceID))
            }
            let delivery = InboxDelivery(
                id: InboxID(source: "slack/\(served.workspace.id)", id: event.eventID), body: Data(body),
                receivedAt: now, traceID: traceID)
            _ = try await store.receive(delivery, enqueue: jobs)
            return .empty
        } catch let error as StoreError where error.code == .invalid {
            // No redelivery would change that.
            await setAside(body, because: "an event \(event.type) cannot be stored: \(error.sentence)")
            return .empty
        } catch {
            logger.error("an event cannot be stored: \(error)", metadata: ["type": "\(event.type)"])
            return .unavailable
        }
    }

    /// Keeps a signed body that nothing can be done with, for an administrator to see. The sender hears nothing of it: it
    /// would only send it again.
    func setAside(_ body: [UInt8], because reason: String) async {
        let now = clock.now()
        let digest = SHA256.hash(data: body).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        let id = InboxID(source: "slack", id: digest)
        logger.error("a signed request is set aside: \(reason)", metadata: ["bytes": "\(body.count)"])
        do {
            let delivery = InboxDelivery(id: id, body: Data(body), receivedAt: now)
            guard try await store.receive(delivery, enqueue: []) == .inserted else { return }
            try await store.quarantine(id, reason: reason, at: now)
        } catch {
            logger.error("a request that cannot be read cannot be kept either: \(error)")
        }
    }
}
