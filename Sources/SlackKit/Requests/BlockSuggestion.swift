package import PluginAPI

/// What a person has typed so far into an external menu; the answer to this request is the list of options.
///
/// - SeeAlso: https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
package struct BlockSuggestion: Sendable, Equatable {
    /// Who types, and where.
    package let origin: Origin
    /// The menu's id.
    package let actionID: String
    /// The block that it stands in.
    package let blockID: String
    /// What was typed; may be empty.
    package let typed: String
    /// The message that the menu stands in.
    package let message: MessageRef?
    /// The view that the menu stands in.
    package let view: ViewPayload?
    /// The app.
    package let appID: String?

    init(_ payload: WireObject) throws(DecodeFault) {
        origin = try Origin(interaction: payload)
        actionID = try payload.nonEmptyText("action_id")
        blockID = try payload.optionalText("block_id") ?? ""
        typed = try payload.optionalText("value") ?? ""
        message = try MessageRef(interaction: payload, channelID: origin.channelID)
        view = try payload.optionalObject("view").map { view throws(DecodeFault) in try ViewPayload(view) }
        appID = try payload.optionalID("api_app_id")
    }
}
