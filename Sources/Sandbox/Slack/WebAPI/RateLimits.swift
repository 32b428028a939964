import FoundationEssentials

/// Slack's rate limits: a bucket of tokens for each method and workspace, and one for each channel that is posted to.
///
/// - SeeAlso: https://docs.slack.dev/apis/web-api/rate-limits
struct RateLimits: Sendable {
    /// How often a method may be called.
    enum Tier: Sendable {
        case one, two, three, four
        /// `chat.postMessage`: one a second to a channel, several hundred a minute to a workspace.
        case posting
        /// `auth.test`: hundreds a minute.
        case hundreds

        var perMinute: Double {
            switch self {
            case .one: 1
            case .two: 20
            case .three: 50
            case .four: 100
            case .posting: 300
            case .hundreds: 600
            }
        }
    }

    private struct Bucket {
        var tokens: Double
        var at: Date
    }

    /// How many messages a channel takes at once before it is held to one a second.
    static let burst = 5.0
    private static let capacity = 5_000
    private var buckets: [String: Bucket] = [:]

    /// Takes one token; the seconds to wait where there is none.
    mutating func take(method: String, tier: Tier, team: String, channel: String?, at now: Date) -> Int? {
        if buckets.count > Self.capacity { buckets = [:] }
        let minute = "\(team) \(method)"
        if let wait = wait(minute, rate: tier.perMinute / 60, burst: tier.perMinute, at: now) { return wait }
        if tier == .posting, let channel {
            let place = "\(team) \(method) \(channel)"
            if let wait = wait(place, rate: 1, burst: Self.burst, at: now) { return wait }
            buckets[place]?.tokens -= 1
        }
        buckets[minute]?.tokens -= 1
        return nil
    }

    /// Fills a bucket up to now; the seconds until it has a token where it has none.
    private mutating func wait(_ key: String, rate: Double, burst: Double, at now: Date) -> Int? {
        var bucket = buckets[key] ?? Bucket(tokens: burst, at: now)
        bucket.tokens = min(burst, bucket.tokens + max(0, now.timeIntervalSince(bucket.at)) * rate)
        bucket.at = now
        buckets[key] = bucket
        guard bucket.tokens < 1 else { return nil }
        return max(1, Int(exactly: ((1 - bucket.tokens) / rate).rounded(.up)) ?? 1)
    }
}
