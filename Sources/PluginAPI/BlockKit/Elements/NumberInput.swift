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
                    dispatch: dispatch, wantsFocus: focus)))
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
    let wantsFocus: Bool

    var type: String { "number_input" }
    var places: ElementPlaces { .input }
    var action: String? { id }

    func writeMembers(to writer: inout JSONWriter) {
        writer.member("is_decimal_allowed", decimals)
        writer.member("min_value", min.flatMap(text))
        writer.member("max_value", max.flatMap(text))
        writer.member("initial_value", initial.flatMap(text))
        writer.member("placeholder", plain: placeholder)
        writer.member(dispatch: dispatch)
        if wantsFocus { writer.member("focus_on_load", true) }
    }

    /// Slack wants numbers as texts, whole ones without a fraction.
    private func text(_ number: Double) -> String? {
        guard number.isFinite else { return nil }
        return Int64(exactly: number).map { String($0) } ?? number.description
    }
}
