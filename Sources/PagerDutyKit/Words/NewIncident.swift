extension PagerDuty {
    /// An incident that is to be made.
    package struct NewIncident: Hashable, Sendable, Encodable {
        package var service: ID
        package var title: String
        package var details: String?
        package var urgency: Urgency?
        package var priority: ID?
        /// The one person it goes to; without one the service's escalation policy decides.
        package var assignee: ID?
        /// At most one open incident of a service has it.
        package var key: String

        package init(
            service: ID, title: String, details: String? = nil, urgency: Urgency? = nil, priority: ID? = nil,
            assignee: ID? = nil, key: String
        ) {
            self.service = service
            self.title = title
            self.details = details
            self.urgency = urgency
            self.priority = priority
            self.assignee = assignee
            self.key = key
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode("incident", forKey: .type)
            try container.encode(title, forKey: .title)
            try container.encode(Target(service, "service_reference"), forKey: .service)
            try container.encode(key, forKey: .key)
            try container.encodeIfPresent(urgency, forKey: .urgency)
            try container.encodeIfPresent(priority.map { Target($0, "priority_reference") }, forKey: .priority)
            try container.encodeIfPresent(details.map(Body.init), forKey: .body)
            if let assignee {
                try container.encode([Assignment(assignee: Target(assignee, "user_reference"))], forKey: .assignments)
            }
        }

        private struct Target: Encodable {
            var id: ID
            var type: String
            init(_ id: ID, _ type: String) {
                self.id = id
                self.type = type
            }
        }

        private struct Body: Encodable {
            var type = "incident_body"
            var details: String
            init(_ details: String) { self.details = details }
        }

        private struct Assignment: Encodable {
            var assignee: Target
        }

        private enum CodingKeys: String, CodingKey {
            case type, title, service, urgency, priority, body, assignments
            case key = "incident_key"
        }
    }
}
