import Foundation
import Testing

@testable import Sandbox

/// Numbers over incidents, which must be those that the incidents' logs say.
struct PagerDutyAnalyticsTests {
    private func filters(_ pd: PagerDutyHarness, days: Double, _ more: [String: JSON?] = [:]) -> JSON {
        let filters: JSON = [
            "created_at_start": .string(PDTime.format(pd.clock.now.addingTimeInterval(-days * 86_400))),
            "created_at_end": .string(PDTime.format(pd.clock.now.addingTimeInterval(60))),
        ]
        return ["filters": filters.with(more)]
    }

    @Test func `one incident is counted as it went`() async throws {
        try await PagerDutyHarness.run { pd in
            // A service without a past.
            let made = try await pd.post(
                "services", ["service": ["name": "Fresh", "escalation_policy": ["id": "PEPPAY1"]]])
            let service = try #require(made.json["service"]?["id"]?.string)
            let id = try await pd.open(service, with: ["priority": ["id": "PPRIO01"]])
            pd.clock.advance(by: .seconds(700))
            _ = try await pd.acting(as: "grace").put("incidents/\(id)", ["incident": ["status": "acknowledged"]])
            pd.clock.advance(by: .seconds(100))
            _ = try await pd.acting(as: "ben").put("incidents/\(id)", ["incident": ["status": "acknowledged"]])
            pd.clock.advance(by: .seconds(200))
            _ = try await pd.acting(as: "ben").put("incidents/\(id)", ["incident": ["status": "resolved"]])
            let reply = try await pd.post(
                "analytics/metrics/incidents/services", filters(pd, days: 1, ["service_ids": [.string(service)]]))
            let row = try #require(reply.json["data"]?.array?.first)
            #expect(row["service_name"]?.string == "Fresh")
            #expect(row["team_name"]?.string == "Payments")
            #expect(row["total_incident_count"]?.int == 1)
            #expect(row["mean_seconds_to_first_ack"]?.int == 700)
            #expect(row["mean_seconds_to_resolve"]?.int == 1_000)
            #expect(row["mean_seconds_to_engage"]?.int == 100)
            #expect(row["mean_seconds_to_mobilize"]?.int == 800)
            #expect(row["mean_engaged_seconds"]?.int == 500)
            #expect(row["total_incidents_timeout_escalated"]?.int == 1)
            #expect(row["total_escalation_count"]?.int == 1)
            #expect(row["total_notifications"]?.int == 4)
            #expect(row["total_interruptions"]?.int == 2)
            #expect(
                (row["up_time_pct"].flatMap { if case .double(let value) = $0 { value } else { nil } } ?? 100) < 100)
            let raw = try await pd.get("analytics/raw/incidents/\(id)")
            #expect(raw.json["major"]?.bool == true)
            #expect(raw.json["resolved_by_user_name"]?.string == "Ben Okafor")
            #expect(raw.json["acknowledged_user_names"] == ["Grace Lee", "Ben Okafor"])
        }
    }

    @Test func `ranges, teams and the whole add up to the same`() async throws {
        try await PagerDutyHarness.run { pd in
            func count(_ path: String, _ body: JSON) async throws -> Int {
                let reply = try await pd.post("analytics/metrics/incidents/\(path)", body)
                #expect(reply.status == 200)
                return reply.json["data"]?.array?.compactMap { $0["total_incident_count"]?.int }.reduce(0, +) ?? 0
            }
            let body = filters(pd, days: 91)
            let all = try await count("all", body)
            #expect(all > 150)
            #expect(try await count("teams", body) == all)
            #expect(try await count("services", body) == all)
            #expect(try await count("escalation_policies", body) == all)
            for unit in ["day", "week", "month"] {
                let sum = try await count("all", body.with(["aggregate_unit": .string(unit)]))
                #expect(sum == all, "\(unit)")
            }
            let raw = try await pd.post("analytics/raw/incidents", body.with(["limit": 1_000]))
            #expect(raw.json["data"]?.array?.count == all)
        }
    }

    @Test func `weeks begin on Monday in the asked-for zone`() async throws {
        try await PagerDutyHarness.run { pd in
            let body = filters(pd, days: 60).with(["aggregate_unit": "week", "time_zone": "Europe/Berlin"])
            let rows = try await pd.post("analytics/metrics/incidents/all", body).json["data"]?.array ?? []
            let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
            for row in rows {
                let start = try #require(row["range_start"]?.string.flatMap { PDTime.parse($0, in: zone) })
                #expect(PDTime.wall(start, in: zone) == PDTime.Wall(day: PDTime.wall(start, in: zone).day, second: 0))
                #expect(PDTime.wall(start, in: zone).weekday == 1)
            }
            #expect(rows.count >= 8)
        }
    }

    @Test func `a user token must say which teams or services`() async throws {
        try await PagerDutyHarness.run { pd in
            let ada = try pd.acting(as: "ada")
            #expect(try await ada.post("analytics/metrics/incidents/teams", filters(pd, days: 7)).status == 400)
            let scoped = filters(pd, days: 7, ["team_ids": ["PTPAY01"]])
            let reply = try await ada.post("analytics/metrics/incidents/teams", scoped)
            #expect(reply.json["data"]?.array?.map { $0["team_id"]?.string } == ["PTPAY01"])
        }
    }

    @Test(arguments: [
        #"{"filters": 7}"#, #"{"filters": {"created_at_start": "x"}}"#, #"{"filters": {"team_ids": "PTPAY01"}}"#,
        #"{"filters": {"created_at_start": "2020-01-01", "created_at_end": "2025-01-01"}}"#,
        #"{"aggregate_unit": "year"}"#,
        #"{"time_zone": "Mars"}"#, #"{"filters": {"urgency": "huge"}}"#,
    ])
    func `a question that makes no sense is 400`(body: String) async throws {
        try await PagerDutyHarness.run { pd in
            let reply = try await pd.send("POST", "analytics/metrics/incidents/all", nil, bytes: Array(body.utf8))
            #expect(reply.status == 400)
        }
    }

    @Test func `raw incidents are paged by cursor`() async throws {
        try await PagerDutyHarness.run { pd in
            let body = filters(pd, days: 91).with(["limit": 50])
            var seen: Set<String> = []
            var cursor: String?
            for _ in 0..<30 {
                let reply = try await pd.post(
                    "analytics/raw/incidents", body.with(["starting_after": cursor.map(JSON.string)]))
                for one in reply.json["data"]?.array ?? [] {
                    let isNew = seen.insert(one["id"]?.string ?? "").inserted
                    #expect(isNew)
                }
                cursor = reply.json["last"]?.string
                if reply.json["more"]?.bool != true { break }
            }
            #expect(seen.count > 150)
        }
    }
}
