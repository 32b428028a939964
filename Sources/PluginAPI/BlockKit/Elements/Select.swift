extension Element {
    /// A menu for one choice.
    /// - Parameters:
    ///   - source: Where the choices come from.
    ///   - action: The action id.
    ///   - placeholder: Shown while nothing is chosen, at most 150 characters.
    ///   - initial: The value or id that is chosen at first; for an external menu it is given in the source.
    ///   - confirm: Asked before.
    ///   - focus: Puts the cursor here as the form opens; once in a form.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element>
    public static func select(
        _ source: SelectSource, action: String, placeholder: String? = nil, initial: String? = nil,
        confirm: Confirm? = nil, focus: Bool = false
    ) -> Element {
        Element(
            kind: .select(
                SelectElement(
                    id: action, source: source, multiple: nil, placeholder: placeholder,
                    initial: initial.map { [$0] } ?? [], confirm: confirm)), wantsFocus: focus)
    }

    /// A menu for several choices.
    /// - Parameters:
    ///   - source: Where the choices come from.
    ///   - action: The action id.
    ///   - max: How many may be chosen, at least 1; any number where it is `nil`.
    ///   - placeholder: Shown while nothing is chosen, at most 150 characters.
    ///   - initial: The values or ids that are chosen at first; for an external menu they are given in the source.
    ///   - confirm: Asked before.
    ///   - focus: Puts the cursor here as the form opens; once in a form.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/block-elements/multi-select-menu-element>
    public static func multiSelect(
        _ source: SelectSource, action: String, max: Int? = nil, placeholder: String? = nil, initial: [String] = [],
        confirm: Confirm? = nil, focus: Bool = false
    ) -> Element {
        Element(
            kind: .select(
                SelectElement(
                    id: action, source: source, multiple: SelectElement.Multiple(max: max), placeholder: placeholder,
                    initial: initial, confirm: confirm)), wantsFocus: focus)
    }
}

package struct SelectElement: ElementContent {
    struct Multiple: Hashable, Sendable {
        let max: Int?
    }

    let id: String
    var source: SelectSource
    /// Set in a menu for several choices.
    var multiple: Multiple?
    var placeholder: String?
    var initial: [String]
    var confirm: Confirm?

    var kind: Element.Kind { .select(self) }
    var places: ElementPlaces { [.section, .actions, .input] }
    var action: String? { id }

    var type: String {
        let noun =
            switch source.kind {
            case .options, .groups: "static"
            case .external: "external"
            case .users: "users"
            case .conversations: "conversations"
            case .channels: "channels"
            }
        return multiple == nil ? "\(noun)_select" : "multi_\(noun)_select"
    }

    /// The options that are chosen at first, in the order of the menu.
    var initialOptions: [Option] {
        switch source.kind {
        case .options(let options): options.filter { initial.contains($0.value) }
        case .groups(let groups): groups.flatMap(\.options).filter { initial.contains($0.value) }
        case .external(_, let initial): initial
        case .users, .conversations, .channels: []
        }
    }

    func writeMembers(to writer: inout JSONWriter) {
        writer.member("placeholder", plain: placeholder)
        switch source.kind {
        case .options(let options):
            writer.member("options", options: options)
            writeInitialOptions(to: &writer)
        case .groups(let groups):
            writer.array("option_groups") { writer in
                for group in groups { group.write(to: &writer) }
            }
            writeInitialOptions(to: &writer)
        case .external(let minQueryLength, _):
            writer.member("min_query_length", minQueryLength)
            writeInitialOptions(to: &writer)
        case .users: writeInitialIDs(one: "initial_user", several: "initial_users", to: &writer)
        case .channels: writeInitialIDs(one: "initial_channel", several: "initial_channels", to: &writer)
        case .conversations(let filter, let defaultToCurrent):
            writeInitialIDs(one: "initial_conversation", several: "initial_conversations", to: &writer)
            if defaultToCurrent { writer.member("default_to_current_conversation", true) }
            filter.write(to: &writer)
        }
        if let multiple { writer.member("max_selected_items", multiple.max) }
        writer.member("confirm", confirm: confirm)
    }

    private func writeInitialOptions(to writer: inout JSONWriter) {
        let chosen = initialOptions
        guard let first = chosen.first else { return }
        if multiple == nil {
            writer.key("initial_option")
            first.write(to: &writer)
        } else {
            writer.member("initial_options", options: chosen)
        }
    }

    private func writeInitialIDs(one: String, several: String, to writer: inout JSONWriter) {
        guard let first = initial.first else { return }
        if multiple == nil {
            writer.member(one, first)
        } else {
            writer.array(several) { writer in
                for id in initial { writer.string(id) }
            }
        }
    }
}

extension SelectElement {
    func check(_ inspection: inout Inspection) {
        if let placeholder { inspection.plain(placeholder, 1...SlackLimits.placeholder, at: "placeholder") }
        let atMost = multiple == nil ? 1 : multiple?.max ?? SlackLimits.options
        switch source.kind {
        case .options(let options): inspection.check(options, 1...SlackLimits.options, in: .menu)
        case .groups(let groups):
            inspection.count(
                groups.count, in: 1...SlackLimits.options, at: "option_groups",
                mend: "offer fewer, or use an external menu that searches")
            inspection.each("option_groups", groups) { group, inspection in group.check(&inspection) }
        case .external(let minQueryLength, let initial):
            inspection.check(initial, at: "initial_options", 0...max(atMost, 0), in: .menu)
            if let minQueryLength, minQueryLength < 0 {
                inspection.at("min_query_length") { $0.report("is below 0", mend: "use 0 to ask as the menu opens") }
            }
        case .users, .conversations, .channels: break
        }
        if let maximum = multiple?.max, maximum < 1 {
            inspection.at("max_selected_items") {
                $0.report("is \(maximum), Slack wants at least 1", mend: "leave it out for any number")
            }
        }
        checkInitial(atMost: atMost, &inspection)
        confirm?.check(&inspection)
    }

    private func checkInitial(atMost: Int, _ inspection: inout Inspection) {
        let known: Set<String>
        switch source.kind {
        case .options, .groups: known = Set(initialOptions.map(\.value))
        case .external: known = []
        case .users, .conversations, .channels: known = Set(initial)
        }
        let place = multiple == nil ? "initial_option" : "initial_options"
        for value in initial where !known.contains(value) {
            inspection.at(place) {
                $0.report("“\(value)” is no option of this menu", mend: "choose the value of one of its options")
            }
        }
        if initial.count > max(atMost, 0) {
            inspection.at(place) {
                $0.report(
                    "\(grouped(initial.count)) are chosen, at most \(grouped(atMost)) may be", mend: "choose fewer")
            }
        }
    }

    mutating func clip() {
        placeholder = Clip.label(placeholder, to: SlackLimits.placeholder)
        if let maximum = multiple?.max, maximum < 1 { multiple = Multiple(max: nil) }
        let atMost = multiple == nil ? 1 : multiple?.max ?? SlackLimits.options
        switch source.kind {
        case .options(let options): source = .options(options.fitting(in: .menu))
        case .groups(let groups): source = .groups(groups.fitting())
        case .external(let minQueryLength, let initial):
            source = .external(
                minQueryLength: minQueryLength.map { max($0, 0) }, initial: initial.fitting(atMost, in: .menu))
        case .users, .conversations, .channels: break
        }
        switch source.kind {
        case .options, .groups: initial = Array(initialOptions.map(\.value).prefix(atMost))
        case .external: initial = []
        case .users, .conversations, .channels: initial = Array(initial.prefix(atMost))
        }
        confirm?.clip()
    }
}
