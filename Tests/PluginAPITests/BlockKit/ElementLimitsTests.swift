import FoundationEssentials
import PluginAPI
import Testing

@Suite struct ElementLimitsTests {
    static func action(_ element: Element) -> Block { .actions([element]) }
    static func input(_ element: Element) -> Block { .input("l", element, id: "b") }
    static func confirm(_ confirm: Confirm) -> Block { action(.button("b", action: "a", confirm: confirm)) }

    static let lengths: [LimitRow] = [
        .length("action id", 255, "blocks[0].elements[0].action_id") { action(.button("b", action: $0)) },
        .length("button text", 75, "blocks[0].elements[0].text.text") { action(.button($0, action: "a")) },
        .length("button value", 2_000, "blocks[0].elements[0].value") { action(.button("b", action: "a", value: $0)) },
        .length("button url", 3_000, "blocks[0].elements[0].url") {
            action(.button("b", action: "a", url: "https://e.com/" + $0.dropFirst(14)))
        },
        .length("button accessibility label", 75, "blocks[0].elements[0].accessibility_label") {
            action(.button("b", action: "a", accessibilityLabel: $0))
        },
        .length("confirm title", 100, "blocks[0].elements[0].confirm.title.text") { confirm(Confirm($0, "t")) },
        .length("confirm text", 300, "blocks[0].elements[0].confirm.text.text") { confirm(Confirm("t", .plain($0))) },
        .length("confirm button", 30, "blocks[0].elements[0].confirm.confirm.text") {
            confirm(Confirm("t", "t", confirm: $0))
        },
        .length("deny button", 30, "blocks[0].elements[0].confirm.deny.text") { confirm(Confirm("t", "t", deny: $0)) },
        .length("option text", 75, "blocks[0].elements[0].options[0].text.text") {
            action(.select(.options([Option($0, value: "v")]), action: "a"))
        },
        .length("option value", 150, "blocks[0].elements[0].options[0].value") {
            action(.select(.options([Option("o", value: $0)]), action: "a"))
        },
        .length("option description", 75, "blocks[0].elements[0].options[0].description.text") {
            action(.radioButtons(action: "a", options: [Option("o", value: "v", description: $0)]))
        },
        .length("overflow option url", 3_000, "blocks[0].elements[0].options[1].url") {
            action(
                .overflow(
                    action: "a",
                    options: [
                        Option("o", value: "v"), Option("p", value: "w", url: "https://e.com/" + $0.dropFirst(14)),
                    ]))
        },
        .length("option group label", 75, "blocks[0].elements[0].option_groups[0].label.text") {
            action(.select(.groups([OptionGroup($0, options(1))]), action: "a"))
        },
        .length("select placeholder", 150, "blocks[0].elements[0].placeholder.text") {
            action(.select(.users, action: "a", placeholder: $0))
        },
        .length("multi-select placeholder", 150, "blocks[0].elements[0].placeholder.text") {
            action(.multiSelect(.channels, action: "a", placeholder: $0))
        },
        .length("date picker placeholder", 150, "blocks[0].elements[0].placeholder.text") {
            action(.datePicker(action: "a", placeholder: $0))
        },
        .length("text input placeholder", 150, "blocks[0].element.placeholder.text") {
            input(.textInput(action: "a", placeholder: $0))
        },
        .length("number input placeholder", 150, "blocks[0].element.placeholder.text") {
            input(.numberInput(action: "a", placeholder: $0))
        },
        .length("text input initial value", 3_000, "blocks[0].element.initial_value") {
            input(.textInput(action: "a", initial: $0))
        },
        .length("text input initial value under its own limit", 20, "blocks[0].element.initial_value") {
            input(.textInput(action: "a", max: 20, initial: $0))
        },
    ]

    static let counts: [LimitRow] = [
        .count("overflow options", 5, "blocks[0].elements[0].options") {
            action(.overflow(action: "a", options: options($0)))
        },
        .count("select options", 100, "blocks[0].elements[0].options") {
            action(.select(.options(options($0)), action: "a"))
        },
        .count("multi-select options", 100, "blocks[0].element.options") {
            input(.multiSelect(.options(options($0)), action: "a"))
        },
        .count("option groups", 100, "blocks[0].elements[0].option_groups") { count in
            action(.select(.groups((0..<count).map { OptionGroup("g\($0)", options(1)) }), action: "a"))
        },
        .count("options of a group", 100, "blocks[0].elements[0].option_groups[0].options") {
            action(.select(.groups([OptionGroup("g", options($0))]), action: "a"))
        },
        .count("radio buttons", 10, "blocks[0].elements[0].options") {
            action(.radioButtons(action: "a", options: options($0)))
        },
        .count("checkboxes", 10, "blocks[0].elements[0].options") {
            action(.checkboxes(action: "a", options: options($0)))
        },
    ]

    @Test(arguments: lengths + counts)
    func `at the limit it passes and one over it fails`(row: LimitRow) {
        #expect(row.faults(row.limit) == [])
        let faults = row.faults(row.limit + 1)
        #expect(faults.map(\.place) == [row.place])
        #expect(faults.map(\.problem) == [row.problem])
        #expect(faults.allSatisfy { $0.severity == .error && !$0.mend.isEmpty })
    }

    static let two = options(2)
    @Test(
        arguments: [
            (.button("", action: "a"), "text.text", "is empty"),
            (.button("b", action: ""), "action_id", "is empty"),
            (.button("b", action: "a", url: "javascript:x"), "url", "is no http or https address"),
            (.overflow(action: "a", options: options(1)), "options", "has 1 items, Slack wants at least 2"),
            (.select(.options([]), action: "a"), "options", "is empty, Slack wants at least 1"),
            (.select(.groups([]), action: "a"), "option_groups", "is empty, Slack wants at least 1"),
            (
                .select(.groups([OptionGroup("g", [])]), action: "a"), "option_groups[0].options",
                "is empty, Slack wants at least 1"
            ),
            (.radioButtons(action: "a", options: []), "options", "is empty, Slack wants at least 1"),
            (.select(.options(two + options(1)), action: "a"), "options[2].value", "“v0” stands twice in this menu"),
            (.select(.options([Option("o", value: "")]), action: "a"), "options[0].value", "is empty"),
            (.select(.options([Option("", value: "v")]), action: "a"), "options[0].text.text", "is empty"),
            (
                .select(.options([Option(markup: "*o*", value: "v")]), action: "a"), "options[0].text",
                "has markup, which Slack takes in radio buttons and checkboxes only"
            ),
            (
                .select(.options([Option("o", value: "v", url: "https://e.com")]), action: "a"), "options[0].url",
                "cannot stand here, Slack takes it in overflow menus only"
            ),
            (.select(.options(two), action: "a", initial: "v9"), "initial_option", "“v9” is no option of this menu"),
            (
                .multiSelect(.options(two), action: "a", initial: ["v1", "v9"]), "initial_options",
                "“v9” is no option of this menu"
            ),
            (
                .multiSelect(.options(two), action: "a", max: 1, initial: ["v0", "v1"]), "initial_options",
                "2 are chosen, at most 1 may be"
            ),
            (.multiSelect(.users, action: "a", max: 0), "max_selected_items", "is 0, Slack wants at least 1"),
            (
                .multiSelect(.users, action: "a", max: 1, initial: ["U1", "U2"]), "initial_options",
                "2 are chosen, at most 1 may be"
            ),
            (.select(.external(minQueryLength: -1), action: "a"), "min_query_length", "is below 0"),
            (
                .select(.external(initial: two), action: "a"), "initial_options", "has 2 items, Slack takes at most 1"
            ),
            (.select(.users, action: "a", placeholder: ""), "placeholder.text", "is empty"),
            (.checkboxes(action: "a", options: two, initial: ["v9"]), "initial_options", "“v9” is no option here"),
            (.radioButtons(action: "a", options: two, initial: "v9"), "initial_option", "“v9” is no option here"),
            (.datePicker(action: "a", initial: "2026-02-29"), "initial_date", "“2026-02-29” is no day"),
            (.datePicker(action: "a", initial: "24.12.2026"), "initial_date", "“24.12.2026” is no day"),
            (.datePicker(action: "a", initial: "2026-13-01"), "initial_date", "“2026-13-01” is no day"),
            (.datePicker(action: "a", initial: "+026-12-01"), "initial_date", "“+026-12-01” is no day"),
            (.timePicker(action: "a", initial: "24:00"), "initial_time", "“24:00” is no time of day"),
            (.timePicker(action: "a", initial: "7:30"), "initial_time", "“7:30” is no time of day"),
            (.timePicker(action: "a", timezone: ""), "timezone", "is empty"),
            (
                .dateTimePicker(action: "a", initial: Date(timeIntervalSince1970: 5)), "initial_date_time",
                "is not in the years 2001 to 2286, whose seconds have 10 digits"
            ),
        ] as [(Element, String, String)])
    func `what cannot be chosen is found`(element: Element, place: String, problem: String) {
        let faults = LimitRow.inMessage(Self.action(element))
        #expect(faults.map(\.place) == ["blocks[0].elements[0].\(place)"])
        #expect(faults.map(\.problem) == [problem])
    }

    @Test(
        arguments: [
            (.textInput(action: "a", min: 3_001), "min_length", "is 3,001, Slack takes 0 to 3,000"),
            (.textInput(action: "a", min: -1), "min_length", "is -1, Slack takes 0 to 3,000"),
            (.textInput(action: "a", max: 3_001), "max_length", "is 3,001, Slack takes 1 to 3,000"),
            (.textInput(action: "a", max: 0), "max_length", "is 0, Slack takes 1 to 3,000"),
            (.textInput(action: "a", min: 5, max: 4), "min_length", "5 is above the greatest length 4"),
            (.textInput(action: "a", min: 5, initial: "abcd"), "initial_value", "is shorter than the least length 5"),
            (.emailInput(action: "a", placeholder: ""), "placeholder.text", "is empty"),
            (.numberInput(action: "a", min: 2, max: 1), "min_value", "2.0 is above the greatest value 1.0"),
            (.numberInput(action: "a", min: 0, max: 1, initial: 2), "initial_value", "is out of bounds"),
            (
                .numberInput(action: "a", initial: 1.5), "initial_value",
                "1.5 has a fraction, which the field does not allow"
            ),
            (.numberInput(action: "a", max: .infinity), "max_value", "is no finite number"),
        ] as [(Element, String, String)])
    func `what cannot be typed is found`(element: Element, place: String, problem: String) {
        let faults = LimitRow.inMessage(Self.input(element))
        #expect(faults.map(\.place) == ["blocks[0].element.\(place)"])
        #expect(faults.map(\.problem) == [problem])
    }

    @Test(
        arguments: [
            .datePicker(action: "a", initial: "2024-02-29"),
            .timePicker(action: "a", initial: "23:59", timezone: "Europe/Berlin"),
            .dateTimePicker(action: "a", initial: Date(timeIntervalSince1970: 9_999_999_999)),
            .multiSelect(.options(two), action: "a", max: 2, initial: ["v0", "v1"]),
            .select(.external(minQueryLength: 0, initial: [two[0]]), action: "a"),
            .select(.groups([OptionGroup("g", two)]), action: "a", initial: "v1"),
        ] as [Element])
    func `what Slack takes passes`(element: Element) {
        #expect(LimitRow.inMessage(Self.action(element)) == [])
        #expect(LimitRow.inMessage(Self.input(element)) == [])
    }
}
