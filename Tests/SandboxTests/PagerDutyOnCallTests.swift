import Foundation
import Testing

@testable import Sandbox

/// Schedules, hand-offs and who is on call.
struct PagerDutyOnCallTests {
    private func onCalls(_ pd: PagerDutyHarness, _ query: String) async throws -> [JSON] {
        let reply = try await pd.get("oncalls?limit=100&\(query)")
        #expect(reply.status == 200)
        return reply.json["oncalls"]?.array ?? []
    }

    @Test func `every level of a policy says who has it now, until when and by which schedule`() async throws {
        try await PagerDutyHarness.run { pd in
            let found = try await onCalls(pd, "escalation_policy_ids[]=PEPPAY1&include[]=users")
            #expect(found.compactMap { $0["escalation_level"]?.int } == [1, 2, 3])
            #expect(found.first?["schedule"]?["summary"]?.string == "Payments Primary")
            #expect(found.first?["end"]?.string != nil)
            #expect(found[1]["schedule"]?.isNull == true)
            #expect(found[1]["end"]?.isNull == true)
            #expect(found[1]["user"]?["email"]?.string == "grace.lee@acme.example")
        }
    }

    @Test func `a rotation is handed over at its local hour`() async throws {
        try await PagerDutyHarness.run { pd in
            let found = try await onCalls(
                pd, "schedule_ids[]=PSSREP1&escalation_policy_ids[]=PEPSRE1&time_zone=Europe/Berlin")
            let end = try #require(found.first?["end"]?.string)
            #expect(end.contains("T10:00:00+0"))
            let first = found.first?["user"]?["id"]?.string
            let until = try #require(PDTime.parse(end))
            pd.clock.advance(by: .seconds(until.timeIntervalSince(pd.clock.now) - 1))
            #expect(try await onCalls(pd, "schedule_ids[]=PSSREP1").first?["user"]?["id"]?.string == first)
            pd.clock.advance(by: .seconds(1))
            #expect(try await onCalls(pd, "schedule_ids[]=PSSREP1").first?["user"]?["id"]?.string != first)
        }
    }

    @Test func `who is next stands in a longer range, once each with earliest`() async throws {
        try await PagerDutyHarness.run { pd in
            let until = PDTime.format(pd.clock.now.addingTimeInterval(30 * 86_400))
            let all = try await onCalls(pd, "schedule_ids[]=PSSREP1&escalation_policy_ids[]=PEPSRE1&until=\(until)")
            #expect(all.count >= 5)
            let starts = all.compactMap { $0["start"]?.string }
            #expect(starts == starts.sorted())
            let earliest = try await onCalls(
                pd, "schedule_ids[]=PSSREP1&escalation_policy_ids[]=PEPSRE1&until=\(until)&earliest=true")
            #expect(earliest.count == 3)
        }
    }

    @Test func `filters hold, and null asks for those named directly`() async throws {
        try await PagerDutyHarness.run { pd in
            let ivan = try await onCalls(pd, "user_ids[]=PIVAN01")
            #expect(!ivan.isEmpty && ivan.allSatisfy { $0["user"]?["id"]?.string == "PIVAN01" })
            let direct = try await onCalls(pd, "schedule_ids[]=null")
            #expect(!direct.isEmpty && direct.allSatisfy { $0["schedule"]?.isNull == true })
            #expect(try await pd.get("oncalls?since=2026-02-01&until=2026-01-01").status == 400)
        }
    }

    @Test func `an override takes over for its time`() async throws {
        try await PagerDutyHarness.run { pd in
            let (start, end) = (pd.clock.now, pd.clock.now.addingTimeInterval(3_600))
            let override: JSON = [
                "overrides": [
                    [
                        "start": .string(PDTime.format(start)), "end": .string(PDTime.format(end)),
                        "user": ["id": "PDANR01"],
                    ],
                    [
                        "start": .string(PDTime.format(end)), "end": .string(PDTime.format(start)),
                        "user": ["id": "PDANR01"],
                    ],
                ]
            ]
            let made = try await pd.post("schedules/PSSREP1/overrides", override)
            #expect(made.json.array?.compactMap { $0["status"]?.int } == [201, 400])
            #expect(try await onCalls(pd, "schedule_ids[]=PSSREP1").first?["user"]?["id"]?.string == "PDANR01")
            pd.clock.advance(by: .seconds(3_600))
            #expect(try await onCalls(pd, "schedule_ids[]=PSSREP1").first?["user"]?["id"]?.string != "PDANR01")
        }
    }

    @Test func `a schedule renders what its layers come to`() async throws {
        try await PagerDutyHarness.run { pd in
            let reply = try await pd.get("schedules/PSPLTF1?since=2026-01-05T00:00:00Z&until=2026-01-06T00:00:00Z")
            let final = try #require(reply.json["schedule"]?["final_schedule"])
            let names = final["rendered_schedule_entries"]?.array?.compactMap { $0["user"]?["summary"]?.string }
            #expect(names == ["Yuki Tanaka", "Ivan Petrov", "Grace Lee", "Yuki Tanaka"])
            #expect(final["rendered_coverage_percentage"] == 100)
            #expect(reply.json["schedule"]?["schedule_layers"]?.array?.first?["name"]?.string == "Asia")
            let bare = try await pd.get("schedules/PSPLTF1")
            #expect(bare.json["schedule"]?["final_schedule"]?["rendered_schedule_entries"]?.array?.isEmpty == true)
        }
    }

    @Test func `turns follow the wall clock through a change of clocks`() throws {
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        let layer = PDSchedule.Layer(
            id: "L", name: "L", userIDs: ["A", "B"], firstDay: PDTime.days(2026, 3, 27), handoff: 10 * 3_600,
            turnDays: 1)
        let schedule = PDSchedule(id: "S", name: "S", description: "", timeZone: "Europe/Berlin", layers: [layer])
        let start = try #require(PDTime.parse("2026-03-27T10:00:00", in: zone))
        let end = try #require(PDTime.parse("2026-03-30T10:00:00", in: zone))
        let entries = schedule.entries(from: start, to: end)
        #expect(entries.map(\.userID) == ["A", "B", "A"])
        // The night in which the clocks go forward is an hour short.
        #expect(entries.map { Int($0.end.timeIntervalSince($0.start)) } == [86_400, 82_800, 86_400])
        #expect(PDTime.format(entries[1].end, in: zone) == "2026-03-29T10:00:00+02:00")
    }

    @Test func `a weekend is one restriction and leaves a gap between`() throws {
        let layer = PDSchedule.Layer(
            id: "L", name: "L", userIDs: ["A"], firstDay: PDTime.days(2025, 1, 6), handoff: 0, turnDays: 7,
            restrictions: [.init(startSecond: 18 * 3_600, duration: 62 * 3_600, weekday: 5)])
        let schedule = PDSchedule(id: "S", name: "S", description: "", timeZone: "Etc/UTC", layers: [layer])
        for (text, who) in [
            ("2026-01-02T17:59:59Z", nil), ("2026-01-02T18:00:00Z", "A"), ("2026-01-04T23:00:00Z", "A"),
            ("2026-01-05T07:59:59Z", "A"), ("2026-01-05T08:00:00Z", nil),
        ] as [(String, String?)] {
            let date = try #require(PDTime.parse(text))
            #expect(schedule.userID(at: date) == who, "\(text)")
        }
    }

    @Test(arguments: [
        ("2026-01-05T10:00:00Z", 1_767_607_200.0), ("2026-01-05T11:00:00+01:00", 1_767_607_200.0),
        ("2026-01-05T11:00:00 01:00", 1_767_607_200.0), ("2026-01-05", 1_767_571_200.0),
        ("2026-01-05T10:00:00.500Z", 1_767_607_200.5),
    ])
    func `times are read in the forms that clients send`(text: String, seconds: Double) {
        #expect(PDTime.parse(text)?.timeIntervalSince1970 == seconds)
    }

    @Test(arguments: [
        "", "now", "2026", "2026-13-01", "2026-01-05T", "2026-01-05T25:00Z", "2026-01-05T10:00:00Zx", "٢٠٢٦-01-05",
    ])
    func `what is no time is refused`(text: String) {
        #expect(PDTime.parse(text) == nil)
    }
}
