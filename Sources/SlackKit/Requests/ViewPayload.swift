package import PluginAPI

/// A modal or Home tab as Slack sends it back.
///
/// - SeeAlso: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
package struct ViewPayload: Sendable, Equatable {
    /// Slack's id of the view, `V…`.
    package let id: String
    /// `modal`, `home`, or another surface.
    package let type: String
    /// The id that the app gave it; empty if none.
    package let callbackID: String
    /// The id that the app gave this one view, if any.
    package let externalID: String?
    /// Changes with every update.
    package let hash: String?
    /// What the app stored in the view.
    package let privateMetadata: String
    /// The lowest view of the stack.
    package let rootViewID: String?
    /// The view under this one.
    package let previousViewID: String?
    /// What stands in its inputs.
    package let state: InputState
    /// Its blocks, as they were sent.
    package let blocks: JSONValue
    /// Its title, as it was sent.
    package let title: JSONValue
    /// The button that submits it, as it was sent; `null` if none.
    package let submit: JSONValue
    /// The button that closes it, as it was sent; `null` if none.
    package let close: JSONValue
    /// The app hears of it when it is closed.
    package let notifiesOnClose: Bool
    /// Closing it closes those under it.
    package let clearsOnClose: Bool

    init(_ view: WireObject) throws(DecodeFault) {
        id = try view.id("id")
        type = try view.filledText("type") ?? "modal"
        callbackID = try view.optionalText("callback_id") ?? ""
        externalID = try view.filledText("external_id")
        hash = try view.filledText("hash")
        privateMetadata = try view.optionalText("private_metadata") ?? ""
        rootViewID = try view.optionalID("root_view_id")
        previousViewID = try view.optionalID("previous_view_id")
        state = try InputState(view.optionalObject("state"))
        blocks = view["blocks"]
        title = view["title"]
        submit = view["submit"]
        close = view["close"]
        notifiesOnClose = view["notify_on_close"].bool ?? false
        clearsOnClose = view["clear_on_close"].bool ?? false
    }

    /// The block of the input with this action id, where an error message has to stand.
    package func blockID(ofAction actionID: String) -> String? {
        if let entry = state.entries.first(where: { $0.actionID.utf8.elementsEqual(actionID.utf8) }) {
            return entry.blockID
        }
        for block in blocks.array ?? [] {
            guard let id = block["element"]["action_id"].string, id.utf8.elementsEqual(actionID.utf8) else { continue }
            return block["block_id"].string
        }
        return nil
    }
}
