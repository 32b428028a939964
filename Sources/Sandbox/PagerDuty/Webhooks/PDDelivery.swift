import Foundation

/// One webhook request, the same bytes and id at every attempt.
struct PDDelivery: Sendable, Equatable {
    /// `X-Webhook-Id`
    var id: String
    /// The subscription or extension that it is for.
    var subscriptionID: String
    /// Requests about the same incident are sent one after the other.
    var incidentID: String
    var eventType: String
    var body: [UInt8]
    var firstTriedAt: Date?
    var attempts = 0
    var notBefore: Date
}

/// What became of an attempt.
enum PDDeliveryOutcome: Sendable, Equatable {
    /// A 2xx in time.
    case accepted
    /// A timeout, a 5xx, a 429, no connection: to be tried again.
    case failed
    /// Any other answer: never to be tried again.
    case rejected

    init(status: Int) {
        switch status {
        case 200..<300: self = .accepted
        case 429, 500...: self = .failed
        default: self = .rejected
        }
    }
}

/// What is to be sent to whom, and in which order.
///
/// - SeeAlso: https://developer.pagerduty.com/docs/webhooks-behavior
struct PDDeliveries: Sendable {
    /// How long a request is tried again.
    static let patience = 48.0 * 3_600
    /// So many rejections in a row switch a subscription off…
    static let strikes = 3
    /// …for so long.
    static let timeOut = 24.0 * 3_600
    static let mostWaiting = 5_000

    private struct Lane: Hashable {
        var subscriptionID: String
        var incidentID: String
    }
    /// Seconds until a request that failed is sent again for the first time.
    let firstPause: Double
    private var lanes: [Lane: [PDDelivery]] = [:]
    private var busy: Set<Lane> = []
    private var rejections: [String: Int] = [:]

    init(firstPause: Double = 30) { self.firstPause = firstPause }

    var waiting: Int { lanes.values.reduce(0) { $0 + $1.count } }

    mutating func add(_ delivery: PDDelivery) {
        guard waiting < Self.mostWaiting else { return }
        lanes[Self.lane(delivery), default: []].append(delivery)
    }

    /// The requests that may go out now: the first of every lane whose time has come. Each is to be settled.
    mutating func take(at now: Date) -> [PDDelivery] {
        var due: [PDDelivery] = []
        for (lane, deliveries) in lanes where !busy.contains(lane) {
            guard let first = deliveries.first, first.notBefore <= now else { continue }
            busy.insert(lane)
            due.append(first)
        }
        return due
    }

    /// Notes what became of an attempt. Says whether the subscription is to be switched off for a while.
    mutating func settle(_ delivery: PDDelivery, _ outcome: PDDeliveryOutcome, at now: Date) -> Bool {
        let lane = Self.lane(delivery)
        busy.remove(lane)
        guard var waiting = lanes[lane], waiting.first?.id == delivery.id else { return false }
        switch outcome {
        case .accepted:
            rejections[delivery.subscriptionID] = nil
            waiting.removeFirst()
        case .failed:
            let since = delivery.firstTriedAt ?? now
            waiting[0].firstTriedAt = since
            waiting[0].attempts += 1
            waiting[0].notBefore = now.addingTimeInterval(pause(afterAttempts: waiting[0].attempts))
            if waiting[0].notBefore.timeIntervalSince(since) > Self.patience { waiting.removeFirst() }
        case .rejected:
            waiting.removeFirst()
            rejections[delivery.subscriptionID, default: 0] += 1
        }
        lanes[lane] = waiting.isEmpty ? nil : waiting
        guard rejections[delivery.subscriptionID, default: 0] >= Self.strikes else { return false }
        drop(delivery.subscriptionID)
        return true
    }

    /// Forgets what waits for a subscription.
    mutating func drop(_ subscriptionID: String) {
        for lane in lanes.keys where lane.subscriptionID == subscriptionID { lanes[lane] = nil }
        rejections[subscriptionID] = nil
    }

    /// PagerDuty does not say how long it waits; this doubles up to an hour.
    func pause(afterAttempts attempts: Int) -> Double {
        min(3_600, firstPause * Double(1 << min(max(0, attempts - 1), 7)))
    }

    private static func lane(_ delivery: PDDelivery) -> Lane {
        Lane(subscriptionID: delivery.subscriptionID, incidentID: delivery.incidentID)
    }
}
