private import FoundationEssentials

/// One message of a V2 webhook, as an event.
package struct WebhookV2Message: Sendable, Decodable {
    package let event: PagerDuty.IncidentEvent

    /// - Throws: `DecodingError` where it is no message about an incident.
    package init(_ body: [UInt8]) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(body))
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let id = try container.decode(String.self, forKey: .id)
        let name = try container.decode(String.self, forKey: .event)
        let incident = try container.decode(PagerDuty.Incident.self, forKey: .incident)
        guard !id.isEmpty, id.utf8.count <= 128, name.utf8.count <= 128 else {
            throw DecodingError.dataCorruptedError(forKey: .id, in: container, debugDescription: "ids are short")
        }
        let entry = container.elements(Entry.self, .logEntries).first
        guard let occurredAt = entry?.createdAt ?? container.moment(.createdOn) ?? incident.updatedAt else {
            throw DecodingError.dataCorruptedError(
                forKey: .createdOn, in: container, debugDescription: "no time at which it happened")
        }
        let kind = Self.kinds[name] ?? PagerDuty.IncidentEvent.Kind(rawValue: name)
        event = PagerDuty.IncidentEvent(
            id: "v2-\(id)", kind: kind, occurredAt: occurredAt, agent: entry?.agent,
            about: PagerDuty.Reference(
                id: incident.id, type: "incident_reference", summary: incident.title, link: incident.link),
            incident: incident, subject: kind == .annotated ? .note(entry?.words ?? "") : .nothing)
    }

    /// The names of V2's events. It has no word for reopened: that is a trigger.
    private static let kinds: [String: PagerDuty.IncidentEvent.Kind] = [
        "incident.trigger": .triggered, "incident.acknowledge": .acknowledged,
        "incident.unacknowledge": .unacknowledged, "incident.resolve": .resolved, "incident.assign": .reassigned,
        "incident.escalate": .escalated, "incident.delegate": .delegated, "incident.annotate": .annotated,
    ]

    private struct Entry: Decodable {
        var agent: PagerDuty.Reference?
        var createdAt: Date?
        var words: String?

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            agent = container.tolerant(PagerDuty.Reference.self, .agent)
            createdAt = container.moment(.createdAt)
            let channel = container.tolerant(Channel.self, .channel)
            words = channel?.content ?? channel?.summary
        }

        private struct Channel: Decodable {
            var content: String?
            var summary: String?
        }

        private enum Keys: String, CodingKey {
            case agent, channel
            case createdAt = "created_at"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case id, event, incident
        case createdOn = "created_on"
        case logEntries = "log_entries"
    }
}
