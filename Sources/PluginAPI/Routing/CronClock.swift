package import FoundationEssentials

/// An expression in a time zone: it knows when something should have happened last.
package struct CronClock: Sendable {
    private let expression: CronExpression
    private let calendar: Calendar

    /// How far back is looked: far enough for 29 February, over a year that had none.
    private static let furthest = 9 * 366

    package init(_ text: String, zone: String) throws(CronExpression.Malformed) {
        expression = try CronExpression(text)
        guard let zone = TimeZone(identifier: zone) else {
            throw CronExpression.Malformed(reason: "there is no time zone “\(zone)”; one looks like Europe/Berlin")
        }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        self.calendar = calendar
    }

    /// The latest time that is not after `now`; `nil` where there is none in nine years.
    package func latest(upTo now: Date) -> Date? {
        var day = calendar.startOfDay(for: now)
        for _ in 0..<Self.furthest {
            if let latest = times(on: day).filter({ $0 <= now }).max() { return latest }
            // From the middle of the day, so that no change of the clocks is in the way.
            guard let before = calendar.date(byAdding: .hour, value: -12, to: day) else { return nil }
            day = calendar.startOfDay(for: before)
        }
        return nil
    }

    private func times(on day: Date) -> [Date] {
        let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: day)
        guard let month = parts.month, let number = parts.day, let weekday = parts.weekday,
            expression.matches(month: month, day: number, weekday: weekday - 1)
        else { return [] }
        return expression.isEveryHour ? everyHour(of: day) : hours(of: parts)
    }

    /// Hours as they pass, be there 23 of them or 25.
    private func everyHour(of day: Date) -> [Date] {
        guard let noonAfter = calendar.date(byAdding: .hour, value: 36, to: day) else { return [] }
        let end = calendar.startOfDay(for: noonAfter)
        return stride(from: day.timeIntervalSince1970, to: end.timeIntervalSince1970, by: 3_600).flatMap { hour in
            expression.minutes.map { Date(timeIntervalSince1970: hour + Double($0) * 60) }
        }
    }

    /// Times as clocks show them. One that is skipped is moved to where the clocks are then; of one that is shown twice the
    /// first counts.
    private func hours(of day: DateComponents) -> [Date] {
        expression.hours.flatMap { hour in
            expression.minutes.compactMap { minute in
                var time = DateComponents()
                (time.year, time.month, time.day) = (day.year, day.month, day.day)
                (time.hour, time.minute) = (hour, minute)
                return calendar.date(from: time)
            }
        }
    }
}
