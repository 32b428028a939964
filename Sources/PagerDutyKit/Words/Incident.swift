package import FoundationEssentials

extension PagerDuty {
    /// A problem that somebody has to look at: a number for people, an id for calls.
    package struct Incident: Hashable, Sendable, Decodable {
        package var id: ID
        package var number: Int?
        package var title: String
        package var status: Status?
        package var urgency: Urgency?
        package var service: Reference?
        package var priority: Reference?
        package var escalationPolicy: Reference?
        /// Who it is assigned to now.
        package var assignees: [Reference]
        package var teams: [Reference]
        package var key: String?
        package var createdAt: Date?
        package var link: WebLink?

        /// Where an incident stands.
        package struct Status: RawRepresentable, Hashable, Sendable, Decodable {
            package var rawValue: String
            package init(rawValue: String) { self.rawValue = rawValue }

            package static let triggered = Status(rawValue: "triggered")
            package static let acknowledged = Status(rawValue: "acknowledged")
            package static let resolved = Status(rawValue: "resolved")
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(ID.self, forKey: .id)
            number = container.count(.number)
            title = container.text(.title) ?? container.text(.summary) ?? id.value
            status = container.tolerant(Status.self, .status)
            urgency = container.tolerant(Urgency.self, .urgency)
            service = container.tolerant(Reference.self, .service)
            priority = container.tolerant(Reference.self, .priority)
            escalationPolicy = container.tolerant(Reference.self, .escalationPolicy)
            assignees = container.elements(Assignment.self, .assignments).map(\.assignee)
            teams = container.elements(Reference.self, .teams)
            key = container.text(.key)
            createdAt = container.moment(.createdAt)
            link = container.tolerant(WebLink.self, .htmlURL)
        }

        private struct Assignment: Decodable {
            var assignee: Reference
        }

        private enum CodingKeys: String, CodingKey {
            case id, title, summary, status, urgency, service, priority, assignments, teams
            case number = "incident_number"
            case escalationPolicy = "escalation_policy"
            case key = "incident_key"
            case createdAt = "created_at"
            case htmlURL = "html_url"
        }
    }
}
