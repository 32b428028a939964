extension PagerDuty {
    /// How much an incident matters, in the account's own scale.
    package struct Priority: Hashable, Sendable, Decodable {
        package var id: ID
        package var name: String
        package var details: String?

        package init(id: ID, name: String, details: String? = nil) {
            self.id = id
            self.name = name
            self.details = details
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(ID.self, forKey: .id)
            name = container.text(.name) ?? container.text(.summary) ?? id.value
            details = container.text(.description)
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, summary, description
        }
    }
}
