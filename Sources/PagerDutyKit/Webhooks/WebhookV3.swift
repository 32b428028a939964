private import FoundationEssentials

/// The body of a V3 webhook.
///
/// - SeeAlso: <https://developer.pagerduty.com/docs/webhooks-overview#webhook-payload>
package struct WebhookV3: Sendable {
    /// PagerDuty's id of the event.
    package var id: String
    /// Such as `incident.triggered`, `service.updated`, `pagey.ping`.
    package var type: String
    /// What happened to which incident; `nil` where the event is about something else.
    package var incidentEvent: PagerDuty.IncidentEvent?

    /// - Throws: `DecodingError` where it is no event, or one of an incident that does not say of which.
    package init(_ body: [UInt8]) throws {
        let event = try JSONDecoder().decode(Envelope.self, from: Data(body)).event
        id = event.id
        type = event.type
        incidentEvent = event.incidentEvent
    }

    private struct Envelope: Decodable {
        var event: Event
    }

    private struct Event: Decodable {
        var id: String
        var type: String
        var incidentEvent: PagerDuty.IncidentEvent?

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(String.self, forKey: .id)
            type = try container.decode(String.self, forKey: .type)
            guard !id.isEmpty, id.utf8.count <= 128, !type.isEmpty, type.utf8.count <= 128 else {
                throw DecodingError.dataCorruptedError(
                    forKey: .id, in: container, debugDescription: "ids and types are short texts")
            }
            guard type.utf8.starts(with: "incident.".utf8) else { return }
            guard let occurredAt = container.moment(.occurredAt) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .occurredAt, in: container, debugDescription: "no time at which it happened")
            }
            let content = try container.decode(EventContent.self, forKey: .data)
            incidentEvent = PagerDuty.IncidentEvent(
                id: id, kind: .init(rawValue: type), occurredAt: occurredAt,
                agent: container.tolerant(PagerDuty.Reference.self, .agent), about: content.about,
                incident: content.incident, subject: content.subject, isAbridged: content.isAbridged)
        }

        private enum CodingKeys: String, CodingKey {
            case id, data, agent
            case type = "event_type"
            case occurredAt = "occurred_at"
        }
    }
}
