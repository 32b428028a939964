/// A V3 webhook subscription.
///
/// - SeeAlso: "Webhook Subscriptions" in PagerDuty's REST API reference.
struct WebhookSubscription: Sendable, Decodable {
    var id: PagerDuty.ID
    var isActive: Bool
    /// PagerDuty switched it off, because its deliveries were refused.
    var isTemporarilyDisabled: Bool
    var events: [String]
    var address: String?
    /// Told once, in the answer to the call that made it.
    var secret: String?

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(PagerDuty.ID.self, forKey: .id)
        isActive = container.flag(.active) ?? true
        events = container.elements(String.self, .events)
        let method = container.tolerant(Method.self, .method)
        isTemporarilyDisabled = method?.isTemporarilyDisabled ?? false
        address = method?.address
        secret = method?.secret
    }

    /// Every event of an incident.
    static let allEvents = PagerDuty.IncidentEvent.Kind.all.map(\.rawValue)

    /// Those that every account has.
    static let firstEvents = allEvents.filter { name in
        let newer = ["task", "workflow", "action_invocation", "role", "incident_type", "custom_field_values"]
        return !newer.contains { name.utf8.starts(with: "incident.\($0).".utf8) }
            && name != PagerDuty.IncidentEvent.Kind.serviceUpdated.rawValue
            && name != PagerDuty.IncidentEvent.Kind.conferenceBridgeUpdated.rawValue
    }

    private struct Method: Decodable {
        var address: String?
        var secret: String?
        var isTemporarilyDisabled: Bool

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            address = container.text(.address)
            secret = container.text(.secret)
            isTemporarilyDisabled = container.flag(.disabled) ?? false
        }

        private enum Keys: String, CodingKey {
            case secret
            case address = "url"
            case disabled = "temporarily_disabled"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case id, active, events
        case method = "delivery_method"
    }

    /// A subscription that is to be made: all incidents of the account.
    struct Draft: Encodable {
        private let type = "webhook_subscription"
        private let description = "Incidents for BotHost"
        private let events: [String]
        private let filter = ["type": "account_reference"]
        private let method: [String: String]

        init(_ address: String, _ events: [String]) {
            self.events = events
            method = ["type": "http_delivery_method", "url": address]
        }

        private enum CodingKeys: String, CodingKey {
            case type, description, events, filter
            case method = "delivery_method"
        }
    }
}
