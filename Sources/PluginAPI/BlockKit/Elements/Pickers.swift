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
                    id: action, initial: .day(initial), placeholder: placeholder, confirm: confirm)), wantsFocus: focus)
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
                    confirm: confirm)), wantsFocus: focus)
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
                    id: action, initial: .moment(seconds), placeholder: nil, confirm: confirm)), wantsFocus: focus)
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

    var action: String? { id }

    var type: String {
        switch initial {
        case .day: "datepicker"
        case .time: "timepicker"
        case .moment: "datetimepicker"
        }
    }

    var kind: Element.Kind { .picker(self) }
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
    }
}

extension PickerElement {
    func check(_ inspection: inout Inspection) {
        switch initial {
        case .day(let day?) where !CalendarText.isDay(day):
            inspection.at("initial_date") { $0.report("“\(day)” is no day", mend: "write it like 2026-12-24") }
        case .time(let time?, _) where !CalendarText.isTime(time):
            inspection.at("initial_time") { $0.report("“\(time)” is no time of day", mend: "write it like 18:30") }
        case .moment(let seconds?) where !CalendarText.moments.contains(seconds):
            inspection.at("initial_date_time") {
                $0.report(
                    "is not in the years 2001 to 2286, whose seconds have 10 digits", mend: "choose another moment")
            }
        default: break
        }
        if case .time(_, let timezone?) = initial {
            inspection.string(timezone, 1...SlackLimits.id, at: "timezone", mend: "use a name such as Europe/Berlin")
        }
        if let placeholder { inspection.plain(placeholder, 1...SlackLimits.placeholder, at: "placeholder") }
        confirm?.check(&inspection)
    }

    mutating func clip() {
        switch initial {
        case .day(let day): initial = .day(day.flatMap { CalendarText.isDay($0) ? $0 : nil })
        case .time(let time, let timezone):
            initial = .time(
                time.flatMap { CalendarText.isTime($0) ? $0 : nil },
                timezone: timezone.flatMap { $0.isEmpty || $0.utf16.count > SlackLimits.id ? nil : $0 })
        case .moment(let seconds): initial = .moment(seconds.flatMap { CalendarText.moments.contains($0) ? $0 : nil })
        }
        placeholder = Clip.label(placeholder, to: SlackLimits.placeholder)
        confirm?.clip()
    }
}
