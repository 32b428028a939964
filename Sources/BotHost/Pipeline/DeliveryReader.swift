import BotStore
import Foundation
import Logging
import PluginAPI

/// Reads deliveries that were accepted, and stores what they tell together with the jobs that will handle it.
struct DeliveryReader: Sendable {
    let store: any InboxStore
    let directory: InstallationDirectory
    let table: RouteTable
    let policy: @Sendable () -> Policy
    let metrics: HostMetrics
    let clock: HostClock
    let logger: Logger

    /// The host's own job: give one stored delivery to one plugin in one workspace.
    static let jobKind = "host.delivery"

    /// Where a delivery lies in the inbox.
    struct Reference: Codable, Sendable {
        let source: String
        let id: String
    }

    /// Reads one. Where the store does not let it, it stays unread, and is read later.
    func read(_ unread: InboxDelivery, of source: any DeliverySource) async {
        do {
            switch source.read([UInt8](unread.body)) {
            case .events(let events):
                var parts: [UnpackedDelivery] = []
                for event in events { parts.append(try await part(event, source.id, of: unread)) }
                for receipt in try await store.unpack(unread.id, into: parts) {
                    metrics.delivery(source.id, outcome: receipt == .inserted ? "stored" : "duplicate")
                }
            case .unreadable(let reason):
                try await setAside(unread, of: source, because: reason)
            }
        } catch {
            logger.error(
                "a delivery is stored and cannot be read yet: \(error)", metadata: ["source": "\(source.id)"])
        }
    }

    /// Keeps a delivery for an administrator, and has people told at least that there is something.
    func setAside(_ delivery: InboxDelivery, of source: any DeliverySource, because reason: String) async throws {
        try await fallBack(delivery, of: source)
        try await store.quarantine(delivery.id, reason: reason, at: clock.now())
        metrics.delivery(source.id, outcome: "unreadable")
        logger.error("a delivery is set aside", metadata: ["source": "\(source.id)", "reason": "\(reason)"])
    }

    /// Stores what can be salvaged from a delivery as one of its own.
    private func fallBack(_ delivery: InboxDelivery, of source: any DeliverySource) async throws {
        // What was salvaged already and failed again has nothing plainer in it.
        guard let salvaged = source.salvage([UInt8](delivery.body)), salvaged.id != delivery.id.id else { return }
        let part = try await part(salvaged, source.id, of: delivery)
        _ = try await store.receive(part.delivery, enqueue: part.jobs)
    }

    /// An event with a job for each plugin in each workspace that waits for such.
    private func part(
        _ event: DeliveredEvent, _ source: String, of unread: InboxDelivery
    ) async throws -> UnpackedDelivery {
        let payload = try JSONEncoder().encode(Reference(source: source, id: event.id))
        var jobs: [NewJob] = []
        for served in try await directory.lately() {
            for entry in table.deliveries[source] ?? [] {
                guard policy().terms(for: entry.pluginID, in: served.workspace.id)?.isEnabled == true else { continue }
                let order = event.orderKey.map { "\(entry.pluginID)/\(served.workspace.id)/\($0)" }
                jobs.append(
                    NewJob(
                        kind: Self.jobKind, plugin: entry.pluginID, workspace: served.workspace.id, payload: payload,
                        lane: .urgent, orderKey: order, runAt: unread.receivedAt, maxAttempts: 50,
                        traceID: unread.traceID))
            }
        }
        return UnpackedDelivery(
            InboxDelivery(
                id: InboxID(source: source, id: event.id), body: Data(event.body), receivedAt: unread.receivedAt,
                traceID: unread.traceID),
            jobs: jobs)
    }
}
