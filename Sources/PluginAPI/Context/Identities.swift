/// The workspace a request came from.
public struct Workspace: Sendable, Hashable {
    /// Slack's id of it (wire: team), `T…`.
    public let id: String
    /// The organization it belongs to (wire: enterprise), `E…`; `nil` outside Enterprise Grid.
    public let organizationID: String?
    /// Its name, for showing; may be empty.
    public let name: String
    /// The app's own user in it, `U…`.
    public let botUserID: String

    /// A workspace; the host and the test kit make it.
    public init(id: String, organizationID: String? = nil, name: String = "", botUserID: String = "") {
        self.id = id
        self.organizationID = organizationID
        self.name = name
        self.botUserID = botUserID
    }
}

/// A person in Slack, as a signed request names them.
public struct Person: Sendable, Hashable, Codable {
    /// Slack's id, `U…` or `W…`. Not unique without ``teamID``.
    public let id: String
    /// The workspace the person belongs to; in a shared channel it can be another than the request's.
    public let teamID: String
    /// The organization the person belongs to.
    public let organizationID: String?

    /// A person by id and home.
    public init(id: String, teamID: String, organizationID: String? = nil) {
        self.id = id
        self.teamID = teamID
        self.organizationID = organizationID
    }

    /// The mention that notifies the person: `<@U0123>`.
    public var mention: Mrkdwn { Mention.user(id) }
}

/// The conversation a request came from.
public struct Channel: Sendable, Hashable, Codable {
    /// What kind of conversation it is, as far as the request tells.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// A public channel, or one whose kind the request does not tell.
        case channel
        /// A private channel or group message.
        case privateGroup
        /// A direct message, with the bot or with somebody else.
        case directMessage
    }
    /// Slack's id, `C…`, `G…` or `D…`.
    public let id: String
    /// Its name, for showing; may be empty.
    public let name: String
    /// What kind of conversation it is.
    public let kind: Kind

    /// A conversation by id.
    public init(id: String, name: String = "", kind: Kind = .channel) {
        self.id = id
        self.name = name
        self.kind = kind
    }

    /// The mention people can click.
    public var mention: Mrkdwn { Mention.channel(id) }
}
