import FoundationEssentials
import PagerDutyKit
import Testing

@testable import InsightsPlugin

@Suite struct RhythmTests {
    static func rhythm(
        _ frequency: Rhythm.Frequency, _ day: Rhythm.Day = .monday, _ hour: Int = 9, _ minute: Int = 0,
        zone: String = "Europe/Berlin"
    ) -> Rhythm {
        Rhythm(frequency: frequency, day: day, hour: hour, minute: minute, zone: zone)
    }

    static func date(_ text: String) throws -> Date { try #require(PagerDutyTime.parse(text)) }

    @Test(arguments: [
        (Rhythm.Frequency.weekly, Rhythm.Day.monday, "2025-06-15T15:00:00Z", "2025-06-16T07:00:00Z"),
        (.weekly, .monday, "2025-06-16T06:59:59Z", "2025-06-16T07:00:00Z"),
        (.weekly, .monday, "2025-06-16T07:00:00Z", "2025-06-23T07:00:00Z"),
        (.weekly, .sunday, "2025-06-15T15:00:00Z", "2025-06-22T07:00:00Z"),
        // The clocks go back in between: it stays nine o'clock.
        (.weekly, .monday, "2025-10-20T07:00:00Z", "2025-10-27T08:00:00Z"),
        (.daily, .monday, "2025-06-17T06:59:59Z", "2025-06-17T07:00:00Z"),
        (.daily, .monday, "2025-06-17T07:00:00Z", "2025-06-18T07:00:00Z"),
        (.daily, .monday, "2025-10-25T07:00:00Z", "2025-10-26T08:00:00Z"),
        (.fortnightly, .monday, "2025-06-16T07:00:00Z", "2025-06-30T07:00:00Z"),
        (.monthly, .monday, "2025-06-15T15:00:00Z", "2025-07-07T07:00:00Z"),
        (.monthly, .sunday, "2025-06-01T06:59:00Z", "2025-06-01T07:00:00Z"),
        (.monthly, .sunday, "2025-06-01T07:00:00Z", "2025-07-06T07:00:00Z"),
        (.monthly, .friday, "2025-12-15T15:00:00Z", "2026-01-02T08:00:00Z"),
    ])
    func `the next delivery`(frequency: Rhythm.Frequency, day: Rhythm.Day, after: String, next: String) throws {
        #expect(Self.rhythm(frequency, day).next(after: try Self.date(after)) == (try Self.date(next)))
    }

    @Test func `the first report of every two weeks does not wait for two weeks`() throws {
        let next = Self.rhythm(.fortnightly).next(after: try Self.date("2025-06-15T15:00:00Z"), isFirst: true)
        #expect(next == (try Self.date("2025-06-16T07:00:00Z")))
    }

    @Test func `an hour that the clocks skip is the next one there is`() throws {
        let next = Self.rhythm(.weekly, .sunday, 2, 30).next(after: try Self.date("2025-03-29T12:00:00Z"))
        #expect(next >= (try Self.date("2025-03-30T01:00:00Z")))
        #expect(next <= (try Self.date("2025-03-30T01:30:00Z")))
    }

    @Test(arguments: [
        (Rhythm.Frequency.weekly, "2025-06-15T15:00:00Z", "2025-06-01T22:00:00Z", "2025-06-08T22:00:00Z"),
        (.weekly, "2025-06-15T22:00:00Z", "2025-06-08T22:00:00Z", "2025-06-15T22:00:00Z"),
        (.daily, "2025-06-16T07:00:00Z", "2025-06-14T22:00:00Z", "2025-06-15T22:00:00Z"),
        // A day of 25 hours.
        (.daily, "2025-10-27T08:00:00Z", "2025-10-25T22:00:00Z", "2025-10-26T23:00:00Z"),
        (.fortnightly, "2025-06-16T07:00:00Z", "2025-06-01T22:00:00Z", "2025-06-15T22:00:00Z"),
        (.monthly, "2025-06-15T15:00:00Z", "2025-04-30T22:00:00Z", "2025-05-31T22:00:00Z"),
        (.monthly, "2026-01-05T08:00:00Z", "2025-11-30T23:00:00Z", "2025-12-31T23:00:00Z"),
        // Across a change of the clocks the days stay whole.
        (.weekly, "2025-10-27T08:00:00Z", "2025-10-19T22:00:00Z", "2025-10-26T23:00:00Z"),
    ])
    func `the last full period`(frequency: Rhythm.Frequency, before: String, start: String, end: String) throws {
        let period = Self.rhythm(frequency).period(before: try Self.date(before))
        #expect(period.lowerBound == (try Self.date(start)))
        #expect(period.upperBound == (try Self.date(end)))
    }

    @Test(arguments: ["Europe/Berlin", "America/New_York", "Australia/Sydney"])
    func `over a year with both changes of the clocks each daily report comes once, at its time`(zone: String) throws {
        let rhythm = Self.rhythm(.daily, .monday, 2, 30, zone: zone)
        var at = try Self.date("2026-01-01T12:00:00Z")
        var days: Set<Int> = []
        for _ in 0..<365 {
            let next = rhythm.next(after: at)
            #expect(next > at && next.timeIntervalSince(at) <= 25 * 3_600 + 1)
            days.insert(rhythm.calendar.ordinality(of: .day, in: .era, for: next) ?? 0)
            at = next
        }
        #expect(days.count == 365, "no day is passed over, none comes twice")
    }

    @Test func `of what was missed only the last is due`() throws {
        let rhythm = Self.rhythm(.weekly)
        let first = try Self.date("2025-06-16T07:00:00Z")
        #expect(rhythm.last(from: first, by: first) == first)
        #expect(rhythm.last(from: first, by: first + 8 * 86_400) == first + 7 * 86_400)
        #expect(rhythm.last(from: first, by: first + 100 * 86_400) == (try Self.date("2025-09-22T07:00:00Z")))
    }

    @Test func `a period is compared with the one before it`() throws {
        let month = Self.rhythm(.monthly).period(before: try Self.date("2025-04-07T07:00:00Z"))
        let before = Self.rhythm(.monthly).period(before: month)
        #expect(before.upperBound == month.lowerBound)
        #expect(before.lowerBound == (try Self.date("2025-01-31T23:00:00Z")), "February, in Berlin")
    }

    @Test func `after a long absence the next delivery is in the future, also after a very long one`() throws {
        let last = try Self.date("2001-01-01T08:00:00Z")
        let now = try Self.date("2025-06-15T15:00:00Z")
        for frequency in Rhythm.Frequency.allCases {
            #expect(Self.rhythm(frequency).next(after: last, beyond: now) > now)
        }
        #expect(Self.rhythm(.weekly).next(after: last, beyond: now) == (try Self.date("2025-06-16T07:00:00Z")))
    }

    @Test func `a zone that this machine does not know is no trap`() throws {
        let rhythm = Self.rhythm(.weekly, zone: "Mars/Base")
        #expect(rhythm.next(after: try Self.date("2025-06-15T15:00:00Z")) == (try Self.date("2025-06-16T09:00:00Z")))
    }

    @Test(arguments: [
        (nil, "–"), (0, "0 s"), (59.4, "59 s"), (60, "1 min"), (3_900, "1 h 5 min"), (7_200, "2 h"),
        (86_400, "1 d"), (187_200, "2 d 4 h"), (-1, "–"), (.nan, "–"), (.infinity, "–"), (1e300, "–"),
    ])
    func `durations as people read them`(seconds: Double?, text: String) {
        #expect(Figure.time(seconds) == text)
    }

    @Test func `one of a thing is not several`() {
        #expect(Figure.count(1, "incident") == "1 incident")
        #expect(Figure.count(0, "incident") == "0 incidents")
        #expect(Figure.count(nil, "incident") == "– incidents")
    }

    @Test(arguments: [
        (nil, "–"), (100, "100 %"), (99.9312, "99.93 %"), (99.05, "99.05 %"), (-1, "–"), (1e300, "–"), (.nan, "–"),
    ])
    func `percentages as people read them`(number: Double?, text: String) {
        #expect(Figure.percent(number) == text)
    }
}
