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

/// Takes in webhooks: proves them, stores them as they came, and only then acknowledges. They are read after that, so that
/// one that ends the process while it is read is found again.
///
/// A sender gives up on an address for good when it hears a 4xx, so that is kept for what no genuine sender sends.
struct DeliveryIntake: Sendable {
    let store: any InboxStore
    let secrets: DeliverySecrets
    let reader: DeliveryReader
    let inflight: Inflight
    let metrics: HostMetrics
    let clock: HostClock
    let logger: Logger

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
            guard try await isGenuine(request, from: connected) else {
                metrics.delivery(source.id, outcome: "forged")
                logger.warning("a delivery is not genuine", metadata: ["source": "\(source.id)"])
                return .forged
            }
            let body = Data(request.body)
            let unread = InboxDelivery(
                id: .unread(body, from: source.id), body: body, receivedAt: clock.now(), traceID: TraceID.make())
            guard try await store.keep(unread) == .inserted else {
                metrics.delivery(source.id, outcome: "duplicate")
                return .accepted
            }
            inflight.start { await reader.read(unread, of: source) }
            return .accepted
        } catch {
            metrics.delivery(source.id, outcome: "unavailable")
            logger.error("a delivery cannot be stored: \(error)", metadata: ["source": "\(source.id)"])
            return .unavailable
        }
    }

    /// With the secrets that were configured, and those of the subscriptions that the host made.
    private func isGenuine(_ request: RawDelivery, from connected: ConnectedSource) async throws -> Bool {
        let source = connected.source
        let configured = connected.secrets.map { $0.reveal() }
        if source.isGenuine(request, secrets: configured + (try await secrets.of(source.id))) { return true }
        guard let fresh = try await secrets.fresh(source.id) else { return false }
        return source.isGenuine(request, secrets: configured + fresh)
    }
}
