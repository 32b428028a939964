/// A question that is asked before an element does something.
/// - SeeAlso: <https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object>
public struct Confirm: Sendable, Hashable {
    package private(set) var title: String
    package private(set) var text: TextObject
    package private(set) var confirm: String
    package private(set) var deny: String
    package let isDangerous: Bool

    /// A question.
    /// - Parameters:
    ///   - title: At most 100 characters.
    ///   - text: At most 300 characters.
    ///   - confirm: The button that goes on, at most 30 characters.
    ///   - deny: The button that does not, at most 30 characters.
    ///   - isDangerous: Shows the first button in red.
    public init(
        _ title: String, _ text: TextObject, confirm: String = "Yes", deny: String = "Cancel",
        isDangerous: Bool = false
    ) {
        self.title = title
        self.text = text
        self.confirm = confirm
        self.deny = deny
        self.isDangerous = isDangerous
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("title", plain: title)
            writer.member("text", text: text)
            writer.member("confirm", plain: confirm)
            writer.member("deny", plain: deny)
            if isDangerous { writer.member("style", "danger") }
        }
    }
}

extension JSONWriter {
    mutating func member(_ name: String, confirm: Confirm?) {
        guard let confirm else { return }
        key(name)
        confirm.write(to: &self)
    }
}

extension Confirm {
    func check(_ inspection: inout Inspection) {
        inspection.at("confirm") { inspection in
            inspection.plain(title, 1...SlackLimits.confirmTitle, at: "title")
            inspection.text(text.text, 1...SlackLimits.confirmText, at: "text")
            inspection.plain(confirm, 1...SlackLimits.confirmButton, at: "confirm")
            inspection.plain(deny, 1...SlackLimits.confirmButton, at: "deny")
        }
    }

    /// Nothing may be lost of a question but its length: an empty part is filled, since to leave the question out would be
    /// to do without being asked.
    mutating func clip() {
        title = Clip.label(title, to: SlackLimits.confirmTitle) ?? "Are you sure?"
        text = text.text.isEmpty ? .plain("Are you sure?") : text.clipped(to: SlackLimits.confirmText)
        confirm = Clip.label(confirm, to: SlackLimits.confirmButton) ?? "Yes"
        deny = Clip.label(deny, to: SlackLimits.confirmButton) ?? "Cancel"
    }
}
