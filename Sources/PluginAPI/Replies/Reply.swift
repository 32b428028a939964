/// What a handler answers: at once the acknowledgement to Slack, what the person sees, and what must happen after.
///
/// Returning is acknowledging; nothing else does. Where the handler took longer than Slack waits, the host has
/// acknowledged for it and delivers the reply when it is there.
public struct Reply: Sendable {
    package enum Kind: Sendable {
        case nothing
        case message(Message, Visibility)
        case updateMessage(Message)
        case deleteMessage
        case modal(View)
        case loadingModal(title: String, @Sendable () async throws -> View)
        case updateView(View)
        case pushView(View)
    }
    package enum Visibility: Sendable {
        case onlyPerson
        case channel
    }

    package let kind: Kind
    package private(set) var jobs: [JobRequest]

    private init(_ kind: Kind, jobs: [JobRequest] = []) {
        self.kind = kind
        self.jobs = jobs
    }

    /// Acknowledges and shows nothing.
    public static var nothing: Reply { Reply(.nothing) }

    /// A message that only this person sees.
    public static func ephemeral(_ message: Message) -> Reply { Reply(.message(message, .onlyPerson)) }

    /// A message that everyone in the channel sees.
    public static func inChannel(_ message: Message) -> Reply { Reply(.message(message, .channel)) }

    /// Replaces the message whose button was pressed.
    public static func update(_ message: Message) -> Reply { Reply(.updateMessage(message)) }

    /// Removes the message whose button was pressed.
    public static var delete: Reply { Reply(.deleteMessage) }

    /// Opens a form. Slack allows it within 3 seconds of what the person did; a reply later than that becomes a message
    /// with a button that opens it.
    /// - SeeAlso: <https://docs.slack.dev/surfaces/modals>
    public static func modal(_ view: View) -> Reply { Reply(.modal(view)) }

    /// Opens a form with a "loading" line at once, and fills it when the data is there, however long that takes.
    /// - Parameters:
    ///   - title: The form's title, at most 24 characters.
    ///   - view: Makes the form. What it throws is shown in the form.
    public static func modal(loading title: String, _ view: @escaping @Sendable () async throws -> View) -> Reply {
        Reply(.loadingModal(title: title, view))
    }

    /// Replaces the form (or Home tab) whose button was pressed. Inputs whose block and action ids stay keep what was typed.
    public static func update(_ view: View) -> Reply { Reply(.updateView(view)) }

    /// Lays a form over the one whose button was pressed; at most three lie over each other.
    public static func push(_ view: View) -> Reply { Reply(.pushView(view)) }

    /// Adds a job that is committed together with this reply, before Slack hears of it.
    /// - Parameter delay: How long after now it becomes due.
    public func then(_ job: some Job, after delay: Duration = .zero) -> Reply {
        var reply = self
        reply.jobs.append(JobRequest(job, after: delay))
        return reply
    }
}
