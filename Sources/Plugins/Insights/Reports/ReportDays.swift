import FoundationEssentials

/// The days of a period in its time zone.
struct ReportDays: Equatable {
    let period: Range<Date>
    let zone: String
    /// `2026-11-17`, as PagerDuty names them, in order.
    let names: [String]
    /// `Tue 17` in a week or two, `17` in a month: what stands under a column.
    let labels: [String]

    init(_ period: Range<Date>, zone: String) {
        self.period = period
        self.zone = zone
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: zone) ?? .gmt
        var parts: [DateComponents] = []
        var day = period.lowerBound
        // A day has 23 to 25 hours; the calendar knows.
        while day < period.upperBound, parts.count < 62 {
            parts.append(calendar.dateComponents([.year, .month, .day, .weekday], from: day))
            guard let next = calendar.date(byAdding: .day, value: 1, to: day), next > day else { break }
            day = next
        }
        func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
        names = parts.map { "\($0.year ?? 0)-\(two($0.month))-\(two($0.day))" }
        let isLong = parts.count > 14
        labels = parts.map { part in
            let weekday = part.weekday.map { $0 - 1 } ?? 0
            let name = Self.weekdays.indices.contains(weekday) ? Self.weekdays[weekday] : ""
            return isLong ? "\(part.day ?? 0)" : "\(name) \(part.day ?? 0)"
        }
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
}
