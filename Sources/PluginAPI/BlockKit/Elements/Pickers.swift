public import FoundationEssentials

extension Element {
    /// A day.
    /// - Parameters:
    ///   - action: The action id.
    ///   - initial: `2026-12-24`.
    ///   - placeholder: At most 150 characters.
    ///   - confirm: Asked before.
    ///   - focus: Puts the cursor here as the form opens; once in a form.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/block-elements/date-picker-element>
    public static func datePicker(
        action: String, initial: String? = nil, placeholder: String? = nil, confirm: Confirm? = nil,
        focus: Bool = false
    ) -> Element {
        Element(
            kind: .picker(
                PickerElement(
                    id: action, initial: .day(initial), placeholder: placeholder, confirm: confirm,
                    wantsFocus: focus)))
    }

    /// A time of day.
    /// - Parameters:
    ///   - action: The action id.
    ///   - initial: `18:30`.
    ///   - timezone: IANA name, such as `Europe/Berlin`; for showing only, the handler is given the time as it was chosen.
    ///   - placeholder: At most 150 characters.
    ///   - confirm: Asked before.
    ///   - focus: Puts the cursor here as the form opens; once in a form.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/block-elements/time-picker-element>
    public static func timePicker(
        action: String, initial: String? = nil, timezone: String? = nil, placeholder: String? = nil,
        confirm: Confirm? = nil, focus: Bool = false
    ) -> Element {
        Element(
            kind: .picker(
                PickerElement(
                    id: action, initial: .time(initial, timezone: timezone), placeholder: placeholder,
                    confirm: confirm, wantsFocus: focus)))
    }

    /// A moment, in the person's time zone.
    /// - Parameters:
    ///   - action: The action id.
    ///   - initial: To the second.
    ///   - confirm: Asked before.
    ///   - focus: Puts the cursor here as the form opens; once in a form.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/block-elements/datetime-picker-element>
    public static func dateTimePicker(
        action: String, initial: Date? = nil, confirm: Confirm? = nil, focus: Bool = false
    ) -> Element {
        let seconds = initial.flatMap { Int(exactly: $0.timeIntervalSince1970.rounded(.down)) }
        return Element(
            kind: .picker(
                PickerElement(
                    id: action, initial: .moment(seconds), placeholder: nil, confirm: confirm, wantsFocus: focus)))
    }
}

package struct PickerElement: ElementContent {
    enum Initial: Hashable, Sendable {
        case day(String?)
        case time(String?, timezone: String?)
        case moment(Int?)
    }

    let id: String
    var initial: Initial
    var placeholder: String?
    var confirm: Confirm?
    let wantsFocus: Bool

    var action: String? { id }

    var type: String {
        switch initial {
        case .day: "datepicker"
        case .time: "timepicker"
        case .moment: "datetimepicker"
        }
    }

    var places: ElementPlaces {
        if case .moment = initial { [.actions, .input] } else { [.section, .actions, .input] }
    }

    func writeMembers(to writer: inout JSONWriter) {
        switch initial {
        case .day(let day): writer.member("initial_date", day)
        case .time(let time, let timezone):
            writer.member("initial_time", time)
            writer.member("timezone", timezone)
        case .moment(let seconds): writer.member("initial_date_time", seconds)
        }
        writer.member("placeholder", plain: placeholder)
        writer.member("confirm", confirm: confirm)
        if wantsFocus { writer.member("focus_on_load", true) }
    }
}
