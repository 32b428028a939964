extension PagerDuty {
    /// A technical service: what an incident impacts.
    package struct Service: Hashable, Sendable, Decodable {
        package var id: ID
        package var name: String
        /// `active`, `warning`, `critical`, `maintenance`, `disabled`; others may come.
        package var status: String?
        package var escalationPolicy: Reference?
        package var teams: [Reference]
        package var link: WebLink?

        package init(
            id: ID, name: String, status: String? = nil, escalationPolicy: Reference? = nil, teams: [Reference] = [],
            link: WebLink? = nil
        ) {
            self.id = id
            self.name = name
            self.status = status
            self.escalationPolicy = escalationPolicy
            self.teams = teams
            self.link = link
        }

        /// A disabled service takes no incidents.
        package var takesIncidents: Bool { status != "disabled" }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(ID.self, forKey: .id)
            name = container.text(.name) ?? container.text(.summary) ?? id.value
            status = container.text(.status)
            escalationPolicy = container.tolerant(Reference.self, .escalationPolicy)
            teams = container.elements(Reference.self, .teams)
            link = container.tolerant(WebLink.self, .htmlURL)
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, summary, status, teams
            case escalationPolicy = "escalation_policy"
            case htmlURL = "html_url"
        }
    }
}
