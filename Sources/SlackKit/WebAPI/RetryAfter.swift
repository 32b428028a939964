/// How long Slack asks to wait after a 429, from its `Retry-After` header.
///
/// - SeeAlso: https://docs.slack.dev/apis/web-api/rate-limits
package enum RetryAfter {
    /// The wait where Slack does not say how long, or not in a way that can be understood.
    package static let unstated = Duration.seconds(30)

    /// The longest wait that is believed: a mistaken header must not silence a workspace for a day.
    package static let longest = Duration.seconds(15 * 60)

    /// The wait that a header asks for, between nothing and ``longest``.
    ///
    /// - Parameter header: Whole seconds in digits. Anything else counts as not said.
    package static func duration(_ header: String?) -> Duration {
        guard let header else { return unstated }
        var digits = Array(header.utf8)
        while let last = digits.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") { digits.removeLast() }
        let start = digits.firstIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } ?? digits.endIndex
        guard start < digits.endIndex else { return unstated }
        var seconds = 0
        for digit in digits[start...] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return unstated }
            // Beyond the longest wait the figure does not matter any more, but must still be a figure.
            seconds = min(seconds * 10 + Int(digit - UInt8(ascii: "0")), 1_000_000)
        }
        return min(.seconds(seconds), longest)
    }
}
