/// How many calls are left, from the `ratelimit-` headers. PagerDuty leaves them out at times, also on a 429.
///
/// - SeeAlso: "REST API Rate Limits" in PagerDuty's developer documentation.
package struct RateLimit: Hashable, Sendable {
    /// Calls a minute.
    package var limit: Int?
    /// Calls left until the reset.
    package var remaining: Int?
    /// Seconds until calls are counted anew, 0–3600; a larger value is taken for an hour.
    package var secondsUntilReset: Int?

    /// - Parameter header: looks up a header by its lowercase name.
    package init(header: (String) -> String?) {
        limit = header("ratelimit-limit").flatMap(Self.number)
        remaining = header("ratelimit-remaining").flatMap(Self.number)
        secondsUntilReset = (header("ratelimit-reset") ?? header("retry-after")).flatMap(Self.number).map {
            min($0, 3600)
        }
    }

    /// Digits only: `Int` takes signs too.
    private static func number(_ text: String) -> Int? {
        let digits = text.utf8.drop { $0 == UInt8(ascii: " ") }
        guard !digits.isEmpty, digits.count <= 18, digits.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
        else { return nil }
        return Int(Substring(digits))
    }
}
