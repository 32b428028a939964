import FoundationEssentials

/// When reports are delivered, and which time each is about.
struct Rhythm: Codable, Equatable {
    /// How often.
    enum Frequency: String, Codable, CaseIterable {
        case daily, weekly, fortnightly, monthly

        var name: String {
            switch self {
            case .daily: "Every day"
            case .weekly: "Every week"
            case .fortnightly: "Every two weeks"
            case .monthly: "Every month"
            }
        }
    }

    /// A day of the week; Monday is 1.
    enum Day: Int, Codable, CaseIterable {
        case monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday

        var name: String {
            ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][rawValue - 1]
        }

        /// As calendars count: Sunday is 1.
        var weekday: Int { rawValue % 7 + 1 }
    }

    var frequency: Frequency
    /// For a monthly report the first such day of the month.
    var day: Day
    var hour: Int
    var minute: Int
    /// A tz database name.
    var zone: String

    /// The next delivery.
    ///
    /// - Parameter date: the delivery before, or the time of the subscription.
    func next(after date: Date, isFirst: Bool = false) -> Date {
        switch frequency {
        case .daily: nextTime(after: date)
        case .weekly: nextDay(after: date)
        case .fortnightly: isFirst ? nextDay(after: date) : nextDay(after: nextDay(after: date))
        case .monthly: nextMonthly(after: date)
        }
    }

    /// The next delivery in the future; those that were missed while the host was away are passed over.
    func next(after last: Date, beyond now: Date) -> Date {
        var next = next(after: last)
        // Twenty years of weeks; who was away for longer starts anew.
        for _ in 0..<1_000 where next <= now { next = self.next(after: next) }
        return next > now ? next : self.next(after: now, isFirst: true)
    }

    /// The last delivery that is due by now, from the first that was not made: of several that were missed while the host was
    /// away, one is made up.
    func last(from first: Date, by now: Date) -> Date {
        var last = first
        for _ in 0..<10_000 {
            let next = next(after: last)
            guard next <= now, next > last else { break }
            last = next
        }
        return last
    }

    /// The last full day, week, two weeks or month before a moment.
    func period(before date: Date) -> Range<Date> {
        let calendar = calendar
        switch frequency {
        case .daily:
            let end = calendar.startOfDay(for: date)
            return (calendar.date(byAdding: .day, value: -1, to: end) ?? end - 86_400)..<end
        case .weekly, .fortnightly:
            let end = calendar.dateInterval(of: .weekOfYear, for: date)?.start ?? date
            let days = frequency == .weekly ? -7 : -14
            return (calendar.date(byAdding: .day, value: days, to: end) ?? end - 604_800)..<end
        case .monthly:
            let end = calendar.dateInterval(of: .month, for: date)?.start ?? date
            return (calendar.date(byAdding: .month, value: -1, to: end) ?? end - 2_592_000)..<end
        }
    }

    /// The period before a period.
    func period(before period: Range<Date>) -> Range<Date> {
        let (component, value): (Calendar.Component, Int) =
            switch frequency {
            case .daily: (.day, -1)
            case .weekly: (.day, -7)
            case .fortnightly: (.day, -14)
            case .monthly: (.month, -1)
            }
        let length = period.upperBound.timeIntervalSince(period.lowerBound)
        let start = calendar.date(byAdding: component, value: value, to: period.lowerBound)
        return (start ?? period.lowerBound - length)..<period.lowerBound
    }

    /// The seven days of which a day is the last.
    func week(endingWith day: Range<Date>) -> Range<Date> {
        (calendar.date(byAdding: .day, value: -6, to: day.lowerBound) ?? day.lowerBound - 518_400)..<day.upperBound
    }

    private func nextTime(after date: Date) -> Date {
        let parts = DateComponents(hour: hour, minute: minute, second: 0)
        // Where the clocks skip the hour, the next one there is; where they repeat it, the first.
        return calendar.nextDate(after: date, matching: parts, matchingPolicy: .nextTime) ?? date + 86_400
    }

    private func nextDay(after date: Date) -> Date {
        let parts = DateComponents(hour: hour, minute: minute, second: 0, weekday: day.weekday)
        // Where the clocks skip the hour, the next one there is.
        return calendar.nextDate(after: date, matching: parts, matchingPolicy: .nextTime) ?? date + 604_800
    }

    private func nextMonthly(after date: Date) -> Date {
        let calendar = calendar
        let month = calendar.dateInterval(of: .month, for: date)?.start ?? date
        for offset in 0...2 {
            guard let first = calendar.date(byAdding: .month, value: offset, to: month) else { continue }
            let shift = (day.weekday - calendar.component(.weekday, from: first) + 7) % 7
            guard let dayOfMonth = calendar.date(byAdding: .day, value: shift, to: first),
                let moment = calendar.date(bySettingHour: hour, minute: minute, second: 0, of: dayOfMonth),
                moment > date
            else { continue }
            return moment
        }
        return date + 2_592_000
    }

    /// Weeks begin on Monday, as PagerDuty's reports do.
    var calendar: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.firstWeekday = 2
        calendar.timeZone = TimeZone(identifier: zone) ?? .gmt
        return calendar
    }
}
