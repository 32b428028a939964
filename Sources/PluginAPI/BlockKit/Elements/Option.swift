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

/// Where options stand, hence what they may have.
enum OptionPlace {
    case menu
    case overflow
    case choices
}

extension Option {
    func check(in place: OptionPlace, _ inspection: inout Inspection) {
        inspection.text(text.text, 1...SlackLimits.optionText, at: "text")
        inspection.string(
            value, 1...SlackLimits.optionValue, at: "value", mend: "store the data, and give the option its key")
        if let detail { inspection.text(detail.text, 1...SlackLimits.optionText, at: "description") }
        if !text.isPlain, place != .choices {
            inspection.at("text") {
                $0.report("has markup, which Slack takes in radio buttons and checkboxes only", mend: "use plain text")
            }
        }
        guard let url else { return }
        inspection.url(url, at: "url")
        guard place != .overflow else { return }
        inspection.at("url") {
            $0.report("cannot stand here, Slack takes it in overflow menus only", mend: "leave it out")
        }
    }

    func clipped(in place: OptionPlace) -> Option {
        var text = text.clipped(to: SlackLimits.optionText)
        if place != .choices, !text.isPlain { text = .plain(text.text) }
        let detail = detail.flatMap { $0.text.isEmpty ? nil : $0.clipped(to: SlackLimits.optionText) }
        return Option(text: text, value: value, detail: detail, url: place == .overflow ? url : nil)
    }
}

extension OptionGroup {
    func check(_ inspection: inout Inspection) {
        inspection.plain(label, 1...SlackLimits.optionText, at: "label")
        inspection.check(options, 1...SlackLimits.options, in: .menu)
    }
}

extension Inspection {
    /// Checks options and that no value stands twice.
    mutating func check(
        _ options: [Option], at name: String = "options", _ range: ClosedRange<Int>, in place: OptionPlace
    ) {
        count(options.count, in: range, at: name, mend: "offer fewer, or use an external menu that searches")
        var seen: Set<String> = []
        each(name, options) { option, inspection in
            option.check(in: place, &inspection)
            guard !seen.insert(option.value).inserted else { return }
            inspection.at("value") {
                $0.report("“\(option.value)” stands twice in this menu", mend: "give every option a value of its own")
            }
        }
    }
}

extension [Option] {
    /// As many as may stand there, each within its limits, no value twice.
    func fitting(_ maximum: Int = SlackLimits.options, in place: OptionPlace) -> [Option] {
        var seen: Set<String> = []
        let fitting = map { $0.clipped(in: place) }.filter { option in
            var inspection = Inspection(idPrefix: "")
            option.check(in: place, &inspection)
            return !inspection.hasErrors && seen.insert(option.value).inserted
        }
        return Array(fitting.prefix(maximum))
    }
}

extension [OptionGroup] {
    /// As many as may stand there, none without options, no value twice.
    func fitting() -> [OptionGroup] {
        let fitting = map { group in
            let label = Clip.label(group.label, to: SlackLimits.optionText) ?? "…"
            return OptionGroup(label, group.options.fitting(in: .menu))
        }
        return Array(fitting.filter { !$0.options.isEmpty }.prefix(SlackLimits.options))
    }
}
