/// A modal or a Home tab as it is open in front of somebody.
struct SlackView: Sendable {
    var id: String
    var team: String
    var user: String
    /// The view as the app sent it, with generated block and action ids.
    var content: JSON
    var hash: String
    var rootID: String
    var previousID: String?
    /// What the person entered: block id, action id, value.
    var state: [String: [String: JSON]]
    /// The conversation in which the interaction began that led to this view.
    var channel: String?

    var type: String { content["type"]?.string ?? "modal" }
    var blocks: [JSON] { content["blocks"]?.array ?? [] }
    var externalID: String { content["external_id"]?.string ?? "" }
    var clearsOnClose: Bool { content["clear_on_close"]?.bool ?? false }
    var notifiesOnClose: Bool { content["notify_on_close"]?.bool ?? false }

    /// As Web API answers and payloads carry it.
    ///
    /// - SeeAlso: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
    func json(bot: SlackApp.Bot) -> JSON {
        let values = state.mapValues { JSON.object($0) }
        return [
            "id": .string(id), "team_id": .string(team), "type": .string(type), "blocks": .array(blocks),
            "private_metadata": .string(content["private_metadata"]?.string ?? ""),
            "callback_id": .string(content["callback_id"]?.string ?? ""), "state": ["values": .object(values)],
            "hash": .string(hash),
            "title": content["title"] ?? ["type": "plain_text", "text": "View Title", "emoji": true],
            "clear_on_close": .bool(clearsOnClose), "notify_on_close": .bool(notifiesOnClose),
            "close": content["close"] ?? .null, "submit": content["submit"] ?? .null,
            "previous_view_id": JSON(previousID), "root_view_id": .string(rootID), "app_id": .string(SlackApp.id),
            "external_id": .string(externalID), "app_installed_team_id": .string(team), "bot_id": .string(bot.botID),
        ]
    }
}
