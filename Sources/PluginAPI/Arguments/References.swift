/// A person, as Slack writes one in a command: `<@U0123|ada>`.
/// - SeeAlso: <https://docs.slack.dev/interactivity/implementing-slash-commands#escaping>
public struct UserRef: ArgumentValue, Codable, Hashable {
    /// Slack's id of the person, `U…` or `W…`.
    public let id: String
    /// The name Slack sent along; may be missing, and is for showing only.
    public let name: String?

    /// A person by id.
    public init(id: String, name: String? = nil) {
        self.id = id
        self.name = name
    }

    /// The mention that notifies the person: `<@U0123>`.
    public var mention: Mrkdwn { Mention.user(id) }
    /// "@person"
    public static var placeholder: String { "@person" }
    /// A menu of people.
    public static var field: ArgumentField { .person }
    /// The id.
    public var word: String? { id }
    /// A person.
    public static var stepType: String { "slack#/types/user_id" }
    /// `<@U0123|ada>`, or a bare id.
    public static func parse(_ text: String) -> Result<UserRef, ArgumentFault> {
        guard let (id, name) = reference(text, marks: ["@"], prefixes: ["U", "W"]) else {
            return .failure(ArgumentFault("a person is needed: type @ and choose one"))
        }
        return .success(UserRef(id: id, name: name))
    }
}

/// A channel, as Slack writes one in a command: `<#C0123|incidents>`.
public struct ChannelRef: ArgumentValue, Codable, Hashable {
    /// Slack's id of the channel, `C…`, `G…` or `D…`.
    public let id: String
    /// The name Slack sent along; may be missing, and is for showing only.
    public let name: String?

    /// A channel by id.
    public init(id: String, name: String? = nil) {
        self.id = id
        self.name = name
    }

    /// The mention people can click: `<#C0123>`.
    public var mention: Mrkdwn { Mention.channel(id) }
    /// "#channel"
    public static var placeholder: String { "#channel" }
    /// A menu of conversations.
    public static var field: ArgumentField { .channel }
    /// The id.
    public var word: String? { id }
    /// A channel.
    public static var stepType: String { "slack#/types/channel_id" }
    /// `<#C0123|incidents>`, or a bare id.
    public static func parse(_ text: String) -> Result<ChannelRef, ArgumentFault> {
        guard let (id, name) = reference(text, marks: ["#"], prefixes: ["C", "G", "D"]) else {
            return .failure(ArgumentFault("a channel is needed: type # and choose one"))
        }
        return .success(ChannelRef(id: id, name: name))
    }
}

/// A user group, as Slack writes one in a command: `<!subteam^S0123|@sre>`.
public struct UserGroupRef: ArgumentValue, Codable, Hashable {
    /// Slack's id of the group, `S…`.
    public let id: String
    /// The handle Slack sent along; may be missing.
    public let name: String?

    /// A group by id.
    public init(id: String, name: String? = nil) {
        self.id = id
        self.name = name
    }

    /// The mention that notifies the group.
    public var mention: Mrkdwn { Mention.userGroup(id) }
    /// "@group"
    public static var placeholder: String { "@group" }
    /// The id.
    public var word: String? { id }
    /// A user group.
    public static var stepType: String { "slack#/types/usergroup_id" }
    /// `<!subteam^S0123|@sre>`, or a bare id.
    public static func parse(_ text: String) -> Result<UserGroupRef, ArgumentFault> {
        guard let (id, name) = reference(text, marks: ["!subteam^"], prefixes: ["S"]) else {
            return .failure(ArgumentFault("a user group is needed: type @ and choose one"))
        }
        return .success(UserGroupRef(id: id, name: name))
    }
}

/// A web address, as Slack writes one in a command: `<https://example.com|label>`, or typed bare.
public struct Link: ArgumentValue, Codable, Hashable {
    /// The address; always `http` or `https`.
    public let address: String

    /// A link to an address.
    public init(address: String) {
        self.address = address
    }

    /// "link"
    public static var placeholder: String { "link" }
    /// A field for web addresses.
    public static var field: ArgumentField { .link }
    /// The address.
    public var word: String? { address }
    /// An `http` or `https` address of at most 3,000 characters.
    public static func parse(_ text: String) -> Result<Link, ArgumentFault> {
        var body = text.unicodeScalars[...]
        if body.first == "<", body.last == ">" {
            body = body.dropFirst().dropLast()
            if let bar = body.firstIndex(of: "|"), !body[bar...].contains(where: { $0 == "<" || $0 == ">" }) {
                body = body[..<bar]
            }
        }
        let address = String(body)
        let start = address.lowercased().utf8
        let hasScheme = start.starts(with: "https://".utf8) || start.starts(with: "http://".utf8)
        let isPlain = body.allSatisfy { scalar in
            // Letters of any script may stand in an address; what cannot be seen or turns the line around may not.
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .unassigned: false
            default: scalar != "<" && scalar != ">" && scalar != "|" && scalar != "\""
            }
        }
        guard hasScheme, isPlain, body.count <= 3_000, body.count > 8 else {
            return .failure(ArgumentFault("a link is needed, such as https://example.com"))
        }
        return .success(Link(address: address))
    }
}

/// Reads `<@U1|name>` or a bare `U1`. Ids are ASCII capitals and digits: `K` (the Kelvin sign) is not K.
private func reference(_ text: String, marks: [String], prefixes: [Unicode.Scalar]) -> (id: String, name: String?)? {
    var id = text.unicodeScalars[...]
    var name: String?
    if id.first == "<", id.last == ">" {
        id = id.dropFirst().dropLast()
        guard let mark = marks.first(where: { id.starts(with: $0.unicodeScalars) }) else { return nil }
        id = id.dropFirst(mark.unicodeScalars.count)
        if let bar = id.firstIndex(of: "|") {
            name = String(id[id.index(after: bar)...])
            id = id[..<bar]
        }
    }
    guard let first = id.first, prefixes.contains(first), (3...32).contains(id.count),
        id.allSatisfy({ ("A"..."Z").contains($0) || ("0"..."9").contains($0) })
    else { return nil }
    return (String(id), name?.isEmpty == true ? nil : name)
}
