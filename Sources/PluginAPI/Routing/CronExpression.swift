/// When something happens, as `crontab(5)` writes it: minute, hour, day of the month, month, day of the week.
package struct CronExpression: Sendable, Hashable {
    let minutes: Set<Int>
    let hours: Set<Int>
    let days: Set<Int>
    let months: Set<Int>
    /// Sunday is 0.
    let weekdays: Set<Int>
    let isEveryHour: Bool
    private let isEveryDay: Bool
    private let isEveryWeekday: Bool

    /// Why a text is no such expression, in a few words.
    package struct Malformed: Error, Hashable {
        package let reason: String
    }

    package init(_ text: String) throws(Malformed) {
        let fields = text.split(separator: " ").map(String.init)
        guard fields.count == 5 else {
            throw Malformed(reason: "it has \(fields.count) fields and not five: minute, hour, day, month, weekday")
        }
        minutes = try Self.numbers(fields[0], "minute", 0...59)
        hours = try Self.numbers(fields[1], "hour", 0...23)
        days = try Self.numbers(fields[2], "day of the month", 1...31)
        months = try Self.numbers(fields[3], "month", 1...12, names: Self.monthNames, first: 1)
        let weekdays = try Self.numbers(fields[4], "day of the week", 0...7, names: Self.weekdayNames, first: 0)
        self.weekdays = Set(weekdays.map { $0 % 7 })
        isEveryHour = hours.count == 24
        isEveryDay = fields[2] == "*"
        isEveryWeekday = fields[4] == "*"
        let longest = Dictionary(uniqueKeysWithValues: zip(1...12, [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]))
        if isEveryWeekday, let first = days.min(), months.allSatisfy({ (longest[$0] ?? 31) < first }) {
            throw Malformed(reason: "there is no such day in these months")
        }
    }

    private static let monthNames = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    private static let weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    /// Where both kinds of day are limited, either is enough.
    func matches(month: Int, day: Int, weekday: Int) -> Bool {
        guard months.contains(month) else { return false }
        let (isDay, isWeekday) = (days.contains(day), weekdays.contains(weekday))
        return isEveryDay || isEveryWeekday ? isDay && isWeekday : isDay || isWeekday
    }

    private static func numbers(
        _ field: String, _ name: String, _ range: ClosedRange<Int>, names: [String] = [], first: Int = 0
    ) throws(Malformed) -> Set<Int> {
        var numbers: Set<Int> = []
        for part in field.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = part.split(separator: "/", omittingEmptySubsequences: false)
            var step = 1
            if halves.count > 1 {
                guard halves.count == 2, let number = number(String(halves[1])), (1...range.upperBound).contains(number)
                else { throw Malformed(reason: "the \(name) has no step after the stroke in “\(part)”") }
                step = number
            }
            let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
            let bounds: ClosedRange<Int>
            if ends == ["*"] {
                bounds = range
            } else {
                let values = ends.map { end in
                    number(end) ?? names.firstIndex(of: end.lowercased()).map { $0 + first }
                }
                guard (1...2).contains(values.count), let low = values[0], let high = values[values.count - 1],
                    low <= high, range.contains(low), range.contains(high)
                else {
                    throw Malformed(
                        reason:
                            "the \(name) “\(part)” is none: \(range.lowerBound)-\(range.upperBound), *, a-b, a,b, */n")
                }
                bounds = low...(values.count == 1 && halves.count > 1 ? range.upperBound : high)
            }
            numbers.formUnion(stride(from: bounds.lowerBound, through: bounds.upperBound, by: step))
        }
        return numbers
    }

    /// One or two digits and nothing else.
    private static func number(_ text: String) -> Int? {
        guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }
}
