extension PagerDuty {
    /// A team in the PagerDuty account.
    package struct Team: Hashable, Sendable, Decodable {
        package var id: ID
        package var name: String
        package var link: WebLink?

        package init(id: ID, name: String, link: WebLink? = nil) {
            self.id = id
            self.name = name
            self.link = link
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(ID.self, forKey: .id)
            name = container.text(.name) ?? container.text(.summary) ?? id.value
            link = container.tolerant(WebLink.self, .htmlURL)
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, summary
            case htmlURL = "html_url"
        }
    }
}
