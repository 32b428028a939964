import FoundationEssentials
import PagerDutyKit
import PluginAPI
import Testing

/// V2 webhooks: unsigned, so the address is the secret; several messages a request.
@Suite struct PagerDutyV2SourceTests {
    private let source = PagerDutyV2Source()

    private static func message(_ event: String, id: String = "m1", more: String = "") -> String {
        """
        {"id": "\(id)", "event": "\(event)", "created_on": "2026-01-05T15:00:00Z", "webhook": {},
         "log_entries": [{"id": "R1", "type": "x", "created_at": "2026-01-05T15:00:01Z",
           "agent": {"id": "PUSER02", "type": "user_reference", "summary": "Ben Okafor"},
           "channel": {"type": "note", "summary": "Looking at it"}}],
         "incident": {"id": "PINC001", "incident_number": 33, "title": "Checkout answers slowly", "status": "triggered",
           "urgency": "high", "service": {"id": "PSVC001", "summary": "Checkout", "name": "Checkout"},
           "assignments": [{"at": "2026-01-05T15:00:00Z", "assignee": {"id": "PUSER01", "summary": "Ada Martin"}}],
           "created_at": "2026-01-05T14:59:00Z"}\(more)}
        """
    }

    private func read(_ body: String, key: String? = "k3y", secrets: [String] = ["k3y"]) -> DeliveryVerdict {
        source.read(RawDelivery(key: key, headers: [], body: Array(body.utf8)), secrets: secrets)
    }

    @Test(arguments: [nil, "", "k3", "k3y ", "k3yk3y", "K3Y", "k3\u{212A}"])
    func `another address than the secret one is forged`(key: String?) {
        #expect(read(#"{"messages": []}"#, key: key) == .forged)
        #expect(read(#"{"messages": []}"#, key: key, secrets: []) == .forged)
        #expect(read(#"{"messages": []}"#, key: key, secrets: [""]) == .forged)
    }

    @Test(arguments: [
        ("trigger", "incident.triggered"), ("acknowledge", "incident.acknowledged"),
        ("unacknowledge", "incident.unacknowledged"), ("resolve", "incident.resolved"),
        ("assign", "incident.reassigned"), ("escalate", "incident.escalated"), ("delegate", "incident.delegated"),
        ("annotate", "incident.annotated"),
    ])
    func `its events are V3's under other names`(name: String, kind: String) throws {
        guard
            case .genuine(let events) = read(#"{"messages": [\#(Self.message("incident.\(name)"))]}"#),
            let first = events.first
        else {
            Issue.record("not genuine")
            return
        }
        #expect(first.orderKey == "PINC001")
        let event = try WebhookV2Message(first.body).event
        #expect(event.kind.rawValue == kind)
        #expect(event.agent?.name == "Ben Okafor")
        #expect(event.incident?.number == 33)
        #expect(event.incident?.assignees.map(\.name) == ["Ada Martin"])
        #expect(event.subject == (name == "annotate" ? .note("Looking at it") : .nothing))
    }

    @Test func `every message of a request is an event of its own`() {
        let both =
            #"{"messages": [\#(Self.message("incident.trigger")), \#(Self.message("incident.resolve", id: "m2"))]}"#
        guard case .genuine(let events) = read(both) else {
            Issue.record("not genuine")
            return
        }
        #expect(events.map(\.id) == ["v2-m1", "v2-m2"])
    }

    @Test(arguments: [
        "", "{}", #"{"messages": 7}"#, #"{"messages": [{}]}"#, #"{"messages": [null]}"#,
        #"{"messages": [{"id": "m", "event": "incident.trigger", "incident": {"id": "../x"}}]}"#,
        #"{"messages": [\#(Array(repeating: "{}", count: 101).joined(separator: ","))]}"#,
    ])
    func `what cannot be read is kept, never refused`(body: String) {
        guard case .unreadable = read(body) else {
            Issue.record("\(read(body))")
            return
        }
    }

    @Test func `of what cannot be read, the incident is salvaged where it can be found`() throws {
        let broken =
            #"{"messages": [{"incident": {"html_url": "https://acme.pagerduty.com/incidents/PINC001", "incident_number": 33,"#
        guard case .unreadable(_, let salvaged?) = read(broken) else {
            Issue.record("\(read(broken))")
            return
        }
        let incident = try #require(SalvagedIncident(delivered: salvaged.body))
        #expect(incident.id?.value == "PINC001")
        #expect(incident.number == 33)
        #expect(SalvagedIncident(delivered: Array(V3Body.event("incident.triggered").utf8)) == nil)
        #expect(
            read(#"{"messages": {"number": 99999999999999999999}}"#) == .unreadable(reason: "it is no list of messages")
        )
    }
}
