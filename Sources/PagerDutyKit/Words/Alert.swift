package import FoundationEssentials
package import PluginAPI

extension PagerDuty {
    /// What a monitoring tool reported; an incident has any number of them.
    package struct Alert: Hashable, Sendable, Decodable {
        package var id: ID
        package var summary: String?
        /// `critical`, `error`, `warning`, `info`.
        package var severity: String?
        package var createdAt: Date?
        /// Whatever the tool sent along, mostly an object. From outside.
        package var details: JSONValue
        /// Links that the tool sent along. From outside.
        package var links: [Link]

        /// An address and what the tool calls it.
        package struct Link: Hashable, Sendable {
            package var link: WebLink
            package var text: String?
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(ID.self, forKey: .id)
            summary = container.text(.summary)
            severity = container.text(.severity)
            createdAt = container.moment(.createdAt)
            let body = container.tolerant(JSONValue.self, .body) ?? .null
            let event = body["cef_details"]
            details = body["details"].isNull ? event["details"] : body["details"]
            let contexts = (body["contexts"].array ?? []) + (event["contexts"].array ?? [])
            links = contexts.prefix(20).compactMap { context in
                guard context["type"].string == "link", let link = context["href"].string.flatMap(WebLink.init) else {
                    return nil
                }
                return Link(link: link, text: context["text"].string)
            }
        }

        private enum CodingKeys: String, CodingKey {
            case id, summary, severity, body
            case createdAt = "created_at"
        }
    }
}
