extension PagerDuty {
    /// A rotation of people.
    package struct Schedule: Hashable, Sendable, Decodable {
        package var id: ID
        package var name: String
        /// A tz database name.
        package var timeZone: String?
        package var link: WebLink?

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(ID.self, forKey: .id)
            name = container.text(.name) ?? container.text(.summary) ?? id.value
            timeZone = container.text(.timeZone)
            link = container.tolerant(WebLink.self, .htmlURL)
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, summary
            case timeZone = "time_zone"
            case htmlURL = "html_url"
        }
    }
}
