/// A question that is asked before an element does something.
/// - SeeAlso: <https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object>
public struct Confirm: Sendable, Hashable {
    package let title: String
    package let text: TextObject
    package let confirm: String
    package let deny: String
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
