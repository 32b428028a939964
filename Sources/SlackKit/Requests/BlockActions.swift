package import PluginAPI

/// Presses of buttons and choices in menus, in a message, a modal or a Home tab.
///
/// - SeeAlso: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
package struct BlockActions: Sendable, Equatable {
    /// One press or choice. Slack sends one at a time, in an array.
    package struct Action: Sendable, Equatable {
        /// The id that the app gave the element, or one that Slack made.
        package let actionID: String
        /// The block that the element stands in.
        package let blockID: String
        /// The element's type, such as `button`.
        package let type: String
        /// What was chosen or typed.
        package let value: FieldValue
        /// When it happened, as Slack's message id-like time; with the other ids it tells two presses apart.
        package let actionTS: String?

        init(_ action: WireObject) throws(DecodeFault) {
            actionID = try action.nonEmptyText("action_id")
            blockID = try action.optionalText("block_id") ?? ""
            type = try action.optionalText("type") ?? ""
            value = try FieldValue(element: action)
            actionTS = try action.filledText("action_ts")
        }
    }

    /// Who did it, and where.
    package let origin: Origin
    /// What was done, at least one thing.
    package let actions: [Action]
    /// The message that the element stands in, as it can be named.
    package let message: MessageRef?
    /// That message as Slack sent it; ``JSONValue/null`` for an ephemeral one and in a view.
    package let messageContent: JSONValue
    /// The view that the element stands in.
    package let view: ViewPayload?
    /// What stands in the inputs of the message or view.
    package let state: InputState
    /// The channel's name, for showing.
    package let channelName: String?
    /// Where late replies go; not for views. To be checked with ``ResponseURL`` before use.
    package let responseURL: String?
    /// Opens a modal, once, within three seconds.
    package let triggerID: String?
    /// The app.
    package let appID: String?

    init(_ payload: WireObject) throws(DecodeFault) {
        origin = try Origin(interaction: payload)
        var actions: [Action] = []
        for (index, action) in try payload.array("actions").enumerated() {
            actions.append(try Action(WireObject(action, at: "\(payload.path).actions[\(index)]")))
        }
        guard !actions.isEmpty else {
            throw DecodeFault("\(payload.path).actions", expected: "an action", found: "none")
        }
        self.actions = actions
        message = try MessageRef(interaction: payload, channelID: origin.channelID)
        messageContent = payload["message"]
        let view = try payload.optionalObject("view").map { view throws(DecodeFault) in try ViewPayload(view) }
        self.view = view
        if let view { state = view.state } else { state = try InputState(payload.optionalObject("state")) }
        channelName = try payload.optionalObject("channel")?.filledText("name")
        responseURL = try payload.filledText("response_url")
        triggerID = try payload.filledText("trigger_id")
        appID = try payload.optionalID("api_app_id")
    }
}

extension MessageRef {
    /// The message that an interaction is about, nil where it is about none.
    init?(interaction payload: WireObject, channelID: String?) throws(DecodeFault) {
        let container = try payload.optionalObject("container")
        let message = try payload.optionalObject("message")
        var ts = try container?.filledText("message_ts")
        if ts == nil { ts = try payload.filledText("message_ts") }
        if ts == nil { ts = try message?.filledText("ts") }
        guard let ts, let channelID else { return nil }
        var thread = try container?.filledText("thread_ts")
        if thread == nil { thread = try message?.filledText("thread_ts") }
        self.init(
            channel: channelID, ts: ts, threadID: thread, isEphemeral: try container?.flag("is_ephemeral") ?? false)
    }
}
