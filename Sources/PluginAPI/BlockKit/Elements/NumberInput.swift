extension Element {
    /// A field for a number.
    /// - Parameters:
    ///   - action: The action id.
    ///   - decimals: Allows a fraction.
    ///   - min: The smallest number.
    ///   - max: The greatest number.
    ///   - initial: What stands there at first.
    ///   - placeholder: Shown while it is empty, at most 150 characters.
    ///   - dispatch: When it calls its handler before the form is submitted.
    ///   - focus: Puts the cursor here as the form opens; once in a form.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/block-elements/number-input-element>
    public static func numberInput(
        action: String, decimals: Bool = false, min: Double? = nil, max: Double? = nil, initial: Double? = nil,
        placeholder: String? = nil, dispatch: [DispatchTrigger] = [], focus: Bool = false
    ) -> Element {
        Element(
            kind: .number(
                NumberElement(
                    id: action, decimals: decimals, min: min, max: max, initial: initial, placeholder: placeholder,
                    dispatch: dispatch)), wantsFocus: focus)
    }
}

package struct NumberElement: ElementContent {
    let id: String
    let decimals: Bool
    var min: Double?
    var max: Double?
    var initial: Double?
    var placeholder: String?
    let dispatch: [DispatchTrigger]

    var type: String { "number_input" }
    var kind: Element.Kind { .number(self) }
    var places: ElementPlaces { .input }
    var action: String? { id }

    func writeMembers(to writer: inout JSONWriter) {
        writer.member("is_decimal_allowed", decimals)
        writer.member("min_value", min.flatMap(text))
        writer.member("max_value", max.flatMap(text))
        writer.member("initial_value", initial.flatMap(text))
        writer.member("placeholder", plain: placeholder)
        writer.member(dispatch: dispatch)
    }

    /// Slack wants numbers as texts, whole ones without a fraction.
    private func text(_ number: Double) -> String? {
        guard number.isFinite else { return nil }
        return Int64(exactly: number).map { String($0) } ?? number.description
    }
}

extension NumberElement {
    func check(_ inspection: inout Inspection) {
        for (name, number) in [("min_value", min), ("max_value", max), ("initial_value", initial)] {
            guard let number else { continue }
            if !number.isFinite {
                inspection.at(name) { $0.report("is no finite number", mend: "leave it out for no bound") }
            } else if !decimals, number.rounded() != number {
                inspection.at(name) {
                    $0.report("\(number) has a fraction, which the field does not allow", mend: "allow decimals")
                }
            }
        }
        if let min, let max, min > max {
            inspection.at("min_value") { $0.report("\(min) is above the greatest value \(max)", mend: "swap them") }
        }
        if let initial, initial < min ?? initial || initial > max ?? initial {
            inspection.at("initial_value") { $0.report("is out of bounds", mend: "choose one between them") }
        }
        if let placeholder { inspection.plain(placeholder, 1...SlackLimits.placeholder, at: "placeholder") }
    }

    mutating func clip() {
        min = min.flatMap(allowed)
        max = max.flatMap(allowed)
        if let least = min, let greatest = max, least > greatest { max = nil }
        initial = initial.flatMap(allowed).flatMap { $0 < min ?? $0 || $0 > max ?? $0 ? nil : $0 }
        placeholder = Clip.label(placeholder, to: SlackLimits.placeholder)
    }

    private func allowed(_ number: Double) -> Double? {
        number.isFinite && (decimals || number.rounded() == number) ? number : nil
    }
}
