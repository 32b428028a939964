import Foundation
import PluginAPI

/// What a person was doing when it turned out that they must link an account first. It is resumed when they have.
struct Interrupted: Codable, Sendable {
    /// The command as it was typed: its slash and the words after it.
    var command: TypedLine?
    /// The press, where one was interrupted.
    var click: Click?
    var channel: Channel?
    var responseURL: String?
    /// Where it was said, if it was said to the app.
    var place: SpokenPlace?
    /// When the person was asked to link.
    var at: Date

    struct TypedLine: Codable, Sendable {
        var slash: String
        var text: String
    }

    /// A press of a button or a choice in a menu of a message.
    struct Click: Codable, Sendable {
        /// As Slack names it: the plugin and its own id.
        var actionID: String
        var blockID: String
        var value: FieldValue
        var message: MessageRef
        var fields: FieldValues

        /// - Returns: `nil` for a press in a form: it is gone when the person comes back.
        init?(_ actionID: String, _ request: ActionRequest) {
            guard let message = request.message else { return nil }
            self.actionID = actionID
            blockID = request.blockID
            value = request.value
            self.message = message
            fields = request.fields
        }

        /// A click is meant for the moment: after this what it was about may be another matter.
        static let lifetime: TimeInterval = 90
    }

    /// How long a person may take to link.
    static let lifetime: TimeInterval = 15 * 60
}
