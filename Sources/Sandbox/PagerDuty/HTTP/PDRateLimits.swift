import Foundation

/// Token buckets: so many calls a minute for each credential, and fewer for some operations.
///
/// - SeeAlso: https://developer.pagerduty.com/docs/rest-api-rate-limits
struct PDRateLimits: Sendable {
    static let perMinute = 960

    /// What a caller is told of its budget.
    struct Standing: Sendable, Equatable {
        var limit: Int
        var remaining: Int
        /// Seconds until the budget is whole again.
        var reset: Int
        var isExceeded: Bool
    }

    private struct Bucket {
        var tokens: Double
        var at: Date
    }
    private var buckets: [String: Bucket] = [:]

    /// Takes one call from a budget.
    mutating func take(_ key: String, perMinute: Int = perMinute, at now: Date) -> Standing {
        let whole = Double(perMinute)
        var bucket = buckets[key] ?? Bucket(tokens: whole, at: now)
        let since = max(0, now.timeIntervalSince(bucket.at))
        bucket.tokens = min(whole, bucket.tokens + since * whole / 60)
        bucket.at = max(bucket.at, now)
        let isExceeded = bucket.tokens < 1
        if !isExceeded { bucket.tokens -= 1 }
        // Keys come from valid credentials only, so there are few; this holds if users are made by the thousand.
        if buckets.count > 5_000 { buckets.removeAll() }
        buckets[key] = bucket
        let missing = (whole - bucket.tokens) * 60 / whole
        return Standing(
            limit: perMinute, remaining: Int(exactly: bucket.tokens.rounded(.down)) ?? 0,
            reset: Int(exactly: missing.rounded(.up)) ?? 60, isExceeded: isExceeded)
    }
}
