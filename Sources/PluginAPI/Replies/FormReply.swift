/// What a handler answers to a submitted form.
/// - SeeAlso: <https://docs.slack.dev/surfaces/modals#updating_response>
public struct FormReply: Sendable {
    package enum Kind: Sendable {
        case close(tell: Message?)
        case clear(tell: Message?)
        case errors([String: String])
        case update(View)
        case push(View)
        /// Closes the form and answers as a command would: what the host resumes after an interruption.
        case answer(Reply)
    }

    package let kind: Kind
    package private(set) var jobs: [JobRequest]

    private init(_ kind: Kind, jobs: [JobRequest] = []) {
        self.kind = kind
        self.jobs = jobs
    }

    /// Closes this form; where others lie under it, the next one shows.
    public static var close: FormReply { FormReply(.close(tell: nil)) }

    /// Closes this form and tells the person something where they came from, visible only to them.
    public static func close(telling message: Message) -> FormReply { FormReply(.close(tell: message)) }

    /// Closes all forms of the stack.
    public static var clear: FormReply { FormReply(.clear(tell: nil)) }

    /// Closes all forms of the stack and tells the person something where they came from, visible only to them.
    public static func clear(telling message: Message) -> FormReply { FormReply(.clear(tell: message)) }

    /// Keeps the form open, with a sentence at each field that is wrong.
    /// - Parameter byField: Sentences by field id: the action id of the input's element.
    public static func errors(_ byField: [String: String]) -> FormReply { FormReply(.errors(byField)) }

    /// Keeps the form open, with a sentence at one field.
    public static func error(at field: String, _ sentence: String) -> FormReply { .errors([field: sentence]) }

    /// Replaces the form.
    public static func update(_ view: View) -> FormReply { FormReply(.update(view)) }

    /// Lays another form over it.
    public static func push(_ view: View) -> FormReply { FormReply(.push(view)) }

    /// Closes this form and shows another reply: a message where the person came from, or the form it opens.
    public static func closing(with reply: Reply) -> FormReply { FormReply(.answer(reply), jobs: reply.jobs) }

    /// Adds a job that is committed together with this reply, before Slack hears of it.
    public func then(_ job: some Job, after delay: Duration = .zero) -> FormReply {
        var reply = self
        reply.jobs.append(JobRequest(job, after: delay))
        return reply
    }
}

/// What a handler offers in an external select.
public struct OptionsReply: Sendable {
    package let options: [Option]
    package let groups: [OptionGroup]

    /// A flat list; the host keeps the first 100.
    public static func options(_ options: [Option]) -> OptionsReply { OptionsReply(options: options, groups: []) }

    /// A list under headings; the host keeps the first 100 groups of at most 100 options.
    public static func groups(_ groups: [OptionGroup]) -> OptionsReply { OptionsReply(options: [], groups: groups) }
}
