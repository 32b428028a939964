import Foundation
import PluginAPI
import Testing

@testable import BotHost

/// Times of the day, as people's clocks show them.
@Suite struct CronTests {
    private func date(_ text: String) throws -> Date {
        try Date(text, strategy: .iso8601)
    }

    private func latest(_ expression: String, _ zone: String = "UTC", upTo now: String) throws -> String? {
        try CronClock(expression, zone: zone).latest(upTo: date(now))?.formatted(.iso8601)
    }

    @Test(arguments: [
        ("0 9 * * 1", "2026-11-30T10:00:00Z", "2026-11-30T09:00:00Z"),
        ("0 9 * * mon", "2026-11-30T08:59:59Z", "2026-11-23T09:00:00Z"),
        ("*/15 * * * *", "2026-11-30T10:44:59Z", "2026-11-30T10:30:00Z"),
        ("30 9-17/4 * * MON-FRI", "2026-11-29T12:00:00Z", "2026-11-27T17:30:00Z"),
        ("0 0 1 * *", "2026-11-30T12:00:00Z", "2026-11-01T00:00:00Z"),
        ("0 0 29 2 *", "2026-11-30T12:00:00Z", "2024-02-29T00:00:00Z"),
        ("0 0 29 feb *", "2104-01-01T00:00:00Z", "2096-02-29T00:00:00Z"),
        ("0 12 * * 7", "2026-11-30T12:00:00Z", "2026-11-29T12:00:00Z"),
        ("5,10 0 * 12 *", "2026-12-01T00:07:00Z", "2026-12-01T00:05:00Z"),
        // Either day is enough where both are limited.
        ("0 0 13 * 5", "2026-11-30T12:00:00Z", "2026-11-27T00:00:00Z"),
        ("0 0 13 * 5", "2026-10-15T12:00:00Z", "2026-10-13T00:00:00Z"),
    ])
    func `the latest time is found`(expression: String, now: String, expected: String) throws {
        #expect(try latest(expression, upTo: now) == expected)
    }

    @Test func `the clock on the wall counts, in summer as in winter`() throws {
        #expect(try latest("0 9 * * *", "Europe/Berlin", upTo: "2026-07-01T12:00:00Z") == "2026-07-01T07:00:00Z")
        #expect(try latest("0 9 * * *", "Europe/Berlin", upTo: "2026-12-01T12:00:00Z") == "2026-12-01T08:00:00Z")
        #expect(try latest("0 9 * * *", "Asia/Kolkata", upTo: "2026-12-01T12:00:00Z") == "2026-12-01T03:30:00Z")
    }

    /// The times from one moment to another, each found from the moment before the one after it.
    private func times(_ expression: String, _ zone: String, from first: String, to last: String) throws -> [String] {
        let clock = try CronClock(expression, zone: zone)
        var times: [Date] = []
        var now = try date(last)
        while let latest = clock.latest(upTo: now), latest >= (try date(first)) {
            times.append(latest)
            now = latest.addingTimeInterval(-1)
        }
        return times.reversed().map { $0.formatted(.iso8601) }
    }

    @Test func `a time that the clocks skip comes once all the same`() throws {
        // In Berlin there is no half past two on 29 March 2026.
        let times = try times("30 2 * * *", "Europe/Berlin", from: "2026-03-27T12:00:00Z", to: "2026-03-30T12:00:00Z")
        #expect(times.count == 3)
        #expect(times.first == "2026-03-28T01:30:00Z")
        #expect(times.last == "2026-03-30T00:30:00Z")
        #expect(times[1] >= "2026-03-29T01:00:00Z" && times[1] <= "2026-03-29T01:30:00Z")
    }

    @Test func `a time that the clocks repeat comes once`() throws {
        // In Berlin half past two came twice on 25 October 2026: at 00:30 and at 01:30 UTC.
        let times = try times("30 2 * * *", "Europe/Berlin", from: "2026-10-24T12:00:00Z", to: "2026-10-26T12:00:00Z")
        #expect(times == ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"])
    }

    @Test func `every hour is every hour that passes, when the clocks are changed too`() throws {
        let spring = try times("0 * * * *", "Europe/Berlin", from: "2026-03-28T23:00:00Z", to: "2026-03-29T21:59:00Z")
        #expect(spring.count == 23)
        let autumn = try times("0 * * * *", "Europe/Berlin", from: "2026-10-24T22:00:00Z", to: "2026-10-25T22:59:00Z")
        #expect(autumn.count == 25)
        #expect(Set(autumn).count == 25)
    }

    @Test(arguments: [
        "", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 13 *", "* * * * 8",
        "*/0 * * * *", "*/x * * * *", "5-1 * * * *", "1-2-3 * * * *", "+1 * * * *", "1,,2 * * * *", "a * * * *",
        "* * * foo *", "99999999999999999999 * * * *", "0 0 31 2 *", "0 0 31 4,6 *", "@daily", "1/2/3 * * * *",
    ])
    func `what is no time is refused with a reason`(expression: String) {
        #expect(throws: CronExpression.Malformed.self) { try CronClock(expression, zone: "UTC") }
    }

    @Test(arguments: ["", "Berlin", "Europe/Berlin2", "../etc/passwd"])
    func `what is no time zone is refused`(zone: String) {
        #expect(throws: CronExpression.Malformed.self) { try CronClock("0 9 * * 1", zone: zone) }
    }
}
