import Crypto
import Foundation
import Testing

@testable import Sandbox

/// Extensions and webhook subscriptions.
struct PagerDutyWebhookTests {
    static func subscription(_ url: String, _ events: [String] = ["incident.triggered"]) -> JSON {
        [
            "webhook_subscription": [
                "type": "webhook_subscription", "events": .array(events.map(JSON.string)),
                "delivery_method": [
                    "type": "http_delivery_method", "url": .string(url),
                    "custom_headers": [["name": "X-Extra", "value": "word"]],
                ],
                "filter": ["type": "account_reference"],
            ]
        ]
    }

    @Test func `the secret of a subscription is told once`() async throws {
        try await PagerDutyHarness.run { pd in
            let made = try await pd.post("webhook_subscriptions", Self.subscription("http://127.0.0.1:9/hook"))
            #expect(made.status == 201)
            let one = try #require(made.json["webhook_subscription"])
            #expect(one["delivery_method"]?["secret"]?.string?.utf8.count == 64)
            let id = try #require(one["id"]?.string)
            let again = try await pd.get("webhook_subscriptions/\(id)").json["webhook_subscription"]
            #expect(again?["delivery_method"]?["secret"]?.isNull == true)
            #expect(again?["delivery_method"]?["custom_headers"]?.array?.first?["value"]?.string == "-- redacted --")
            let changed = try await pd.put(
                "webhook_subscriptions/\(id)",
                ["webhook_subscription": ["active": false, "events": ["incident.resolved"]]])
            #expect(changed.json["webhook_subscription"]?["active"]?.bool == false)
            #expect(try await pd.get("webhook_subscriptions").json["webhook_subscriptions"]?.array?.count == 1)
            #expect(try await pd.delete("webhook_subscriptions/\(id)").status == 204)
            #expect(try await pd.get("webhook_subscriptions/\(id)").status == 404)
        }
    }

    @Test func `a subscription that could not work is refused`() async throws {
        try await PagerDutyHarness.run { pd in
            for (url, events) in [
                ("ftp://x", ["incident.triggered"]), ("http://x", []), ("http://x", ["incident.odd"]),
                ("", ["incident.triggered"]),
            ] {
                let reply = try await pd.post("webhook_subscriptions", Self.subscription(url, events))
                #expect(reply.status == 400, "\(url)")
            }
        }
    }

    @Test func `extensions hang on services`() async throws {
        try await PagerDutyHarness.run { pd in
            let body: JSON = [
                "extension": [
                    "name": "Hook", "endpoint_url": "http://127.0.0.1:9/x", "extension_schema": ["id": "PJFWPEP"],
                    "extension_objects": [["id": "PSVCHK1", "type": "service_reference"]],
                ]
            ]
            let made = try await pd.post("extensions", body)
            #expect(made.status == 201)
            let id = try #require(made.json["extension"]?["id"]?.string)
            #expect(try await pd.get("extensions?extension_object_id=PSVCHK1").json["extensions"]?.array?.count == 1)
            #expect(
                try await pd.get("extensions?extension_object_id=PSVSEA1").json["extensions"]?.array?.isEmpty == true)
            #expect(try await pd.delete("extensions/\(id)").status == 204)
        }
    }

    /// A sandbox with a subscription to the given events at a receiver.
    private func withReceiver(
        _ events: [String], _ body: @Sendable @escaping (PagerDutyHarness, WebhookReceiver, String) async throws -> Void
    ) async throws {
        try await PagerDutyHarness.run { pd in
            let receiver = WebhookReceiver()
            try await receiver.run { url in
                let made = try await pd.post("webhook_subscriptions", Self.subscription(url, events))
                let secret = try #require(made.json["webhook_subscription"]?["delivery_method"]?["secret"]?.string)
                try await body(pd, receiver, secret)
            }
        }
    }

    @Test func `an event is sent signed, with the headers that PagerDuty sends`() async throws {
        try await withReceiver(["incident.triggered", "incident.acknowledged", "incident.annotated"]) {
            pd, receiver, secret in
            let id = try await pd.open(title: "Signed")
            _ = try await pd.acting(as: "ben").put("incidents/\(id)", ["incident": ["status": "acknowledged"]])
            _ = try await pd.post("incidents/\(id)/notes", ["note": ["content": "hello"]])
            let received = await receiver.requests(3)
            let events = received.compactMap { JSON.parse($0.body)?["event"] }
            #expect(
                events.map { $0["event_type"]?.string } == [
                    "incident.triggered", "incident.acknowledged", "incident.annotated",
                ])
            #expect(events[0]["data"]?["title"]?.string == "Signed")
            #expect(events[0]["data"]?["html_url"]?.string == "\(pd.origin)/pagerduty#/incidents/\(id)")
            #expect(events[1]["agent"]?["summary"]?.string == "Ben Okafor")
            #expect(events[2]["data"]?["content"]?.string == "hello")
            for one in received {
                let code = HMAC<SHA256>.authenticationCode(for: one.body, using: SymmetricKey(data: Array(secret.utf8)))
                let signature = code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                #expect(one.header("X-PagerDuty-Signature") == "v1=" + signature)
                #expect(one.header("User-Agent") == "PagerDuty-Webhook/V3.0")
                #expect(one.header("X-Extra") == "word")
                #expect(one.header("X-Webhook-Id")?.utf8.count == 36)
            }
            #expect(Set(received.compactMap { $0.header("X-Webhook-Id") }).count == 3)
        }
    }

    @Test func `a request that fails is sent again as it was, and what follows waits behind it`() async throws {
        try await withReceiver(["incident.triggered", "incident.resolved"]) { pd, receiver, _ in
            receiver.answer([503])
            let id = try await pd.open()
            let first = await receiver.requests(1)
            _ = try await pd.put("incidents/\(id)", ["incident": ["status": "resolved"]])
            pd.clock.advance(by: .seconds(31))
            pd.sandbox.pagerDuty.tick()
            let later = await receiver.requests(2)
            #expect(later[0].body == first[0].body)
            #expect(later[0].header("X-Webhook-Id") == first[0].header("X-Webhook-Id"))
            #expect(JSON.parse(later[1].body)?["event"]?["event_type"]?.string == "incident.resolved")
        }
    }

    @Test func `the test event reaches its subscription`() async throws {
        try await withReceiver(["incident.triggered"]) { pd, receiver, _ in
            let id = try await pd.get("webhook_subscriptions").json["webhook_subscriptions"]?.array?.first?["id"]?
                .string
            #expect(try await pd.send("POST", "webhook_subscriptions/\(id ?? "")/ping", nil).status == 202)
            let received = await receiver.requests(1)
            #expect(JSON.parse(received[0].body)?["event"]?["event_type"]?.string == "pagey.ping")
        }
    }

    private func delivery(_ name: String, incident: String = "Q1", at date: Date) -> PDDelivery {
        PDDelivery(
            id: name, subscriptionID: "P1", incidentID: incident, eventType: "incident.triggered", body: [],
            notBefore: date)
    }

    @Test func `lanes are in order, one request at a time, and do not hold each other up`() {
        let now = Date(timeIntervalSince1970: 0)
        var deliveries = PDDeliveries()
        for (name, incident) in [("a", "Q1"), ("b", "Q1"), ("c", "Q2")] {
            deliveries.add(delivery(name, incident: incident, at: now))
        }
        let first = deliveries.take(at: now)
        #expect(Set(first.map(\.id)) == ["a", "c"])
        #expect(deliveries.take(at: now).isEmpty)
        for one in first { _ = deliveries.settle(one, .accepted, at: now) }
        #expect(deliveries.take(at: now).map(\.id) == ["b"])
    }

    @Test func `after two days a request is given up`() {
        var now = Date(timeIntervalSince1970: 0)
        var deliveries = PDDeliveries()
        deliveries.add(delivery("a", at: now))
        var attempts = 0
        for _ in 0..<10_000 {
            for one in deliveries.take(at: now) {
                attempts += 1
                _ = deliveries.settle(one, .failed, at: now)
            }
            if deliveries.waiting == 0 { break }
            now += 30
        }
        #expect(deliveries.waiting == 0)
        #expect(attempts > 40)
        #expect(now.timeIntervalSince1970 <= PDDeliveries.patience)
    }

    @Test func `three rejections in a row switch a subscription off, with one success between they do not`() {
        let now = Date(timeIntervalSince1970: 0)
        func run(_ outcomes: [PDDeliveryOutcome]) -> Bool {
            var deliveries = PDDeliveries()
            for index in outcomes.indices { deliveries.add(delivery("\(index)", at: now)) }
            deliveries.add(delivery("last", at: now))
            var isOff = false
            for outcome in outcomes {
                for one in deliveries.take(at: now) { isOff = deliveries.settle(one, outcome, at: now) || isOff }
            }
            if isOff { #expect(deliveries.waiting == 0) }
            return isOff
        }
        #expect(run([.rejected, .rejected, .rejected]))
        #expect(!run([.rejected, .rejected, .accepted, .rejected]))
    }

    @Test(arguments: [
        (200, PDDeliveryOutcome.accepted), (202, .accepted), (301, .rejected), (400, .rejected), (404, .rejected),
        (429, .failed), (500, .failed), (503, .failed),
    ])
    func `the answer decides what becomes of a request`(status: Int, outcome: PDDeliveryOutcome) {
        #expect(PDDeliveryOutcome(status: status) == outcome)
    }
}
