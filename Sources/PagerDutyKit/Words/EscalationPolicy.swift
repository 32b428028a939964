extension PagerDuty {
    /// Who is told, in which order.
    package struct EscalationPolicy: Hashable, Sendable, Decodable {
        package var id: ID
        package var name: String
        /// In order; the first one is level 1.
        package var rules: [Rule]
        package var link: WebLink?

        /// One level of the policy.
        package struct Rule: Hashable, Sendable, Decodable {
            /// Minutes until the next level is told.
            package var delay: Int?
            /// People and schedules.
            package var targets: [Reference]

            package init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                delay = container.count(.delay)
                targets = container.elements(Reference.self, .targets)
            }

            private enum CodingKeys: String, CodingKey {
                case targets
                case delay = "escalation_delay_in_minutes"
            }
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(ID.self, forKey: .id)
            name = container.text(.name) ?? container.text(.summary) ?? id.value
            rules = container.elements(Rule.self, .rules)
            link = container.tolerant(WebLink.self, .htmlURL)
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, summary
            case rules = "escalation_rules"
            case htmlURL = "html_url"
        }
    }
}
