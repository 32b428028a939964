extension PagerDuty {
    /// Something named without being spelled out: an id, and for people a summary and a link.
    package struct Reference: Hashable, Sendable, Codable {
        package var id: ID
        /// The wire's type, such as `user_reference`.
        package var type: String?
        package var summary: String?
        package var link: WebLink?

        package init(id: ID, type: String? = nil, summary: String? = nil, link: WebLink? = nil) {
            self.id = id
            self.type = type
            self.summary = summary
            self.link = link
        }

        /// What to call it: the summary, or the id where there is none.
        package var name: String { summary ?? id.value }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(ID.self, forKey: .id)
            type = container.text(.type)
            summary = container.text(.summary)
            link = container.tolerant(WebLink.self, .htmlURL)
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            try container.encodeIfPresent(type, forKey: .type)
            try container.encodeIfPresent(summary, forKey: .summary)
            try container.encodeIfPresent(link, forKey: .htmlURL)
        }

        private enum CodingKeys: String, CodingKey {
            case id, type, summary
            case htmlURL = "html_url"
        }
    }
}
