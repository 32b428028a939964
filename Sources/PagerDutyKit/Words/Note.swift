package import FoundationEssentials

extension PagerDuty {
    /// What somebody wrote on an incident.
    package struct Note: Hashable, Sendable, Decodable {
        package var id: ID
        package var content: String
        package var author: Reference?
        package var createdAt: Date?

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(ID.self, forKey: .id)
            content = container.text(.content) ?? ""
            author = container.tolerant(Reference.self, .user)
            createdAt = container.moment(.createdAt)
        }

        private enum CodingKeys: String, CodingKey {
            case id, content, user
            case createdAt = "created_at"
        }
    }
}
