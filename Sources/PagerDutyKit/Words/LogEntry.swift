package import FoundationEssentials

extension PagerDuty {
    /// One thing that happened to an incident.
    package struct LogEntry: Hashable, Sendable, Decodable {
        package var id: ID
        /// The wire's type, such as `acknowledge_log_entry`.
        package var type: String?
        package var summary: String?
        /// Who did it: a person, a service or an integration; PagerDuty leaves it out for what happened by itself.
        package var agent: Reference?
        package var createdAt: Date?
        /// The incident it happened to.
        package var incident: Reference?
        package var service: Reference?
        package var teams: [Reference]
        /// What somebody wrote, where it is a note.
        package var note: String?

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(ID.self, forKey: .id)
            type = container.text(.type)
            summary = container.text(.summary)
            agent = container.tolerant(Reference.self, .agent)
            createdAt = container.moment(.createdAt)
            incident = container.tolerant(Reference.self, .incident)
            service = container.tolerant(Reference.self, .service)
            teams = container.elements(Reference.self, .teams)
            if type == "annotate_log_entry" { note = container.tolerant(Channel.self, .channel)?.summary }
        }

        private struct Channel: Decodable {
            var summary: String?
        }

        private enum CodingKeys: String, CodingKey {
            case id, type, summary, agent, incident, service, teams, channel
            case createdAt = "created_at"
        }
    }
}

extension PagerDuty.LogEntry {
    /// The event that webhooks tell of the same thing; `nil` where they tell of none.
    package var event: PagerDuty.IncidentEvent? {
        guard let incident, let createdAt, let kind else { return nil }
        return PagerDuty.IncidentEvent(
            id: "log-\(id)", kind: kind, occurredAt: createdAt, agent: agent, about: incident,
            subject: note.map { .note($0) } ?? .nothing)
    }

    private var kind: PagerDuty.IncidentEvent.Kind? {
        switch type {
        case "trigger_log_entry": .triggered
        case "acknowledge_log_entry": .acknowledged
        case "unacknowledge_log_entry": .unacknowledged
        case "resolve_log_entry": .resolved
        case "reopen_log_entry": .reopened
        case "escalate_log_entry": .escalated
        // The first assignment goes with the trigger and is the service's doing.
        case "assign_log_entry": agent?.type?.hasPrefix("user") == true ? .reassigned : nil
        case "delegate_log_entry": .delegated
        case "annotate_log_entry": .annotated
        case "priority_change_log_entry": .priorityUpdated
        case "responder_request_log_entry": .responderAdded
        case "responder_reply_log_entry", "responder_accept_log_entry", "responder_decline_log_entry":
            .responderReplied
        case "status_update_log_entry": .statusUpdatePublished
        default: nil
        }
    }

    /// Telling people is no change of the incident.
    package var isChange: Bool { type != "notify_log_entry" }
}
