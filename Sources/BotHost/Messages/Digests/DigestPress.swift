import BotStore
import Foundation

/// Makes one message of many that wait in a channel.
struct DigestPress: Sendable {
    let store: any MessageStore
    let metrics: PainterMetrics

    /// When an urgent message that was told of in a digest gets its own, and when another one does.
    static let urgentUnfold: TimeInterval = 60
    static let otherUnfold: TimeInterval = 600

    /// Gathers what waits.
    /// - Returns: What is to be painted now, under its leases: the digest, and before it what cannot be part of one.
    func gather(in place: MessagePlace, at now: Date, leaseUntil: Date) async throws -> [LiveMessage] {
        func claim(_ limit: Int, _ lane: JobLane? = nil) async throws -> [LiveMessage] {
            try await store.claimMessages(.post, in: place, lane: lane, limit: limit, at: now, leaseUntil: leaseUntil)
        }
        // One that was made before a crash, or that Slack would not take a moment ago.
        let first = try await claim(1)
        guard let first = first.first else { return [] }
        if Digest.isKey(first.key) { return [first] }
        let waiting = [first] + (try await claim(Digest.capacity - 1))
        for digest in waiting where Digest.isKey(digest.key) {
            try await store.postpone(digest.ticket, dueAt: digest.dueAt)
        }
        let messages = waiting.filter { !Digest.isKey($0.key) }
        // Of what may be in Slack already the painter finds out first.
        let doubtful = messages.filter { $0.state != .absent || $0.parent != nil || $0.content == nil }
        let foldable = messages.filter { $0.state == .absent && $0.parent == nil && $0.content != nil }
        guard foldable.count > 1 else { return doubtful + foldable }
        let wish = MessageWish(
            key: .digest(Digest.key(), in: place), organization: first.organization,
            content: Data(#"{"text":"…"}"#.utf8), lane: .urgent,
            // Before everything else that waits there.
            dueAt: (foldable.map(\.dueAt).min() ?? now).addingTimeInterval(-3_600))
        for (isUrgent, pause) in [(true, Self.urgentUnfold), (false, Self.otherUnfold)] {
            let tickets = foldable.filter { ($0.lane == .urgent) == isUrgent }.map(\.ticket)
            guard !tickets.isEmpty else { continue }
            try await store.fold(tickets, into: wish, unfoldAt: now.addingTimeInterval(pause), at: now)
        }
        metrics.folded(foldable.count)
        return doubtful + (try await claim(1, .urgent))
    }
}
