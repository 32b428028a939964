import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// A channel follows a service, or everything of a team.
struct Connection: Codable, Hashable, Sendable {
    let id: PagerDuty.ID
    var source: Source
    var channel: Place
    var audience: IncidentRecord.Audience
    var filter: ConnectionFilter
    /// Slack's id of who connected it; `nil` where a program did.
    var createdBy: String?
    var createdAt: Date

    /// What is followed.
    struct Source: Codable, Hashable, Sendable {
        var kind: Kind
        var id: PagerDuty.ID
        var name: String

        /// The wire's names, which the Integration API uses too.
        enum Kind: String, Codable, Sendable {
            case service = "service_reference"
            case team = "team_reference"

            var noun: String {
                switch self {
                case .service: "service"
                case .team: "team"
                }
            }
        }
    }

    /// Where it is shown.
    struct Place: Codable, Hashable, Sendable {
        var id: String
        var name: String
    }

    /// One source is connected to a channel once: to connect it again changes how.
    init?(
        _ source: Source, to channel: Place, in workspace: Workspace, audience: IncidentRecord.Audience,
        filter: ConnectionFilter = ConnectionFilter(), by person: Person?, at date: Date
    ) {
        guard let id = PagerDuty.ID.derived(from: workspace.id, source.id.value, channel.id) else { return nil }
        self.id = id
        self.source = source
        self.channel = channel
        self.audience = audience
        self.filter = filter
        createdBy = person?.id
        createdAt = date
    }

    static let prefix = "connection/"
    static func prefix(of source: PagerDuty.ID) -> String { "\(prefix)\(source)/" }
    /// Its place in the store: what follows a service is found without looking at the rest.
    var key: String { Self.prefix(of: source.id) + id.value }
}
