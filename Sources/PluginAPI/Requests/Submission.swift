/// A form that a person submitted.
/// - SeeAlso: <https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload>
public struct Submission: Sendable {
    /// Who submitted it.
    public let person: Person
    /// The form.
    public let view: ViewRef
    /// What was filled in, by field id.
    public let fields: FieldValues

    /// Makes a submission; the host and the test kit do.
    public init(person: Person, view: ViewRef, fields: FieldValues) {
        self.person = person
        self.view = view
        self.fields = fields
    }
}

/// A form that a person closed without submitting it.
public struct FormClosed: Sendable {
    /// Who closed it.
    public let person: Person
    /// The form.
    public let view: ViewRef
    /// True where all forms of the stack were closed at once.
    public let isCleared: Bool

    /// Makes a closed form; the host and the test kit do.
    public init(person: Person, view: ViewRef, isCleared: Bool) {
        self.person = person
        self.view = view
        self.isCleared = isCleared
    }
}

/// What a person has typed so far into an external select.
/// - SeeAlso: <https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload>
public struct OptionsQuery: Sendable {
    /// The action id of the select, without the host's prefix.
    public let id: String
    /// The block it stands in.
    public let blockID: String
    /// What was typed; may be empty.
    public let typed: String
    /// Who types.
    public let person: Person
    /// The form the select stands in, if any.
    public let view: ViewRef?

    /// Makes a query; the host and the test kit do.
    public init(id: String, blockID: String, typed: String, person: Person, view: ViewRef? = nil) {
        self.id = id
        self.blockID = blockID
        self.typed = typed
        self.person = person
        self.view = view
    }
}

/// A shortcut that a person chose.
/// - SeeAlso: <https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload>
public struct ShortcutRequest: Sendable {
    /// The shortcut's callback id.
    public let id: String
    /// Who chose it.
    public let person: Person
    /// The message it was chosen on; `nil` for a shortcut from the composer.
    public let message: MessageRef?
    /// That message as Slack sent it; `.null` for a shortcut from the composer. Untrusted.
    public let messageContent: JSONValue

    /// Makes a shortcut request; the host and the test kit do.
    public init(id: String, person: Person, message: MessageRef? = nil, messageContent: JSONValue = .null) {
        self.id = id
        self.person = person
        self.message = message
        self.messageContent = messageContent
    }
}

/// Something that happened in a workspace.
/// - SeeAlso: <https://docs.slack.dev/apis/events-api>
public struct SlackEvent: Sendable {
    /// Slack's name of it, such as `member_joined_channel`.
    public let type: String
    /// Slack's id of it, the same in every redelivery.
    public let id: String
    /// The inner event as Slack sent it. Untrusted: anything may be missing.
    public let payload: JSONValue

    /// Makes an event; the host and the test kit do.
    public init(type: String, id: String, payload: JSONValue) {
        self.type = type
        self.id = id
        self.payload = payload
    }
}
