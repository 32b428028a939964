extension Element {
    /// Radio buttons.
    /// - Parameters:
    ///   - action: The action id.
    ///   - options: 1 to 10 choices.
    ///   - initial: The value that is chosen at first.
    ///   - confirm: Asked before.
    ///   - focus: Puts the cursor here as the form opens; once in a form.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/block-elements/radio-button-group-element>
    public static func radioButtons(
        action: String, options: [Option], initial: String? = nil, confirm: Confirm? = nil, focus: Bool = false
    ) -> Element {
        Element(
            kind: .choices(
                ChoicesElement(
                    id: action, isMultiple: false, options: options, initial: initial.map { [$0] } ?? [],
                    confirm: confirm)), wantsFocus: focus)
    }

    /// Checkboxes.
    /// - Parameters:
    ///   - action: The action id.
    ///   - options: 1 to 10 choices.
    ///   - initial: The values that are ticked at first.
    ///   - confirm: Asked before.
    ///   - focus: Puts the cursor here as the form opens; once in a form.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element>
    public static func checkboxes(
        action: String, options: [Option], initial: [String] = [], confirm: Confirm? = nil, focus: Bool = false
    ) -> Element {
        Element(
            kind: .choices(
                ChoicesElement(
                    id: action, isMultiple: true, options: options, initial: initial, confirm: confirm)),
            wantsFocus: focus)
    }
}

package struct ChoicesElement: ElementContent {
    let id: String
    let isMultiple: Bool
    var options: [Option]
    var initial: [String]
    var confirm: Confirm?

    var type: String { isMultiple ? "checkboxes" : "radio_buttons" }
    var kind: Element.Kind { .choices(self) }
    var places: ElementPlaces { [.section, .actions, .input] }
    var action: String? { id }

    func writeMembers(to writer: inout JSONWriter) {
        writer.member("options", options: options)
        let chosen = options.filter { initial.contains($0.value) }
        if isMultiple, !chosen.isEmpty {
            writer.member("initial_options", options: chosen)
        } else if let first = chosen.first {
            writer.key("initial_option")
            first.write(to: &writer)
        }
        writer.member("confirm", confirm: confirm)
    }
}

extension ChoicesElement {
    func check(_ inspection: inout Inspection) {
        inspection.check(options, 1...SlackLimits.choices, in: .choices)
        let known = Set(options.map(\.value))
        for value in initial where !known.contains(value) {
            inspection.at(isMultiple ? "initial_options" : "initial_option") {
                $0.report("“\(value)” is no option here", mend: "choose the value of one of the options")
            }
        }
        confirm?.check(&inspection)
    }

    mutating func clip() {
        options = options.fitting(SlackLimits.choices, in: .choices)
        initial = initial.filter { value in options.contains { $0.value == value } }
        confirm?.clip()
    }
}
