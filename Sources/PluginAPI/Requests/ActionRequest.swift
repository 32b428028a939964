/// A press of a button or a choice in a menu.
/// - SeeAlso: <https://docs.slack.dev/reference/interaction-payloads/block_actions-payload>
public struct ActionRequest: Sendable {
    /// The action id the plugin gave the element, without the host's prefix.
    public let id: String
    /// The block the element stands in, without the host's prefix.
    public let blockID: String
    /// What was chosen or typed; for a button its `value`.
    public let value: FieldValue
    /// Who pressed.
    public let person: Person
    /// The message the element stands in; `nil` in a form and on the Home tab.
    public let message: MessageRef?
    /// The form or Home tab the element stands in; `nil` in a message.
    public let view: ViewRef?
    /// What stands in the form's or message's other inputs right now, by field id.
    public let fields: FieldValues

    /// Makes an action; the host and the test kit do.
    public init(
        id: String, blockID: String, value: FieldValue, person: Person, message: MessageRef? = nil,
        view: ViewRef? = nil, fields: FieldValues = FieldValues()
    ) {
        self.id = id
        self.blockID = blockID
        self.value = value
        self.person = person
        self.message = message
        self.view = view
        self.fields = fields
    }
}

/// A message in a channel.
public struct MessageRef: Sendable, Hashable, Codable {
    /// The channel's id.
    public let channel: String
    /// Slack's id of the message: its time stamp, `1503435956.000247`.
    public let ts: String
    /// The thread it belongs to, as the id of the thread's first message.
    public let threadID: String?
    /// True where only one person sees it.
    public let isEphemeral: Bool

    /// A message by channel and id.
    public init(channel: String, ts: String, threadID: String? = nil, isEphemeral: Bool = false) {
        self.channel = channel
        self.ts = ts
        self.threadID = threadID
        self.isEphemeral = isEphemeral
    }
}

/// A form or Home tab that is open.
public struct ViewRef: Sendable, Hashable, Codable {
    /// Slack's id of the view, `V…`.
    public let id: String
    /// The id the plugin gave the view, without the host's prefix.
    public let callbackID: String
    /// Changes with every update; guards against two updates at once.
    public let hash: String?
    /// What the plugin put into the view, at most 2,000 bytes.
    public let privateMetadata: String

    /// A view by id.
    public init(id: String, callbackID: String, hash: String? = nil, privateMetadata: String = "") {
        self.id = id
        self.callbackID = callbackID
        self.hash = hash
        self.privateMetadata = privateMetadata
    }
}
