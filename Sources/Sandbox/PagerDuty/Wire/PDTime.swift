import Foundation

/// Instants, wall clocks and time zones as the simulated PagerDuty reads and writes them.
enum PDTime {
    static let utc = TimeZone(secondsFromGMT: 0) ?? .gmt

    /// A moment as a wall clock shows it.
    struct Wall: Sendable, Equatable {
        /// Days since 1970-01-01.
        var day: Int
        /// Seconds since midnight.
        var second: Int
        /// 1 is Monday, 7 is Sunday, as in PagerDuty's restrictions.
        var weekday: Int { (((day + 3) % 7) + 7) % 7 + 1 }
    }

    static func wall(_ date: Date, in zone: TimeZone) -> Wall {
        let local = seconds(date) + zone.secondsFromGMT(for: date)
        let day = floorDivide(local, 86_400)
        return Wall(day: day, second: local - day * 86_400)
    }

    /// The instant at which a clock in `zone` shows `wall`; a time that a change of clocks skips moves on with it.
    static func instant(_ wall: Wall, in zone: TimeZone) -> Date {
        let local = wall.day * 86_400 + wall.second
        var guess = Date(
            timeIntervalSince1970: Double(local - zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(local)))))
        guess = Date(timeIntervalSince1970: Double(local - zone.secondsFromGMT(for: guess)))
        return guess
    }

    /// `2015-11-10T08:00:00-05:00`, or with a `Z` where the zone is UTC.
    static func format(_ date: Date, in zone: TimeZone = utc) -> String {
        let offset = zone.secondsFromGMT(for: date)
        let text = formatWithoutZone(date, in: zone)
        guard offset != 0 else { return text + "Z" }
        let minutes = abs(offset) / 60
        return text + (offset < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60)
    }

    /// `2024-01-01T00:00:00`, the form of the analytics endpoints.
    static func formatWithoutZone(_ date: Date, in zone: TimeZone = utc) -> String {
        let wall = wall(date, in: zone)
        let (year, month, day) = civil(wall.day)
        return "\(four(year))-\(two(month))-\(two(day))T"
            + "\(two(wall.second / 3600)):\(two(wall.second / 60 % 60)):\(two(wall.second % 60))"
    }

    /// `2020-10-02T18:45:22.169Z`, the form of webhook events.
    static func formatMilliseconds(_ date: Date) -> String {
        let since = date.timeIntervalSince1970
        let milliseconds = Int(exactly: ((since - since.rounded(.down)) * 1000).rounded(.down)) ?? 0
        let digits = String(milliseconds)
        return formatWithoutZone(date) + "." + String(repeating: "0", count: 3 - digits.utf8.count) + digits + "Z"
    }

    /// Reads an ISO 8601 date or time; a value without an offset is taken to be in `zone`.
    static func parse(_ text: String, in zone: TimeZone = utc) -> Date? {
        var scanner = Scanner(bytes: Array(text.utf8))
        guard text.utf8.count <= 40, let year = scanner.digits(4), scanner.skip("-"), let month = scanner.digits(2),
            scanner.skip("-"), let day = scanner.digits(2), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        var wall = Wall(day: days(year, month, day), second: 0)
        var fraction = 0.0
        var offset: Int?
        if scanner.skip("T") || scanner.skip(" ") {
            guard let hour = scanner.digits(2), scanner.skip(":"), let minute = scanner.digits(2), hour < 24,
                minute < 60
            else { return nil }
            wall.second = hour * 3600 + minute * 60
            if scanner.skip(":") {
                guard let second = scanner.digits(2), second < 61 else { return nil }
                wall.second += second
            }
            if scanner.skip(".") { fraction = scanner.fraction() }
            offset = scanner.offset()
        }
        guard scanner.isAtEnd else { return nil }
        if let offset {
            return Date(timeIntervalSince1970: Double(wall.day * 86_400 + wall.second - offset) + fraction)
        }
        return instant(wall, in: zone).addingTimeInterval(fraction)
    }

    static func seconds(_ date: Date) -> Int {
        Int(exactly: date.timeIntervalSince1970.rounded(.down)) ?? 0
    }

    /// Whole seconds from one moment to another, never negative.
    static func span(_ start: Date, _ end: Date) -> Int {
        max(0, seconds(end) - seconds(start))
    }

    static func floorDivide(_ value: Int, _ by: Int) -> Int {
        let quotient = value / by
        return value % by < 0 ? quotient - 1 : quotient
    }

    /// Days since 1970-01-01 of a date of the Gregorian calendar.
    static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = floorDivide(year, 400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Year, month and day of a number of days since 1970-01-01.
    static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
    }

    private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    private static func four(_ value: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }

    private struct Scanner {
        var bytes: [UInt8]
        var place = 0
        var isAtEnd: Bool { place == bytes.count }

        mutating func digits(_ count: Int) -> Int? {
            guard place + count <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[place..<place + count] {
                guard byte >= 0x30, byte <= 0x39 else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            place += count
            return value
        }

        mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
            guard place < bytes.count, UInt32(bytes[place]) == scalar.value else { return false }
            place += 1
            return true
        }

        mutating func fraction() -> Double {
            var value = 0.0
            var weight = 0.1
            while let digit = digits(1) {
                value += Double(digit) * weight
                weight /= 10
            }
            return value
        }

        /// Seconds east of Greenwich, or nil where nothing is said.
        mutating func offset() -> Int? {
            if skip("Z") || skip("z") { return 0 }
            let sign: Int
            // A form decoder that knows no better turns the plus of an offset into a blank.
            if skip("+") || skip(" ") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
            guard let hours = digits(2) else { return nil }
            _ = skip(":")
            return sign * (hours * 3600 + (digits(2) ?? 0) * 60)
        }
    }
}
