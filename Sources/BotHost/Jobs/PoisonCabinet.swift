import BotStore
import Foundation
import Logging
import PluginAPI

/// Where work goes that ended the process three times, one after the other: it is given up, what it was about is set aside
/// for an administrator, and where people would otherwise see nothing they are told plainly.
struct PoisonCabinet: Sendable {
    let store: any InboxStore
    let reader: DeliveryReader
    let sources: [String: any DeliverySource]
    let clock: HostClock
    let logger: Logger

    static let mostCrashes = 3
    static let reason = "the process ended during \(mostCrashes) attempts, one after the other"

    /// Sets aside what a job was about.
    /// - Returns: What to throw, so that the job is not tried again.
    func lockUp(_ job: StoredJob) async throws -> Abandon {
        logger.critical(
            "a job is given up because \(Self.reason)",
            metadata: ["job": "\(job.id)", "kind": "\(job.work.kind)", "plugin": "\(job.work.plugin)"])
        switch job.work.kind {
        case DeliveryReader.jobKind:
            let reference = try JSONDecoder().decode(DeliveryReader.Reference.self, from: job.work.payload)
            let id = InboxID(source: reference.source, id: reference.id)
            if let stored = try await store.delivery(id), let source = sources[reference.source] {
                try await reader.setAside(stored.delivery, of: source, because: Self.reason)
            }
        case EventIntake.jobKind:
            let payload = try JSONValue(decoding: [UInt8](job.work.payload), maximumBytes: 2_097_152)
            let id = InboxID(source: "slack/\(job.work.workspace)", id: payload["id"].string ?? "")
            try? await store.quarantine(id, reason: Self.reason, at: clock.now())
        default: break
        }
        return Abandon(Self.reason)
    }
}
