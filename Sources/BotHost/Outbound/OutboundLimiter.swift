/// Keeps Slack's limits before Slack has to say 429, for each workspace, method and channel.
///
/// A state machine without a clock and without sockets: whoever asks says what time it is, on a clock that never goes back.
/// A budget is a bucket of tokens that fills with time. Where Slack says 429 all the same, exactly that key waits for as
/// long as Slack asks, and begins with one token.
struct OutboundLimiter: Sendable {
    private struct Bucket: Sendable {
        var tokens: Double
        /// As of when; in the future while Slack asked for a pause.
        var at: Duration
        var isPaused = false
    }

    /// How many buckets are kept. A full one says nothing, so that only what was used a moment ago counts.
    static let capacity = 4_096
    private var buckets: [LimitedCall.Key: Bucket] = [:]
    private let pace: Double

    /// - Parameter pace: How many times the budgets may be used up.
    init(pace: Double = 1) {
        self.pace = max(1, pace)
    }

    /// How many buckets there are.
    var count: Int { buckets.count }

    /// Takes what a call needs from all its budgets, or nothing.
    /// - Parameter reserve: Tokens that are left to others, who are in more of a hurry.
    /// - Returns: How long the call has to wait; nil where it may be made now.
    mutating func take(_ call: LimitedCall, leaving reserve: Double = 0, at now: Duration) -> Duration? {
        if let wait = wait(for: call, leaving: reserve, at: now) { return wait }
        for (key, budget) in budgets(of: call) {
            buckets[key] = Bucket(tokens: tokens(key, budget, at: now) - 1, at: now)
        }
        if buckets.count > Self.capacity { forget(at: now) }
        return nil
    }

    /// How long a call would have to wait; nil where it could be made now.
    func wait(for call: LimitedCall, leaving reserve: Double = 0, at now: Duration) -> Duration? {
        var longest: Duration?
        for (key, budget) in budgets(of: call) {
            let needed = 1 + Self.reserved(reserve, of: budget)
            let lacking = needed - tokens(key, budget, at: now)
            let pause = buckets[key].flatMap { $0.isPaused && $0.at > now ? $0.at - now : nil } ?? .zero
            // A hair of a token is no reason to wait: sums of fractions are not exact.
            guard lacking > 1e-6 || pause > .zero else { continue }
            let fill = lacking > 1e-6 && pause == .zero ? Duration.seconds(lacking / budget.perSecond) : .zero
            longest = max(longest ?? .zero, max(pause, fill))
        }
        return longest
    }

    /// How many such calls could be made now.
    func room(for call: LimitedCall, leaving reserve: Double = 0, at now: Duration) -> Int {
        guard wait(for: call, leaving: reserve, at: now) == nil else { return 0 }
        let least = budgets(of: call).map { tokens($0.key, $0.budget, at: now) - Self.reserved(reserve, of: $0.budget) }
            .min()
        return Int(exactly: ((least ?? 0) + 1e-6).rounded(.down)) ?? 0
    }

    /// Slack has asked for a pause.
    mutating func refuse(_ call: LimitedCall, retryAfter pause: Duration, at now: Duration) {
        let end = now + max(pause, .zero)
        if let known = buckets[call.pauseKey], known.isPaused, known.at > end { return }
        buckets[call.pauseKey] = Bucket(tokens: 1, at: end, isPaused: true)
        if buckets.count > Self.capacity { forget(at: now) }
    }

    private func budgets(of call: LimitedCall) -> [(key: LimitedCall.Key, budget: LimitedCall.Budget)] {
        guard pace > 1 else { return call.budgets }
        return call.budgets.map { key, budget in
            (key, LimitedCall.Budget(burst: budget.burst * pace, perSecond: budget.perSecond * pace))
        }
    }

    /// A small budget is not given away for the sake of others.
    private static func reserved(_ reserve: Double, of budget: LimitedCall.Budget) -> Double {
        min(reserve, budget.burst / 4)
    }

    private func tokens(_ key: LimitedCall.Key, _ budget: LimitedCall.Budget, at now: Duration) -> Double {
        guard let bucket = buckets[key] else { return budget.burst }
        guard now >= bucket.at else { return bucket.isPaused ? 0 : bucket.tokens }
        return min(budget.burst, bucket.tokens + (now - bucket.at) / .seconds(1) * budget.perSecond)
    }

    /// Forgets what was used longest ago, and no pause that still holds unless there is nothing else.
    private mutating func forget(at now: Duration) {
        let oldest = buckets.sorted { $0.value.at < $1.value.at }
        for (key, _) in oldest.prefix(Self.capacity / 4) { buckets[key] = nil }
    }
}
