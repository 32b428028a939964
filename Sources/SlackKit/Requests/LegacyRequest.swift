import PluginAPI

/// A press in a message attachment, or a step of a dialog: what apps were made of before Block Kit.
///
/// No plugin makes such messages, but an app that took over from an older one still gets presses on old messages.
/// They are answered politely, and not more.
///
/// - SeeAlso: https://docs.slack.dev/legacy
package struct LegacyRequest: Sendable, Equatable {
    /// Which one.
    package enum Kind: String, Sendable, CaseIterable {
        /// A button or menu of a message attachment.
        case interactiveMessage = "interactive_message"
        /// A dialog that a person filled in.
        case dialogSubmission = "dialog_submission"
        /// A dialog that a person closed.
        case dialogCancellation = "dialog_cancellation"
        /// What a person types into a menu of a dialog.
        case dialogSuggestion = "dialog_suggestion"
    }

    /// Which one.
    package let kind: Kind
    /// Who did it, and where.
    package let origin: Origin
    /// The id that the app gave the attachment or dialog; may be empty.
    package let callbackID: String
    /// Whether the answer has to be options: a menu that is filled while a person types.
    package let wantsOptions: Bool

    init(_ kind: Kind, _ payload: WireObject) throws(DecodeFault) {
        self.kind = kind
        origin = try Origin(interaction: payload)
        callbackID = try payload.optionalText("callback_id") ?? ""
        // A menu of an attachment asks under the same name as a press, but has a name of its own and no actions.
        let isMenu = kind == .interactiveMessage && payload["actions"].isNull && !payload["name"].isNull
        wantsOptions = kind == .dialogSuggestion || isMenu
    }
}
