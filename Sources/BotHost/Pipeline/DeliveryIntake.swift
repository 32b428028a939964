package import BotStore
import Foundation
import Logging
package import PluginAPI

/// A kind of webhook with the secrets its senders may have used.
package struct ConnectedSource: Sendable {
    package let source: any DeliverySource
    /// Those that were configured, for subscriptions that were made by hand.
    package let secrets: [Secret]

    package init(_ source: any DeliverySource, secrets: [Secret] = []) {
        self.source = source
        self.secrets = secrets
    }
}

/// Takes in webhooks: proves them, stores what they tell together with the jobs that will handle it, and only then
/// acknowledges.
///
/// A sender gives up on an address for good when it hears a 4xx, so that is kept for what no genuine sender sends.
struct DeliveryIntake: Sendable {
    let store: any InboxStore
    let secrets: DeliverySecrets
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

    enum Outcome: Sendable {
        /// 202: it is stored, or was before.
        case accepted
        /// 401.
        case forged
        /// 503: the fault is ours, send it again.
        case unavailable
    }

    func receive(_ request: RawDelivery, from connected: ConnectedSource) async -> Outcome {
        let source = connected.source
        do {
            switch try await verdict(on: request, from: connected) {
            case .forged:
                metrics.delivery(source.id, outcome: "forged")
                logger.warning("a delivery is not genuine", metadata: ["source": "\(source.id)"])
                return .forged
            case .unreadable(let reason, let salvaged):
                try await keep(request, source.id, reason)
                if let salvaged { try await store(salvaged, source.id) }
                return .accepted
            case .genuine(let events):
                for event in events { try await store(event, source.id) }
                return .accepted
            }
        } catch {
            metrics.delivery(source.id, outcome: "unavailable")
            logger.error("a delivery cannot be stored: \(error)", metadata: ["source": "\(source.id)"])
            return .unavailable
        }
    }

    /// With the secrets that were configured, and those of the subscriptions that the host made.
    private func verdict(on request: RawDelivery, from connected: ConnectedSource) async throws -> DeliveryVerdict {
        let source = connected.source
        let configured = connected.secrets.map { $0.reveal() }
        let verdict = source.read(request, secrets: configured + (try await secrets.of(source.id)))
        guard verdict == .forged, let fresh = try await secrets.fresh(source.id) else { return verdict }
        return source.read(request, secrets: configured + fresh)
    }

    private func store(_ event: DeliveredEvent, _ source: String) async throws {
        let now = clock.now()
        let traceID = TraceID.make()
        let payload = try JSONEncoder().encode(Reference(source: source, id: event.id))
        var jobs: [NewJob] = []
        for served in try await directory.active() {
            for entry in table.deliveries[source] ?? [] {
                guard policy().terms(for: entry.pluginID, in: served.workspace.id)?.isEnabled == true else { continue }
                let order = event.orderKey.map { "\(entry.pluginID)/\(served.workspace.id)/\($0)" }
                jobs.append(
                    NewJob(
                        kind: Self.jobKind, plugin: entry.pluginID, workspace: served.workspace.id, payload: payload,
                        lane: .urgent, orderKey: order, runAt: now, maxAttempts: 50, traceID: traceID))
            }
        }
        let delivery = InboxDelivery(
            id: InboxID(source: source, id: event.id), body: Data(event.body), receivedAt: now, traceID: traceID)
        let receipt = try await store.receive(delivery, enqueue: jobs)
        metrics.delivery(source, outcome: receipt == .inserted ? "stored" : "duplicate")
    }

    /// What cannot be read is set aside under a name of our own, for an administrator.
    private func keep(_ request: RawDelivery, _ source: String, _ reason: String) async throws {
        let id = InboxID(source: source, id: "unreadable-\(TraceID.make())")
        _ = try await store.receive(
            InboxDelivery(id: id, body: Data(request.body), receivedAt: clock.now()), enqueue: [])
        try await store.quarantine(id, reason: reason, at: clock.now())
        metrics.delivery(source, outcome: "unreadable")
        logger.error(
            "a delivery cannot be read and is set aside", metadata: ["source": "\(source)", "reason": "\(reason)"])
    }
}
