import Crypto
import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// A V3 request as PagerDuty would make it.
struct SignedDelivery {
    var body: [UInt8]
    var secrets = ["s3cret"]

    init(_ body: String) {
        self.body = Array(body.utf8)
    }

    /// `v1=` and the code of the body.
    static func signature(_ body: [UInt8], _ secret: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Array(secret.utf8)))
        return "v1=" + code.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    var request: RawDelivery {
        let signatures = secrets.map { Self.signature(body, $0) }.joined(separator: ",")
        return RawDelivery(headers: [("x-pagerduty-signature", signatures)], body: body)
    }

    /// What the source makes of it.
    func verdict(knowing known: [String] = ["s3cret"]) -> DeliveryVerdict {
        PagerDutyV3Source().read(request, secrets: known)
    }
}

/// What comes of a request as a whole.
enum DeliveryVerdict: Hashable {
    case genuine([DeliveredEvent])
    case unreadable(reason: String, salvaged: DeliveredEvent? = nil)
    case forged
}

extension DeliverySource {
    func read(_ request: RawDelivery, secrets: [String]) -> DeliveryVerdict {
        guard isGenuine(request, secrets: secrets) else { return .forged }
        switch read(request.body) {
        case .events(let events): return .genuine(events)
        case .unreadable(let reason): return .unreadable(reason: reason, salvaged: salvage(request.body))
        }
    }
}

/// Bodies of V3 webhooks.
enum V3Body {
    static let incident = #"""
        {"id": "PINC001", "type": "incident", "self": "https://api.pagerduty.com/incidents/PINC001",
         "html_url": "https://acme.pagerduty.com/incidents/PINC001", "number": 4711, "status": "triggered",
         "incident_key": "k", "created_at": "2026-01-05T14:59:30Z", "title": "Checkout answers slowly",
         "incident_type": {"name": "incident_default"},
         "service": {"id": "PSVC001", "type": "service_reference", "summary": "Checkout",
                     "html_url": "https://acme.pagerduty.com/services/PSVC001"},
         "assignees": [{"id": "PUSER01", "type": "user_reference", "summary": "Ada Martin",
                        "html_url": "https://acme.pagerduty.com/users/PUSER01"}],
         "escalation_policy": {"id": "PPOL001", "type": "escalation_policy_reference", "summary": "Checkout"},
         "teams": [{"id": "PTEAM01", "type": "team_reference", "summary": "Payments"}],
         "priority": {"id": "PPRIO01", "type": "priority_reference", "summary": "P1"}, "urgency": "high",
         "conference_bridge": {"conference_number": 1000, "conference_url": "https://meet.example.com/4711"},
         "resolve_reason": null}
        """#

    static func event(
        _ type: String, data: String = V3Body.incident, id: String = "01EVENT", at: String = "2026-01-05T15:00:00.250Z",
        agent: String = #"{"id": "PUSER02", "type": "user_reference", "summary": "Ben Okafor"}"#
    ) -> String {
        """
        {"event": {"id": "\(id)", "event_type": "\(type)", "resource_type": "incident", "occurred_at": "\(at)",
         "agent": \(agent), "client": null, "data": \(data)}}
        """
    }

    /// Something that hangs on an incident.
    static func part(_ type: String, _ more: String) -> String {
        #"{"type": "\#(type)", "incident": {"id": "PINC001", "type": "incident_reference", "summary": "Checkout answers slowly"}, \#(more)}"#
    }
}
