/// A message, or an ephemeral one that a single person sees.
struct SlackMessage: Sendable {
    var ts: String
    var user: String
    var text: String
    var blocks: [JSON]?
    var attachments: [JSON]?
    var threadTS: String?
    /// Who alone sees it, and until when a reload would not show it any more is not Slack's promise.
    var ephemeralFor: String?
    /// The bot id where the app wrote it.
    var botID: String?
    var username: String?
    var subtype: String?
    var clientMessageID: String?
    var metadata: JSON?
    /// What Slack makes of a person's text; payloads carry it, the page reads the text.
    var richText: JSON?
    var editedTS: String?
    var reactions: [(name: String, users: [String])] = []

    /// As history and payloads carry it.
    ///
    /// - SeeAlso: https://docs.slack.dev/reference/events/message
    func json(team: SlackWorkspace, replies: [SlackMessage] = [], includesMetadata: Bool = true) -> JSON {
        var fields: [String: JSON] = [
            "type": "message", "ts": .string(ts), "user": .string(user), "text": .string(text),
            "team": .string(team.id),
        ]
        if let botID {
            fields["bot_id"] = .string(botID)
            fields["app_id"] = .string(SlackApp.id)
            fields["bot_profile"] = [
                "id": .string(botID), "app_id": .string(SlackApp.id), "name": .string(team.botName),
                "deleted": false, "updated": 1_767_225_600, "team_id": .string(team.id),
            ]
        }
        fields["blocks"] = blocks.map(JSON.array) ?? richText.map { [$0] }
        fields["attachments"] = attachments.map(JSON.array)
        fields["thread_ts"] = threadTS.map(JSON.string)
        fields["username"] = username.map(JSON.string)
        fields["subtype"] = subtype.map(JSON.string)
        fields["client_msg_id"] = clientMessageID.map(JSON.string)
        if includesMetadata { fields["metadata"] = metadata }
        if let editedTS { fields["edited"] = ["user": .string(user), "ts": .string(editedTS)] }
        if !reactions.isEmpty {
            fields["reactions"] = .array(
                reactions.map {
                    [
                        "name": .string($0.name), "users": .array($0.users.map(JSON.string)),
                        "count": .int($0.users.count),
                    ]
                })
        }
        if let latest = replies.last {
            var people: [String] = []
            for reply in replies where !people.contains(reply.user) { people.append(reply.user) }
            fields["thread_ts"] = .string(ts)
            fields["reply_count"] = .int(replies.count)
            fields["reply_users_count"] = .int(people.count)
            fields["reply_users"] = .array(people.prefix(5).map(JSON.string))
            fields["latest_reply"] = .string(latest.ts)
        }
        return .object(fields)
    }

    /// As the page shows it.
    func clientJSON(replyCount: Int) -> JSON {
        var fields: [String: JSON] = ["ts": .string(ts), "user": .string(user), "text": .string(text)]
        fields["username"] = username.map(JSON.string)
        fields["blocks"] = blocks.map(JSON.array)
        fields["attachments"] = attachments.map(JSON.array)
        fields["thread_ts"] = threadTS.map(JSON.string)
        fields["subtype"] = subtype.map(JSON.string)
        if replyCount > 0 { fields["reply_count"] = .int(replyCount) }
        if editedTS != nil { fields["edited"] = true }
        if ephemeralFor != nil { fields["ephemeral"] = true }
        if botID != nil { fields["app"] = true }
        if !reactions.isEmpty {
            fields["reactions"] = .array(
                reactions.map { ["name": .string($0.name), "users": .array($0.users.map(JSON.string))] })
        }
        return .object(fields)
    }
}
