/// One choice in a menu, among radio buttons or checkboxes.
/// - SeeAlso: <https://docs.slack.dev/reference/block-kit/composition-objects/option-object>
public struct Option: Sendable, Hashable {
    package let text: TextObject
    /// What the handler is given when it is chosen; at most 150 characters, unique in its menu.
    public let value: String
    package let detail: TextObject?
    package let url: String?

    /// A choice.
    /// - Parameters:
    ///   - text: At most 75 characters.
    ///   - value: At most 150 characters.
    ///   - description: A second line, at most 75 characters.
    ///   - url: Opened as well; in overflow menus only, at most 3,000 characters.
    public init(_ text: String, value: String, description: String? = nil, url: String? = nil) {
        self.text = .plain(text)
        self.value = value
        detail = description.map { .plain($0) }
        self.url = url
    }

    /// A choice with markup; for radio buttons and checkboxes only.
    /// - Parameters:
    ///   - text: At most 75 characters.
    ///   - value: At most 150 characters.
    ///   - description: A second line, at most 75 characters.
    public init(markup text: Mrkdwn, value: String, description: Mrkdwn? = nil) {
        self.text = .mrkdwn(text)
        self.value = value
        detail = description.map { .mrkdwn($0) }
        url = nil
    }

    init(text: TextObject, value: String, detail: TextObject?, url: String?) {
        self.text = text
        self.value = value
        self.detail = detail
        self.url = url
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("text", text: text)
            writer.member("value", value)
            writer.member("description", text: detail)
            writer.member("url", url)
        }
    }
}

/// Choices under a heading.
/// - SeeAlso: <https://docs.slack.dev/reference/block-kit/composition-objects/option-group-object>
public struct OptionGroup: Sendable, Hashable {
    package let label: String
    package let options: [Option]

    /// A group.
    /// - Parameters:
    ///   - label: The heading, at most 75 characters.
    ///   - options: 1 to 100 choices.
    public init(_ label: String, _ options: [Option]) {
        self.label = label
        self.options = options
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("label", plain: label)
            writer.member("options", options: options)
        }
    }
}

extension JSONWriter {
    mutating func member(_ name: String, options: [Option]) {
        array(name) { writer in
            for option in options { option.write(to: &writer) }
        }
    }
}
