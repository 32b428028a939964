import Foundation
import Testing

@testable import Sandbox

/// The life of an incident, over HTTP and by the clock.
struct PagerDutyIncidentTests {
    @Test func `a new incident is assigned to whoever is on call and has a number, a link and a log`() async throws {
        try await PagerDutyHarness.run { pd in
            let id = try await pd.open(
                "PSVSEA1", title: "Search is slow", with: ["body": ["type": "incident_body", "details": "since noon"]])
            let incident = try #require(try await pd.get("incidents/\(id)").json["incident"])
            #expect(incident["status"]?.string == "triggered")
            #expect(incident["urgency"]?.string == "high")
            #expect(incident["html_url"]?.string == "\(pd.origin)/pagerduty#/incidents/\(id)")
            #expect(incident["summary"]?.string == "[#\(incident["incident_number"]?.int ?? 0)] Search is slow")
            let onCall = try await pd.get("oncalls?escalation_policy_ids[]=PEPSRE1").json["oncalls"]?.array
            let first = onCall?.first { $0["escalation_level"]?.int == 1 }
            #expect(incident["assignments"]?.array?.first?["assignee"]?["id"]?.string == first?["user"]?["id"]?.string)
            let number = try #require(incident["incident_number"]?.int)
            #expect(try await pd.get("incidents/\(number)").json["incident"]?["id"]?.string == id)
            let log = try #require(
                try await pd.get("incidents/\(id)/log_entries?is_overview=true").json["log_entries"]?.array)
            #expect(log.compactMap { $0["type"]?.string } == ["assign_log_entry", "trigger_log_entry"])
            #expect(log.last?["agent"]?["id"]?.string == "PADAM01")
        }
    }

    @Test func `the same key on the same service opens one incident`() async throws {
        try await PagerDutyHarness.run { pd in
            let id = try await pd.open(with: ["incident_key": "k1"])
            let incident: JSON = ["incident": ["title": "again", "service": ["id": "PSVCHK1"], "incident_key": "k1"]]
            let again = try await pd.post("incidents", incident)
            #expect(again.status == 400)
            #expect(again.code == 2002)
            #expect(again.errors == ["Open incident with matching dedup key already exists on this service"])
            let found = try await pd.get("incidents?incident_key=k1&statuses[]=triggered")
            #expect(found.json["incidents"]?.array?.compactMap { $0["id"]?.string } == [id])
            _ = try await pd.put("incidents/\(id)", ["incident": ["status": "resolved"]])
            #expect(try await pd.post("incidents", incident).status == 201)
        }
    }

    @Test func `acknowledging takes the incident, resolving ends it, once`() async throws {
        try await PagerDutyHarness.run { pd in
            let id = try await pd.open("PSVSEA1")
            let grace = try pd.acting(as: "grace")
            let taken = try await grace.put("incidents/\(id)", ["incident": ["status": "acknowledged"]])
            #expect(taken.json["incident"]?["status"]?.string == "acknowledged")
            #expect(
                taken.json["incident"]?["assignments"]?.array?.first?["assignee"]?["summary"]?.string == "Grace Lee")
            let done = try await grace.put(
                "incidents/\(id)", ["incident": ["status": "resolved", "resolution": "restarted"]])
            #expect(done.json["incident"]?["status"]?.string == "resolved")
            #expect(done.json["incident"]?["last_status_change_by"]?["summary"]?.string == "Grace Lee")
            #expect(
                try await pd.get("incidents/\(id)/notes").json["notes"]?.array?.first?["content"]?.string == "restarted"
            )
            let again = try await grace.put("incidents/\(id)", ["incident": ["status": "resolved"]])
            #expect(again.status == 400)
            #expect(again.code == 1001)
            let reopened = try await grace.put("incidents/\(id)", ["incident": ["status": "triggered"]])
            #expect(reopened.json["incident"]?["status"]?.string == "triggered")
        }
    }

    @Test func `nobody answers: the incident climbs level by level, loops, and stops`() async throws {
        try await PagerDutyHarness.run { pd in
            let id = try await pd.open("PSVPAY1")
            func assignees() async throws -> [String] {
                let incident = try await pd.get("incidents/\(id)").json["incident"]
                return incident?["assignments"]?.array?.compactMap { $0["assignee"]?["summary"]?.string } ?? []
            }
            pd.clock.advance(by: .seconds(600))
            #expect(try await assignees() == ["Grace Lee"])
            pd.clock.advance(by: .seconds(900))
            #expect(try await assignees() == ["Olga Owner"])
            // One loop more, then it is over.
            pd.clock.advance(by: .seconds(86_400))
            let log = try #require(try await pd.get("incidents/\(id)/log_entries?limit=100").json["log_entries"]?.array)
            #expect(log.count { $0["type"]?.string == "escalate_log_entry" } == 5)
            #expect(log.first?["type"]?.string == "exhaust_escalation_path_log_entry")
        }
    }

    @Test func `an acknowledged incident does not climb, and comes back when its time is over`() async throws {
        try await PagerDutyHarness.run { pd in
            let id = try await pd.open("PSVPAY1")
            _ = try await pd.put("incidents/\(id)", ["incident": ["status": "acknowledged"]])
            pd.clock.advance(by: .seconds(14_399))
            #expect(try await pd.get("incidents/\(id)").json["incident"]?["status"]?.string == "acknowledged")
            pd.clock.advance(by: .seconds(1))
            #expect(try await pd.get("incidents/\(id)").json["incident"]?["status"]?.string == "triggered")
        }
    }

    @Test func `a snoozed incident sleeps for as long as asked`() async throws {
        try await PagerDutyHarness.run { pd in
            let id = try await pd.open()
            #expect(try await pd.post("incidents/\(id)/snooze", ["duration": 3_600]).status == 400)
            _ = try await pd.put("incidents/\(id)", ["incident": ["status": "acknowledged"]])
            for bad in [0, -1, 604_801] {
                #expect(try await pd.post("incidents/\(id)/snooze", ["duration": .int(bad)]).status == 400)
            }
            #expect(try await pd.post("incidents/\(id)/snooze", ["duration": 3_600]).status == 201)
            pd.clock.advance(by: .seconds(3_601))
            #expect(try await pd.get("incidents/\(id)").json["incident"]?["status"]?.string == "triggered")
        }
    }

    @Test func `an incident goes to a level, to people or to a policy`() async throws {
        try await PagerDutyHarness.run { pd in
            let id = try await pd.open("PSVPAY1")
            let level = try await pd.put("incidents/\(id)", ["incident": ["escalation_level": 3]])
            #expect(
                level.json["incident"]?["assignments"]?.array?.first?["assignee"]?["summary"]?.string == "Olga Owner")
            let people: JSON = [
                "incident": ["assignments": [["assignee": ["id": "PBENO01"]], ["assignee": ["id": "PYUKI01"]]]]
            ]
            let direct = try await pd.put("incidents/\(id)", people)
            #expect(direct.json["incident"]?["assignments"]?.array?.count == 2)
            #expect(direct.json["incident"]?["assigned_via"]?.string == "direct_assignment")
            let policy = try await pd.put("incidents/\(id)", ["incident": ["escalation_policy": ["id": "PEPINT1"]]])
            #expect(policy.json["incident"]?["escalation_policy"]?["id"]?.string == "PEPINT1")
            #expect(try await pd.put("incidents/\(id)", ["incident": ["escalation_level": 9]]).status == 400)
            let low = try await pd.open("PSVBUI1")
            let refused = try await pd.put("incidents/\(low)", ["incident": ["escalation_level": 2]])
            #expect(refused.status == 400)
        }
    }

    @Test func `many incidents change at once, or none`() async throws {
        try await PagerDutyHarness.run { pd in
            let (one, two) = (try await pd.open(), try await pd.open("PSVSEA1"))
            func change(_ second: String) -> JSON {
                [
                    "incidents": [
                        ["id": .string(one), "status": "acknowledged"],
                        ["id": .string(second), "status": "acknowledged"],
                    ]
                ]
            }
            #expect(try await pd.put("incidents", change("QNOBODY")).status == 404)
            #expect(try await pd.get("incidents/\(one)").json["incident"]?["status"]?.string == "triggered")
            let both = try await pd.put("incidents", change(two))
            #expect(both.json["incidents"]?.array?.count == 2)
            let many = JSON.array((0..<251).map { _ in ["id": .string(one), "status": "acknowledged"] })
            #expect(try await pd.put("incidents", ["incidents": many]).status == 413)
        }
    }

    @Test func `a priority is given by reference or by name and taken back with null`() async throws {
        try await PagerDutyHarness.run { pd in
            let id = try await pd.open(with: ["priority": ["id": "PPRIO02", "type": "priority_reference"]])
            let named = try await pd.put("incidents/\(id)", ["incident": ["priority": "P1"]])
            #expect(named.json["incident"]?["priority"]?["id"]?.string == "PPRIO01")
            let none = try await pd.put("incidents/\(id)", ["incident": ["priority": nil]])
            #expect(none.json["incident"]?["priority"]?.isNull == true)
            #expect(try await pd.put("incidents/\(id)", ["incident": ["priority": "P9"]]).status == 400)
        }
    }

    @Test func `notes, responders, status updates, workflows and merging leave their mark`() async throws {
        try await PagerDutyHarness.run { pd in
            let (id, other) = (try await pd.open(), try await pd.open("PSVSEA1", title: "Same thing"))
            #expect(try await pd.post("incidents/\(id)/notes", ["note": ["content": "Looking"]]).status == 200)
            #expect(try await pd.post("incidents/\(id)/notes", ["note": ["content": " "]]).status == 400)
            let request: JSON = [
                "requester_id": "PADAM01", "message": "Help",
                "responder_request_targets": [
                    ["responder_request_target": ["id": "PYUKI01", "type": "user_reference"]]
                ],
            ]
            let asked = try await pd.post("incidents/\(id)/responder_requests", request)
            #expect(asked.status == 200)
            _ = try await pd.acting(as: "yuki").put("incidents/\(id)", ["incident": ["status": "acknowledged"]])
            let responders = try await pd.get("incidents/\(id)").json["incident"]?["incidents_responders"]?.array
            #expect(responders?.first?["state"]?.string == "joined")
            #expect(try await pd.post("incidents/\(id)/status_updates", ["message": "On it"]).status == 200)
            #expect(
                try await pd.post("incidents/\(id)/status_updates", ["message": "x", "subject": "y"]).status == 400)
            let instance: JSON = ["incident_workflow_instance": ["incident": ["id": .string(id)]]]
            #expect(try await pd.post("incident_workflows/PWFMAJ1/instances", instance).status == 201)
            let merged = try await pd.put("incidents/\(id)/merge", ["source_incidents": [["id": .string(other)]]])
            #expect(merged.status == 200)
            let source = try await pd.get("incidents/\(other)").json["incident"]
            #expect(source?["status"]?.string == "resolved")
            #expect(source?["resolve_reason"]?["incident"]?["id"]?.string == id)
            let log = try await pd.get("incidents/\(id)/log_entries?is_overview=true&limit=50").json["log_entries"]?
                .array
            let types = Set(log?.compactMap { $0["type"]?.string } ?? [])
            #expect(
                types.isSuperset(of: [
                    "annotate_log_entry", "responder_request_log_entry", "responder_reply_log_entry",
                    "status_update_log_entry", "workflow_start_log_entry", "acknowledge_log_entry",
                ]))
        }
    }

    @Test func `incidents are found by what they are`() async throws {
        try await PagerDutyHarness.run { pd in
            let open = try await pd.get(
                "incidents?statuses[]=triggered&statuses[]=acknowledged&sort_by=created_at:desc")
            #expect(open.json["incidents"]?.array?.count == 3)
            let mine = try await pd.get("incidents?user_ids[]=PGRAC01&statuses[]=acknowledged")
            #expect(mine.json["incidents"]?.array?.count == 1)
            let team = try await pd.get("incidents?team_ids[]=PTPAY01&date_range=all&limit=100&total=true")
            #expect((team.json["total"]?.int ?? 0) > 20)
            #expect(try await pd.get("incidents?statuses[]=odd").code == 1003)
            #expect(try await pd.get("incidents?since=2020-01-01").status == 400)
            #expect(try await pd.get("incidents?since=yesterday").status == 400)
        }
    }

    @Test func `a reset brings the first day back`() async throws {
        try await PagerDutyHarness.run { pd in
            let before = try await pd.get("incidents?statuses[]=triggered").json["incidents"]
            let id = try await pd.open()
            await pd.sandbox.reset()
            #expect(try await pd.get("incidents/\(id)").status == 404)
            #expect(try await pd.get("incidents?statuses[]=triggered").json["incidents"] == before)
        }
    }
}
