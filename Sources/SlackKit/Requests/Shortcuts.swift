package import PluginAPI

/// A shortcut chosen from the composer or from search. There is no channel and nowhere to reply but a modal.
///
/// - SeeAlso: https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
package struct GlobalShortcut: Sendable, Equatable {
    /// Who chose it.
    package let origin: Origin
    /// The shortcut's id.
    package let callbackID: String
    /// When, as Slack's time.
    package let actionTS: String?
    /// Opens a modal, once, within three seconds.
    package let triggerID: String?
    /// The app.
    package let appID: String?

    init(_ payload: WireObject) throws(DecodeFault) {
        origin = try Origin(interaction: payload)
        callbackID = try payload.nonEmptyText("callback_id")
        actionTS = try payload.filledText("action_ts")
        triggerID = try payload.filledText("trigger_id")
        appID = try payload.optionalID("api_app_id")
    }
}

/// A shortcut chosen in a message's menu (wire: `message_action`).
package struct MessageShortcut: Sendable, Equatable {
    /// Who chose it, and where.
    package let origin: Origin
    /// The shortcut's id.
    package let callbackID: String
    /// The message.
    package let message: MessageRef
    /// The message as Slack sent it.
    package let messageContent: JSONValue
    /// The channel's name, for showing.
    package let channelName: String?
    /// When, as Slack's time.
    package let actionTS: String?
    /// Where late replies go. To be checked with ``ResponseURL`` before use.
    package let responseURL: String?
    /// Opens a modal, once, within three seconds.
    package let triggerID: String?
    /// The app.
    package let appID: String?

    init(_ payload: WireObject) throws(DecodeFault) {
        origin = try Origin(interaction: payload)
        callbackID = try payload.nonEmptyText("callback_id")
        guard let message = try MessageRef(interaction: payload, channelID: origin.channelID) else {
            throw DecodeFault("\(payload.path).message_ts", expected: "a message and its channel", found: "nothing")
        }
        self.message = message
        messageContent = payload["message"]
        channelName = try payload.optionalObject("channel")?.filledText("name")
        actionTS = try payload.filledText("action_ts")
        responseURL = try payload.filledText("response_url")
        triggerID = try payload.filledText("trigger_id")
        appID = try payload.optionalID("api_app_id")
    }
}
