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

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(ID.self, forKey: .id)
            type = container.text(.type)
            summary = container.text(.summary)
            agent = container.tolerant(Reference.self, .agent)
            createdAt = container.moment(.createdAt)
        }

        private enum CodingKeys: String, CodingKey {
            case id, type, summary, agent
            case createdAt = "created_at"
        }
    }
}
