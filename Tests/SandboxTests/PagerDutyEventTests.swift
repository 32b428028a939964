import Foundation
import Testing

@testable import Sandbox

/// Every change tells its event, in V3 and where there is one in V2.
struct PagerDutyEventTests {
    /// A receiver of all V3 events of an account.
    private func withReceiver(
        _ body: @Sendable @escaping (PagerDutyHarness, WebhookReceiver) async throws -> Void
    ) async throws {
        try await PagerDutyHarness.run { pd in
            let receiver = WebhookReceiver()
            try await receiver.run { url in
                let made = try await pd.post(
                    "webhook_subscriptions", PagerDutyWebhookTests.subscription(url, PDEndpoint.eventTypes.sorted()))
                #expect(made.status == 201)
                try await body(pd, receiver)
            }
        }
    }

    private static func event(_ received: WebhookReceiver.Received) -> JSON {
        JSON.parse(received.body)?["event"] ?? .null
    }

    @Test func `what people do to an incident is told in order, each under its name`() async throws {
        try await withReceiver { pd, receiver in
            let id = try await pd.open()
            let ben = try pd.acting(as: "ben")
            func change(_ fields: [String: JSON]) async throws {
                #expect(try await ben.put("incidents/\(id)", ["incident": .object(fields)]).status == 200)
            }
            try await change(["status": "acknowledged"])
            try await change(["status": "triggered"])
            try await change(["escalation_level": 2])
            try await change(["assignments": [["assignee": ["id": "PGRAC01", "type": "user_reference"]]]])
            try await change(["escalation_policy": ["id": "PEPPAY1", "type": "escalation_policy_reference"]])
            try await change(["priority": ["id": "PPRIO01", "type": "priority_reference"]])
            try await change(["conference_bridge": ["conference_url": "https://meet.example/1"]])
            #expect(
                try await ben.put(
                    "incidents/\(id)/custom_fields/values",
                    ["custom_fields": [["name": "environment", "value": "production"]]]
                ).status == 201)
            _ = try await ben.post("incidents/\(id)/notes", ["note": ["content": "hello"]])
            _ = try await ben.post("incidents/\(id)/status_updates", ["message": "We are on it"])
            try await change(["status": "resolved"])
            try await change(["status": "triggered"])
            let events = await receiver.requests(13).map(Self.event)
            #expect(
                events.map { $0["event_type"]?.string ?? "" } == [
                    "incident.triggered", "incident.acknowledged", "incident.unacknowledged", "incident.escalated",
                    "incident.reassigned", "incident.delegated", "incident.priority_updated",
                    "incident.conference_bridge.updated", "incident.custom_field_values.updated",
                    "incident.annotated", "incident.status_update_published", "incident.resolved",
                    "incident.reopened",
                ])
            #expect(events[6]["data"]?["priority"]?["summary"]?.string == "P1")
            #expect(events[7]["data"]?["conference_url"]?.string == "https://meet.example/1")
            #expect(events[8]["data"]?["changed_custom_fields"]?.array?.first?["value"]?.string == "production")
            #expect(events[11]["data"]?["reopened_at"]?.isNull == true)
            #expect(events[12]["data"]?["reopened_at"]?.string != nil)
        }
    }

    @Test func `responders are asked, join by acknowledging and decline on the phone`() async throws {
        try await withReceiver { pd, receiver in
            let id = try await pd.open()
            let body: JSON = [
                "requester_id": "PADAM01", "message": "Please look",
                "responder_request_targets": [
                    ["responder_request_target": ["id": "PBENO01", "type": "user_reference"]],
                    ["responder_request_target": ["id": "PGRAC01", "type": "user_reference"]],
                ],
            ]
            #expect(try await pd.post("incidents/\(id)/responder_requests", body).status == 200)
            _ = try await pd.acting(as: "ben").put("incidents/\(id)", ["incident": ["status": "acknowledged"]])
            let declined = try await pd.page("incidents/\(id)/response", ["user": "PGRAC01", "accept": false])
            #expect(declined.status == 204)
            #expect(try await pd.page("incidents/\(id)/response", ["user": "PGRAC01", "accept": true]).status == 400)
            let events = await receiver.requests(6).map(Self.event)
            #expect(
                events.map { $0["event_type"]?.string ?? "" } == [
                    "incident.triggered", "incident.responder.added", "incident.responder.added",
                    "incident.responder.replied", "incident.acknowledged", "incident.responder.replied",
                ])
            #expect(
                events.compactMap { $0["data"]?["state"]?.string } == ["pending", "pending", "accepted", "declined"])
        }
    }

    @Test func `time alone escalates, unacknowledges and ends a workflow, and tells so`() async throws {
        try await withReceiver { pd, receiver in
            let id = try await pd.open()
            _ = try await pd.post(
                "incident_workflows/PWFMAJ1/instances",
                ["incident_workflow_instance": ["incident": ["id": .string(id), "type": "incident_reference"]]])
            pd.clock.advance(by: .seconds(6))
            pd.sandbox.pagerDuty.tick()
            _ = await receiver.requests(3)
            pd.clock.advance(by: .seconds(3_600))
            pd.sandbox.pagerDuty.tick()
            let escalated = await receiver.requests(1).map(Self.event)
            #expect(escalated[0]["event_type"]?.string == "incident.escalated")
            #expect(escalated[0]["agent"]?["type"]?.string == "escalation_policy_reference")
        }
    }

    @Test func `what nothing here brings about a script can have sent`() async throws {
        try await withReceiver { pd, receiver in
            let id = try await pd.open()
            let asked: JSON = [
                "incident": .string(id), "event_type": "incident.task.created", "data": ["type": "task", "id": "PT1"],
            ]
            #expect(try await pd.control("events", asked).status == 202)
            let events = await receiver.requests(2).map(Self.event)
            #expect(events[1]["event_type"]?.string == "incident.task.created")
            #expect(events[1]["data"]?["id"]?.string == "PT1")
        }
    }

    @Test func `an extension is told in V2's words, unsigned, of its own services only, and again after a failure`()
        async throws
    {
        try await PagerDutyHarness.run { pd in
            let receiver = WebhookReceiver()
            try await receiver.run { url in
                let made = try await pd.post(
                    "extensions",
                    [
                        "extension": [
                            "name": "Hook", "endpoint_url": .string(url), "extension_schema": ["id": "PJFWPEP"],
                            "extension_objects": [["id": "PSVCHK1", "type": "service_reference"]],
                        ]
                    ])
                #expect(made.status == 201)
                _ = try await pd.open("PSVSEA1", title: "elsewhere")
                receiver.answer([500])
                let id = try await pd.open(title: "Old words")
                let first = await receiver.requests(1)[0]
                #expect(first.header("X-PagerDuty-Signature") == nil)
                // The answer is on its way back.
                while !pd.sandbox.journal.entries(after: 0).contains(where: { $0.outcome == "to be tried again" }) {
                    await Task.yield()
                }
                pd.clock.advance(by: .seconds(31))
                pd.sandbox.pagerDuty.tick()
                let again = await receiver.requests(1)[0]
                #expect(again.body == first.body)
                #expect(again.header("X-Webhook-Id") == first.header("X-Webhook-Id"))
                _ = try await pd.put("incidents/\(id)", ["incident": ["escalation_level": 2]])
                _ = try await pd.put("incidents/\(id)", ["incident": ["priority": ["id": "PPRIO01"]]])
                _ = try await pd.put("incidents/\(id)", ["incident": ["status": "resolved"]])
                let messages = await ([again] + receiver.requests(2)).compactMap {
                    JSON.parse($0.body)?["messages"]?.array?.first
                }
                #expect(
                    messages.map { $0["event"]?.string } == [
                        "incident.trigger", "incident.escalate", "incident.resolve",
                    ])
                #expect(
                    messages.map { $0["log_entries"]?.array?.first?["type"]?.string } == [
                        "trigger_log_entry", "escalate_log_entry", "resolve_log_entry",
                    ])
                #expect(messages[0]["incident"]?["title"]?.string == "Old words")
                #expect(messages[0]["incident"]?["service"]?["name"]?.string == "Checkout")
                #expect(messages[0]["webhook"]?["endpoint_url"]?.string == url)
            }
        }
    }

    @Test func `three rejections switch an extension off until it is enabled`() async throws {
        try await PagerDutyHarness.run { pd in
            let receiver = WebhookReceiver()
            try await receiver.run { url in
                let made = try await pd.post(
                    "extensions",
                    [
                        "extension": [
                            "name": "Hook", "endpoint_url": .string(url),
                            "extension_objects": [["id": "PSVCHK1", "type": "service_reference"]],
                        ]
                    ])
                let id = try #require(made.json["extension"]?["id"]?.string)
                receiver.answer([404, 404, 404])
                for _ in 1...3 {
                    _ = try await pd.open()
                    _ = await receiver.requests(1)
                }
                func isDisabled() async throws -> Bool? {
                    try await pd.get("extensions/\(id)").json["extension"]?["temporarily_disabled"]?.bool
                }
                // The third answer is on its way back.
                while try await isDisabled() == false { await Task.yield() }
                #expect(try await pd.post("extensions/\(id)/enable", [:]).status == 200)
                #expect(try await isDisabled() == false)
            }
        }
    }
}

/// What an account's plan includes.
struct PagerDutyPlanTests {
    private static let help: JSON = [
        "requester_id": "PADAM01", "message": "Please look",
        "responder_request_targets": [["responder_request_target": ["id": "PBENO01", "type": "user_reference"]]],
    ]

    @Test func `without the ability a call is 402, and with it again it is not`() async throws {
        try await PagerDutyHarness.run { pd in
            let id = try await pd.open()
            let plan = try await pd.control("account", ["abilities": ["coordinated_responding": false]])
            #expect(plan.status == 200)
            let refused = try await pd.post("incidents/\(id)/responder_requests", Self.help)
            #expect(refused.status == 402)
            #expect(refused.code == 2014)
            #expect(try await pd.get("abilities/coordinated_responding").status == 402)
            _ = try await pd.control("account", ["abilities": ["coordinated_responding": true]])
            #expect(try await pd.post("incidents/\(id)/responder_requests", Self.help).status == 200)
            #expect(try await pd.control("account", ["abilities": ["odd": true]]).status == 400)
        }
    }

    @Test func `response plays are gone, unless the account still has them`() async throws {
        try await PagerDutyHarness.run { pd in
            #expect(try await pd.get("response_plays").status == 404)
            _ = try await pd.control("account", ["response_plays": true])
            let play = try #require(try await pd.get("response_plays").json["response_plays"]?.array?.first)
            let id = try await pd.open()
            let run = try await pd.post(
                "response_plays/\(play["id"]?.string ?? "")/run",
                ["incident": ["id": .string(id), "type": "incident_reference"]])
            #expect(run.json["status"]?.string == "ok")
        }
    }

    @Test func `workflows say by which trigger people start them`() async throws {
        try await PagerDutyHarness.run { pd in
            let all = try await pd.get("incident_workflows/triggers?trigger_type=manual").json["triggers"]?.array ?? []
            #expect(all.count == 3)
            let one = try #require(all.first)
            #expect(one["workflow"]?["name"]?.string == "Major incident")
            let id = try #require(one["id"]?.string)
            #expect(try await pd.get("incident_workflows/triggers/\(id)").json["trigger"]?["id"]?.string == id)
            #expect(
                try await pd.get("incident_workflows/triggers?trigger_type=conditional").json["triggers"]?.array?
                    .isEmpty == true)
        }
    }

    @Test func `what a monitoring tool opens has an alert with its details`() async throws {
        try await PagerDutyHarness.run { pd in
            let made = try await pd.control(
                "incidents",
                ["service": "Checkout", "title": "Disk full", "severity": "warning", "details": ["disk": "/dev/sda1"]])
            #expect(made.status == 201)
            let alert = try await pd.get("incidents/\(made.json["id"]?.string ?? "")/alerts").json["alerts"]?.array?
                .first
            #expect(alert?["severity"]?.string == "warning")
            #expect(alert?["body"]?["details"]?["disk"]?.string == "/dev/sda1")
        }
    }
}

extension PagerDutyHarness {
    /// What the page asks beyond the REST API.
    func page(_ path: String, _ body: JSON) async throws -> Reply {
        try await send("POST", "/pagerduty/api/\(path)", body)
    }

    func control(_ path: String, _ body: JSON) async throws -> Reply {
        try await send("POST", "/control/pagerduty/\(path)", body)
    }
}
