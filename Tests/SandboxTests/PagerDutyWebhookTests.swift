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
                "webhook_subscriptions/\(id)", ["webhook_subscription": ["active": false, "events": ["incident.resolved"]]])
            #expect(changed.json["webhook_subscription"]?["active"]?.bool == false)
            #expect(try await pd.get("webhook_subscriptions").json["webhook_subscriptions"]?.array?.count == 1)
            #expect(try await pd.delete("webhook_subscriptions/\(id)").status == 204)
            #expect(try await pd.get("webhook_subscriptions/\(id)").status == 404)
        }
    }

    @Test func `a subscription that could not work is refused`() async throws {
        try await PagerDutyHarness.run { pd in
            for (url, events) in [("ftp://x", ["incident.triggered"]), ("http://x", []), ("http://x", ["incident.odd"]), ("", ["incident.triggered"])] {
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
            #expect(try await pd.get("extensions?extension_object_id=PSVSEA1").json["extensions"]?.array?.isEmpty == true)
            #expect(try await pd.delete("extensions/\(id)").status == 204)
        }
    }
}
