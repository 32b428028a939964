/// Slack's Web API with the workspace's bot token, within the scopes that the plugin's manifest declares.
public struct SlackClient: Sendable {
    let core: ContextCore

    /// Calls any method.
    /// - Parameters:
    ///   - method: Slack's name of it, such as `conversations.info`.
    ///   - arguments: An object of its arguments.
    /// - Returns: The whole answer, with `ok` true.
    /// - Throws: ``SlackError``.
    /// - SeeAlso: <https://docs.slack.dev/reference/methods>
    public func call(_ method: String, _ arguments: JSONValue = [:]) async throws -> JSONValue {
        try await core.services.callSlack(method, arguments, for: core)
    }

    /// Looks a person up. Needs `users:read`, and `users:read.email` for the e-mail address.
    /// - SeeAlso: <https://docs.slack.dev/reference/methods/users.info>
    public func user(_ id: String) async throws -> SlackUser {
        SlackUser(try await call("users.info", ["user": .string(id)])["user"])
    }

    /// Finds a person by e-mail address. Needs `users:read.email`.
    /// - Returns: `nil` where nobody has it.
    /// - SeeAlso: <https://docs.slack.dev/reference/methods/users.lookupByEmail>
    public func user(withEmail email: String) async throws -> SlackUser? {
        do {
            return SlackUser(try await call("users.lookupByEmail", ["email": .string(email)])["user"])
        } catch let error as SlackError where error.code == "users_not_found" {
            return nil
        }
    }

    /// Looks a conversation up. Needs `channels:read`, `groups:read`, `im:read` or `mpim:read`, by its kind.
    /// - SeeAlso: <https://docs.slack.dev/reference/methods/conversations.info>
    public func conversation(_ id: String) async throws -> SlackConversation {
        SlackConversation(try await call("conversations.info", ["channel": .string(id)])["channel"])
    }

    /// Posts a message that nothing will edit; for one that changes use ``Context/messages``. Needs `chat:write`.
    /// - Parameter channel: A channel's id, or a person's for their direct message with the app.
    /// - SeeAlso: <https://docs.slack.dev/reference/methods/chat.postMessage>
    @discardableResult
    public func post(_ message: Message, to channel: String) async throws -> MessageRef {
        let answer = try await call("chat.postMessage", message.arguments(channel: channel, idPrefix: core.idPrefix))
        return MessageRef(channel: answer["channel"].string ?? channel, ts: answer["ts"].string ?? "")
    }

    /// Shows a message to one person in a channel that both the app and the person are in. Needs `chat:write`.
    /// - SeeAlso: <https://docs.slack.dev/reference/methods/chat.postEphemeral>
    public func postEphemeral(_ message: Message, in channel: String, to person: Person) async throws {
        guard case .object(var arguments) = message.arguments(channel: channel, idPrefix: core.idPrefix) else { return }
        arguments["user"] = .string(person.id)
        _ = try await call("chat.postEphemeral", .object(arguments))
    }

    /// Opens the direct message between the app and a person. Needs `im:write`.
    /// - Returns: The conversation's id.
    /// - SeeAlso: <https://docs.slack.dev/reference/methods/conversations.open>
    public func openDirectMessage(with person: String) async throws -> String {
        let answer = try await call("conversations.open", ["users": .string(person)])
        guard let id = answer["channel"]["id"].string else { throw SlackError(code: "invalid_answer") }
        return id
    }

    /// Draws a chart and puts it into Slack, where ``Block/image(file:alt:title:id:)`` shows it. Needs `files:write`; with
    /// `files:read` too it waits until Slack is done with the picture.
    ///
    /// Nobody sees the picture before a message shows it.
    /// - Throws: ``SlackError``.
    /// - SeeAlso: <https://docs.slack.dev/messaging/working-with-files#uploading_files>
    public func upload(_ chart: Chart) async throws -> SlackFile {
        try await core.services.upload(chart, for: core)
    }

    /// Shows a person's Home tab.
    /// - SeeAlso: <https://docs.slack.dev/reference/methods/views.publish>
    public func publishHome(_ view: View, for person: String) async throws {
        _ = try await call("views.publish", ["user_id": .string(person), "view": view.json(idPrefix: core.idPrefix)])
    }
}

/// A person as `users.info` describes them. Everything from outside is for showing, never proof of who somebody is.
public struct SlackUser: Sendable, Hashable {
    /// Slack's id.
    public let id: String
    /// The workspace the person belongs to.
    public let teamID: String
    /// The name people see: display name, else real name, else handle.
    public let name: String
    /// The full name.
    public let realName: String
    /// `nil` where the app may not see it or there is none.
    public let email: String?
    /// IANA name of the time zone, such as `Europe/Berlin`; `nil` where Slack does not say.
    public let timeZone: String?
    /// An app, or Slackbot.
    public let isBot: Bool
    /// A guest: single-channel or multi-channel.
    public let isGuest: Bool
    /// Belongs to another organization and is here through a shared channel.
    public let isStranger: Bool
    /// Deactivated.
    public let isDeactivated: Bool

    package init(_ user: JSONValue) {
        id = user["id"].string ?? ""
        teamID = user["team_id"].string ?? ""
        let profile = user["profile"]
        realName = profile["real_name"].string ?? user["real_name"].string ?? ""
        let names = [profile["display_name"].string, realName, user["name"].string]
        name = names.compactMap { $0 }.first { !$0.isEmpty } ?? ""
        email = profile["email"].string.flatMap { $0.isEmpty ? nil : $0 }
        timeZone = user["tz"].string.flatMap { $0.isEmpty ? nil : $0 }
        isBot = user["is_bot"].bool == true || id == "USLACKBOT"
        isGuest = user["is_restricted"].bool == true || user["is_ultra_restricted"].bool == true
        isStranger = user["is_stranger"].bool == true
        isDeactivated = user["deleted"].bool == true
    }
}

/// A conversation as `conversations.info` describes it.
public struct SlackConversation: Sendable, Hashable {
    /// Slack's id.
    public let id: String
    /// Its name; empty for direct messages.
    public let name: String
    /// True where only invited people see it.
    public let isPrivate: Bool
    /// A direct message between two.
    public let isDirectMessage: Bool
    /// A direct message among several.
    public let isGroupMessage: Bool
    /// True where the app is in it.
    public let isMember: Bool
    /// Nothing can be posted there any more.
    public let isArchived: Bool
    /// Shared with another organization.
    public let isShared: Bool
    /// The other person of a direct message.
    public let otherPerson: String?

    package init(_ channel: JSONValue) {
        id = channel["id"].string ?? ""
        name = channel["name"].string ?? ""
        isPrivate = channel["is_private"].bool ?? channel["is_group"].bool ?? false
        isDirectMessage = channel["is_im"].bool ?? false
        isGroupMessage = channel["is_mpim"].bool ?? false
        isMember = channel["is_member"].bool ?? isDirectMessage
        isArchived = channel["is_archived"].bool ?? false
        isShared = channel["is_ext_shared"].bool ?? false
        otherPerson = channel["user"].string
    }
}

/// What Slack answered instead of doing it.
public struct SlackError: PersonReadableError, Hashable {
    /// Slack's code, such as `channel_not_found`; `unreachable`, `timeout` and `rate_limited` are the host's own.
    public let code: String
    /// The scope that was missing, where that was the reason.
    public let neededScope: String?
    /// How long to wait, where Slack asked for it.
    public let retryAfter: Duration?
    /// Slack's remarks on what was wrong, such as the place in the blocks. For logs.
    public let details: [String]
    /// One sentence for a person.
    public let sentence: String

    /// An error by its code.
    public init(
        code: String, sentence: String? = nil, neededScope: String? = nil, retryAfter: Duration? = nil,
        details: [String] = []
    ) {
        self.code = code
        self.neededScope = neededScope
        self.retryAfter = retryAfter
        self.details = details
        self.sentence = sentence ?? "Slack did not accept this (`\(code)`)."
    }
}
