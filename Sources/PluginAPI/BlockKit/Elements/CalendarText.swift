/// Days and times as Slack writes them.
enum CalendarText {
    /// Seconds of 10 digits, as Slack wants them.
    static let moments = 1_000_000_000...9_999_999_999

    /// `2026-12-24`, a day that exists.
    static func isDay(_ text: String) -> Bool {
        guard let parts = numbers(text, widths: [4, 2, 2], separator: "-"), (1...12).contains(parts[1]) else {
            return false
        }
        let isLeap = parts[0] % 4 == 0 && (parts[0] % 100 != 0 || parts[0] % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[parts[1] - 1]).contains(parts[2])
    }

    /// `18:30`, from 00:00 to 23:59.
    static func isTime(_ text: String) -> Bool {
        guard let parts = numbers(text, widths: [2, 2], separator: ":") else { return false }
        return parts[0] < 24 && parts[1] < 60
    }

    /// ASCII digits only: a sign or another script's digits are none.
    private static func numbers(_ text: String, widths: [Int], separator: Unicode.Scalar) -> [Int]? {
        let parts = text.unicodeScalars.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.map(\.count) == widths, parts.joined().allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
        return parts.compactMap { Int(String($0)) }
    }
}
