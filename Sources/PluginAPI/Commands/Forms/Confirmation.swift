/// A question before a command runs.
///
/// ```swift
/// var confirmation: Confirmation? {
///     Confirmation("Page someone", "This calls \(who.mention) right now, also at night.", yes: "Call")
/// }
/// ```
public struct Confirmation: Sendable, Hashable {
    package let title: String
    package let question: Mrkdwn
    package let yes: String

    /// A question.
    /// - Parameters:
    ///   - title: The form's title, at most 24 characters.
    ///   - question: What will happen, at most 3,000 characters.
    ///   - yes: The button that does it, at most 24 characters.
    /// - SeeAlso: <https://docs.slack.dev/surfaces/modals>
    public init(_ title: String, _ question: Mrkdwn, yes: String = "Go ahead") {
        self.title = title
        self.question = question
        self.yes = yes
    }
}
