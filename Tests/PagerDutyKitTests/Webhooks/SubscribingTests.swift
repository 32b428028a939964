import FoundationEssentials
import PagerDutyKit
import PluginAPI
import Synchronization
import Testing

/// The host's own subscription at PagerDuty.
@Suite struct SubscribingTests {
    private static let address = "https://bot.example.com/pagerduty/webhooks/v3/bothost"

    /// PagerDuty as far as subscriptions go.
    private final class Account: Sendable {
        let asked = Mutex<[String]>([])
        let subscriptions: String
        let refusesNewEvents: Bool

        init(_ subscriptions: String = "", refusesNewEvents: Bool = false) {
            self.subscriptions = subscriptions
            self.refusesNewEvents = refusesNewEvents
        }

        func answer(_ request: HTTPRequest) -> HTTPResponse {
            asked.withLock { $0.append("\(request.method) \(request.target)") }
            switch request.method {
            case "GET": return .json(#"{"webhook_subscriptions": [\#(subscriptions)], "more": false}"#)
            case "POST" where request.target == "/webhook_subscriptions":
                let body = String(decoding: request.body, as: UTF8.self)
                if refusesNewEvents, body.contains("incident.task.created") {
                    return .json(#"{"error": {"code": 2001, "errors": ["events are invalid"]}}"#, status: 400)
                }
                return .json(
                    #"{"webhook_subscription": {"id": "PNEW001", "active": true, "delivery_method": {"secret": "told-once"}}}"#,
                    status: 201)
            default: return HTTPResponse(status: 204)
            }
        }
    }

    private static func subscription(
        _ id: String, url: String = Self.address, active: Bool = true, disabled: Bool = false,
        events: [String] = PagerDuty.IncidentEvent.Kind.all.map(\.rawValue)
    ) -> String {
        """
        {"id": "\(id)", "active": \(active), "events": [\(events.map { "\"\($0)\"" }.joined(separator: ","))],
         "delivery_method": {"type": "http_delivery_method", "url": "\(url)", "temporarily_disabled": \(disabled), "secret": null}}
        """
    }

    private func keep(_ account: Account, known: [String] = []) async throws -> (KeptSubscription, [String]) {
        let kept = try await PagerDutyV3Source().subscribe(to: Self.address, known: known) { account.answer($0) }
        return (kept, account.asked.withLock { $0 }.filter { !$0.hasPrefix("GET") })
    }

    @Test func `where there is none, one is made, and its secret told once`() async throws {
        let other = Self.subscription("POTHER1", url: "https://elsewhere.example.com")
        let (kept, asked) = try await keep(Account(other))
        #expect(kept == KeptSubscription(id: "PNEW001", secret: "told-once", deed: "made"))
        #expect(asked == ["POST /webhook_subscriptions"])
    }

    @Test func `an account without the newer events gets the others`() async throws {
        let (kept, asked) = try await keep(Account(refusesNewEvents: true))
        #expect(kept.id == "PNEW001")
        #expect(asked.count == 2)
    }

    @Test func `one that is as it should be is left alone`() async throws {
        let (kept, asked) = try await keep(Account(Self.subscription("POURS01")), known: ["POURS01"])
        #expect(kept == KeptSubscription(id: "POURS01"))
        #expect(asked.isEmpty)
    }

    @Test func `one that was switched off, paused or robbed of events is mended`() async throws {
        let (kept, asked) = try await keep(
            Account(Self.subscription("POURS01", active: false, disabled: true, events: ["incident.triggered"])),
            known: ["POURS01"])
        #expect(kept.deed == "made active again, enabled again, given its events back")
        #expect(
            asked == [
                "PUT /webhook_subscriptions/POURS01", "POST /webhook_subscriptions/POURS01/enable",
                "PUT /webhook_subscriptions/POURS01",
            ])
    }

    @Test func `one of ours whose secret is lost is replaced`() async throws {
        let (kept, asked) = try await keep(Account(Self.subscription("PLOST01")))
        #expect(kept.id == "PNEW001")
        #expect(asked == ["DELETE /webhook_subscriptions/PLOST01", "POST /webhook_subscriptions"])
    }

    @Test(arguments: [
        ("POST", "/webhook_subscriptions", true), ("PUT", "/webhook_subscriptions/P1", true),
        ("POST", "/webhook_subscriptions/P1/enable", true), ("DELETE", "/extensions/P1", false),
        ("POST", "/incidents", false), ("PUT", "/incidents/P1", false),
        ("POST", "/webhook_subscriptions/../incidents", false),
        ("POST", "/webhook_subscriptionsx", false), ("PATCH", "/extensions/P1", false), ("POST", "//extensions", false),
        ("POST", "/extensions/P1?x=/incidents", false), ("POST", "/extensions%2F..", false),
    ])
    func `the account's key changes nothing but subscriptions`(method: String, target: String, expected: Bool) {
        #expect(PagerDutyAccountProvider().isUpkeep(HTTPRequest(method, target)) == expected)
    }
}
