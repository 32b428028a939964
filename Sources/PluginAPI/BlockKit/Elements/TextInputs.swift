/// When a field calls its handler while a person types; its block must have `dispatchesAction`.
/// - SeeAlso: <https://docs.slack.dev/reference/block-kit/composition-objects/dispatch-action-configuration-object>
public struct DispatchTrigger: Sendable, Hashable {
    package let name: String

    /// When they press Enter.
    public static let onEnter = DispatchTrigger(name: "on_enter_pressed")
    /// With every character.
    public static let onCharacter = DispatchTrigger(name: "on_character_entered")
}

extension Element {
    /// A field for text.
    /// - Parameters:
    ///   - action: The action id.
    ///   - multiline: Several lines.
    ///   - min: How many characters at least, up to 3,000.
    ///   - max: How many characters at most, 1 to 3,000.
    ///   - initial: What stands there at first.
    ///   - placeholder: Shown while it is empty, at most 150 characters.
    ///   - dispatch: When it calls its handler before the form is submitted.
    ///   - focus: Puts the cursor here as the form opens; once in a form.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element>
    public static func textInput(
        action: String, multiline: Bool = false, min: Int? = nil, max: Int? = nil, initial: String? = nil,
        placeholder: String? = nil, dispatch: [DispatchTrigger] = [], focus: Bool = false
    ) -> Element {
        Element(
            kind: .text(
                TextElement(
                    id: action, format: .plain(multiline: multiline, min: min, max: max), initial: initial,
                    placeholder: placeholder, dispatch: dispatch)), wantsFocus: focus)
    }

    /// A field for an e-mail address.
    /// - Parameters:
    ///   - action: The action id.
    ///   - initial: What stands there at first.
    ///   - placeholder: Shown while it is empty, at most 150 characters.
    ///   - dispatch: When it calls its handler before the form is submitted.
    ///   - focus: Puts the cursor here as the form opens; once in a form.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/block-elements/email-input-element>
    public static func emailInput(
        action: String, initial: String? = nil, placeholder: String? = nil, dispatch: [DispatchTrigger] = [],
        focus: Bool = false
    ) -> Element {
        Element(
            kind: .text(
                TextElement(
                    id: action, format: .email, initial: initial, placeholder: placeholder, dispatch: dispatch)),
            wantsFocus: focus)
    }

    /// A field for a web address.
    /// - Parameters:
    ///   - action: The action id.
    ///   - initial: What stands there at first.
    ///   - placeholder: Shown while it is empty, at most 150 characters.
    ///   - dispatch: When it calls its handler before the form is submitted.
    ///   - focus: Puts the cursor here as the form opens; once in a form.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/block-elements/url-input-element>
    public static func urlInput(
        action: String, initial: String? = nil, placeholder: String? = nil, dispatch: [DispatchTrigger] = [],
        focus: Bool = false
    ) -> Element {
        Element(
            kind: .text(
                TextElement(
                    id: action, format: .url, initial: initial, placeholder: placeholder, dispatch: dispatch)),
            wantsFocus: focus)
    }
}

package struct TextElement: ElementContent {
    enum Format: Hashable, Sendable {
        case plain(multiline: Bool, min: Int?, max: Int?)
        case email
        case url
    }

    let id: String
    var format: Format
    var initial: String?
    var placeholder: String?
    let dispatch: [DispatchTrigger]

    var kind: Element.Kind { .text(self) }
    var places: ElementPlaces { .input }
    var action: String? { id }

    var type: String {
        switch format {
        case .plain: "plain_text_input"
        case .email: "email_text_input"
        case .url: "url_text_input"
        }
    }

    func writeMembers(to writer: inout JSONWriter) {
        if case .plain(let multiline, let min, let max) = format {
            if multiline { writer.member("multiline", true) }
            writer.member("min_length", min)
            writer.member("max_length", max)
        }
        if let initial, !initial.isEmpty { writer.member("initial_value", initial) }
        writer.member("placeholder", plain: placeholder)
        writer.member(dispatch: dispatch)
    }
}

extension JSONWriter {
    mutating func member(dispatch triggers: [DispatchTrigger]) {
        guard !triggers.isEmpty else { return }
        object("dispatch_action_config") { writer in
            writer.array("trigger_actions_on") { writer in
                for trigger in triggers { writer.string(trigger.name) }
            }
        }
    }
}

extension TextElement {
    private var bounds: ClosedRange<Int> {
        guard case .plain(_, let min, let max) = format else { return 0...SlackLimits.typedText }
        let upper = Swift.min(Swift.max(max ?? SlackLimits.typedText, 1), SlackLimits.typedText)
        return Swift.min(Swift.max(min ?? 0, 0), upper)...upper
    }

    func check(_ inspection: inout Inspection) {
        if case .plain(_, let min, let max) = format {
            inspection.bound(min, in: 0...SlackLimits.typedText, at: "min_length")
            inspection.bound(max, in: 1...SlackLimits.typedText, at: "max_length")
            if let min, let max, min > max {
                inspection.at("min_length") {
                    $0.report("\(grouped(min)) is above the greatest length \(grouped(max))", mend: "swap them")
                }
            }
        }
        if let initial, !initial.isEmpty {
            inspection.string(initial, 0...bounds.upperBound, at: "initial_value", mend: "clip it")
            if Inspection.length(initial) < bounds.lowerBound {
                inspection.at("initial_value") {
                    $0.report("is shorter than the least length \(grouped(bounds.lowerBound))", mend: "leave it out")
                }
            }
        }
        if let placeholder { inspection.plain(placeholder, 1...SlackLimits.placeholder, at: "placeholder") }
    }

    mutating func clip() {
        let bounds = bounds
        if case .plain(let multiline, let min, let max) = format {
            format = .plain(
                multiline: multiline, min: min.map { _ in bounds.lowerBound }, max: max.map { _ in bounds.upperBound })
        }
        initial = initial.map { Clip.plain($0, to: bounds.upperBound) }
            .flatMap { Inspection.length($0) < bounds.lowerBound ? nil : $0 }
        placeholder = Clip.label(placeholder, to: SlackLimits.placeholder)
    }
}

extension Inspection {
    fileprivate mutating func bound(_ value: Int?, in range: ClosedRange<Int>, at name: String) {
        guard let value, !range.contains(value) else { return }
        at(name) {
            $0.report(
                "is \(grouped(value)), Slack takes \(grouped(range.lowerBound)) to \(grouped(range.upperBound))",
                mend: "choose a length between them")
        }
    }
}
