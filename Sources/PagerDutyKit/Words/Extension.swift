extension PagerDuty {
    /// What a service's incidents are told to besides people: a V2 webhook, or PagerDuty's own Slack integration.
    ///
    /// - SeeAlso: "Extensions" in PagerDuty's REST API reference.
    package struct Extension: Hashable, Sendable, Decodable {
        package var id: ID
        package var name: String
        /// What it is, in PagerDuty's words: `Generic V2 Webhook`, `Slack V2`.
        package var schema: String
        package var address: String?
        /// The services.
        package var services: [Reference]
        package var slack: SlackConfiguration?

        /// What PagerDuty's own Slack integration was told: which channel, which events.
        package struct SlackConfiguration: Hashable, Sendable {
            package var workspace: String
            package var channel: String
            /// `trigger`, `resolve`, `escalate`, `acknowledge`, `assignments`, `annotate`.
            package var events: [String]
            /// `nil`: any.
            package var urgency: Urgency?
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(ID.self, forKey: .id)
            name = container.text(.name) ?? container.text(.summary) ?? id.value
            schema = container.tolerant(Reference.self, .schema)?.summary ?? ""
            address = container.text(.address)
            services = container.elements(Reference.self, .services)
            slack = container.tolerant(Configuration.self, .config)?.slack
        }

        private struct Configuration: Decodable {
            var slack: SlackConfiguration?

            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: Keys.self)
                let webhook = container.tolerant([String: String].self, .webhook) ?? [:]
                guard let workspace = container.text(.workspace), let channel = webhook["channel_id"] else { return }
                let events = container.tolerant([String: Bool].self, .events) ?? [:]
                let urgencies = container.tolerant([String: Bool].self, .urgency) ?? [:]
                let wanted = Urgency.allCases.filter { urgencies[$0.rawValue] == true }
                slack = SlackConfiguration(
                    workspace: workspace, channel: channel, events: events.filter(\.value).map(\.key).sorted(),
                    urgency: wanted.count == 1 ? wanted.first : nil)
            }

            private enum Keys: String, CodingKey {
                case urgency
                case workspace = "team_id"
                case webhook = "incoming_webhook"
                case events = "notify_types"
            }
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, summary, config
            case schema = "extension_schema"
            case address = "endpoint_url"
            case services = "extension_objects"
        }
    }
}
