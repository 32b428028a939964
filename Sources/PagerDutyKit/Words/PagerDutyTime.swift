package import FoundationEssentials

/// Moments as PagerDuty writes them: ISO 8601 with an offset or `Z`, with or without fractions of a second.
package enum PagerDutyTime {
    /// Moments outside of it are refused: arithmetic on the year 99999 helps nobody.
    private static let believable = Date(timeIntervalSince1970: 0)..<Date(timeIntervalSince1970: 7_258_118_400)

    /// - Returns: `nil` when `text` has no zone, is no date and time, or lies outside of 1970–2199.
    package static func parse(_ text: String) -> Date? {
        guard text.utf8.count <= 40 else { return nil }
        guard let date = try? Date.ISO8601FormatStyle().parse(text), believable.contains(date) else { return nil }
        return date
    }

    /// `2026-03-14T09:26:53Z`.
    package static func format(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle())
    }
}
