import PluginAPI

/// What a person sees: a message, a form, or nothing.
///
/// Its words are as people read them: names instead of ids, no entities. Asterisks and backticks stay.
public struct Seen: Sendable, Hashable, CustomStringConvertible {
    /// What it is.
    public enum Kind: Sendable, Hashable {
        /// A message in a channel or thread.
        case message
        /// An open form.
        case form
        /// A list of choices under a field.
        case choices
        /// Nothing: the plugin answered without showing anything.
        case nothing
    }

    /// What it is.
    public let kind: Kind
    /// All its words, a line for each part.
    public let text: String
    /// The labels of its buttons, in their order.
    public let buttons: [String]
    /// The labels of its fields, in their order.
    public let fields: [String]
    /// What stands in the fields, as words, by label.
    public let values: [String: String]
    /// What is wrong with a form that was submitted, by label.
    public let errors: [String: String]
    /// True where only one person sees it.
    public let isEphemeral: Bool
    /// True where it answers another message in its thread.
    public let isInThread: Bool
    /// The provider whose account the person must link before this works; `nil` where nothing like it was asked.
    public let asksToLink: String?

    let content: JSONValue
    /// A message's time stamp, or a form's id.
    let id: String

    /// The words, for the failure of an expectation.
    public var description: String {
        switch kind {
        case .nothing: "nothing"
        case .message, .choices: text
        case .form: "a form: \(text)" + (errors.isEmpty ? "" : " errors: \(errors)")
        }
    }

    /// Whether these words are in it.
    public func says(_ words: String) -> Bool { text.contains(words) }

    static let nothing = Seen(kind: .nothing)

    private init(kind: Kind) {
        self.kind = kind
        (text, buttons, fields, values, errors) = ("", [], [], [:], [:])
        (isEphemeral, isInThread, asksToLink, content, id) = (false, false, nil, .null, "")
    }

    init(_ message: Screen.Shown, names: [String: String], asksToLink: String? = nil) {
        kind = .message
        content = message.content
        let reading = Reading(message.content, names: names)
        text = reading.words
        buttons = reading.buttons
        fields = []
        values = [:]
        errors = [:]
        isEphemeral = message.onlyFor != nil
        isInThread = message.thread != nil
        self.asksToLink = asksToLink
        id = message.ts
    }

    init(_ form: OpenForm, names: [String: String]) {
        kind = .form
        content = form.view
        let reading = Reading(form.view, names: names)
        let title = form.view["title"]["text"].string.map { [$0] } ?? []
        text = (title + [reading.words]).filter { !$0.isEmpty }.joined(separator: "\n")
        buttons = reading.buttons + ([form.view["submit"]["text"].string].compactMap(\.self))
        fields = form.fields.map(\.label)
        values = Dictionary(
            form.fields.compactMap { field in
                let value = form.values[field.actionID] ?? .none
                let shown: String? =
                    switch value {
                    case .none: nil
                    case .option(let option): option.text.isEmpty ? option.value : option.text
                    case .options(let options): options.map(\.text).joined(separator: ", ")
                    case .user(let id), .channel(let id): names[id] ?? id
                    default: value.strings.map { names[$0] ?? $0 }.joined(separator: ", ")
                    }
                return shown.map { (field.label, $0) }
            }
        ) { first, _ in first }
        errors = form.errors
        (isEphemeral, isInThread, asksToLink) = (true, false, nil)
        id = form.id
    }
}
