import Testing

@testable import Sandbox

@Suite struct SlackBlockKitTests {
    static func text(_ count: Int, _ type: String = "plain_text") -> JSON {
        ["type": .string(type), "text": .string(String(repeating: "x", count: count))]
    }

    static func option(_ text: Int = 5, value: Int = 5) -> JSON {
        ["text": Self.text(text), "value": .string(String(repeating: "v", count: value))]
    }

    static func options(_ count: Int) -> JSON { .array(Array(repeating: option(), count: count)) }

    static func actions(_ element: JSON) -> JSON { ["type": "actions", "elements": [element]] }

    static func input(_ element: JSON) -> JSON { ["type": "input", "label": text(5), "element": element] }

    static let refused: [(JSON, String)] = [
        (["type": "nonsense"], "unsupported type: nonsense [json-pointer:/blocks/0/type]"),
        (["text": "x"], "missing required field: type [json-pointer:/blocks/0]"),
        ("divider", "must provide an object [json-pointer:/blocks/0]"),
        (["type": "divider", "color": "red"], "invalid additional property: color [json-pointer:/blocks/0]"),
        (
            ["type": "divider", "block_id": .string(String(repeating: "b", count: 256))],
            "must be less than 256 characters [json-pointer:/blocks/0/block_id]"
        ),
        (["type": "section"], "missing required field: text [json-pointer:/blocks/0]"),
        (["type": "section", "text": "plain"], "must provide an object [json-pointer:/blocks/0/text]"),
        (
            ["type": "section", "text": ["type": "mrkdwn", "text": ""]],
            "must be more than 0 characters [json-pointer:/blocks/0/text/text]"
        ),
        (
            ["type": "section", "text": text(3_001, "mrkdwn")],
            "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
        ),
        (
            ["type": "section", "text": ["type": "mrkdwn", "text": "x", "emoji": true]],
            "invalid additional property: emoji [json-pointer:/blocks/0/text]"
        ),
        (
            ["type": "section", "fields": .array(Array(repeating: text(5), count: 11))],
            "no more than 10 items allowed [json-pointer:/blocks/0/fields]"
        ),
        (
            ["type": "section", "fields": [text(2_001)]],
            "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]"
        ),
        (
            ["type": "section", "text": text(5), "accessory": ["type": "plain_text_input"]],
            "unsupported type: plain_text_input [json-pointer:/blocks/0/accessory/type]"
        ),
        (
            ["type": "header", "text": text(151)],
            "must be less than 151 characters [json-pointer:/blocks/0/text/text]"
        ),
        (
            ["type": "header", "text": text(5, "mrkdwn")],
            "must be one of plain_text [json-pointer:/blocks/0/text/type]"
        ),
        (["type": "image", "image_url": "https://x"], "missing required field: alt_text [json-pointer:/blocks/0]"),
        (["type": "actions", "elements": []], "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
        (
            ["type": "actions", "elements": .array(Array(repeating: ["type": "button", "text": text(5)], count: 26))],
            "no more than 25 items allowed [json-pointer:/blocks/0/elements]"
        ),
        (
            [
                "type": "actions",
                "elements": [
                    ["type": "button", "text": text(5), "action_id": "a"],
                    ["type": "button", "text": text(5), "action_id": "a"],
                ],
            ], "`action_id` `a` already exists [json-pointer:/blocks/0/elements/1/action_id]"
        ),
        (
            actions(["type": "button", "text": text(76)]),
            "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"
        ),
        (
            actions(["type": "button", "text": text(5), "style": "loud"]),
            "must be one of primary, danger [json-pointer:/blocks/0/elements/0/style]"
        ),
        (
            actions(["type": "button", "text": text(5), "value": .string(String(repeating: "x", count: 2_001))]),
            "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]"
        ),
        (
            actions(["type": "overflow", "options": options(6)]),
            "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]"
        ),
        (
            actions(["type": "overflow", "options": options(1)]),
            "no fewer than 2 items allowed [json-pointer:/blocks/0/elements/0/options]"
        ),
        (
            actions(["type": "static_select", "options": options(101)]),
            "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]"
        ),
        (
            actions(["type": "static_select", "options": [option(76)]]),
            "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]"
        ),
        (
            actions(["type": "static_select", "options": [option(5, value: 151)]]),
            "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]"
        ),
        (
            actions(["type": "static_select", "options": options(2), "placeholder": text(151)]),
            "must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]"
        ),
        (
            actions(["type": "datepicker", "initial_date": "2026-02-30"]),
            "must be a valid date [json-pointer:/blocks/0/elements/0/initial_date]"
        ),
        (
            actions(["type": "button", "text": text(5), "confirm": ["title": text(101), "text": text(5)]]),
            "must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]"
        ),
        (
            ["type": "context", "elements": .array(Array(repeating: text(5), count: 11))],
            "no more than 10 items allowed [json-pointer:/blocks/0/elements]"
        ),
        (input(["type": "button", "text": text(5)]), "unsupported type: button [json-pointer:/blocks/0/element/type]"),
        (
            input(["type": "checkboxes", "options": options(11)]),
            "no more than 10 items allowed [json-pointer:/blocks/0/element/options]"
        ),
        (
            input(["type": "plain_text_input", "max_length": 3_001]),
            "must be less than 3001 [json-pointer:/blocks/0/element/max_length]"
        ),
        (
            ["type": "input", "label": text(2_001), "element": ["type": "plain_text_input"]],
            "must be less than 2001 characters [json-pointer:/blocks/0/label/text]"
        ),
        (
            ["type": "markdown", "text": .string(String(repeating: "x", count: 12_001))],
            "must be less than 12001 characters [json-pointer:/blocks/0/text]"
        ),
    ]

    @Test(arguments: refused)
    func `a block that Slack refuses is refused with the place of the fault`(block: JSON, problem: String) {
        let error = #expect(throws: SlackError.self) { try BlockKitRules.check(message: [block]) }
        #expect(error?.code == "invalid_blocks")
        #expect(error?.messages == [problem])
        #expect(error?.json["response_metadata"]?["messages"]?.array?.first?.string == "[ERROR] \(problem)")
        #expect(error?.json["errors"]?.array?.first?.string == problem)
    }

    static let taken: [JSON] = [
        ["type": "divider"], ["type": "section", "text": text(3_000, "mrkdwn")],
        ["type": "header", "text": text(150)],
        actions([
            "type": "button", "text": text(75), "action_id": "a", "value": "v", "url": "https://x", "style": "primary",
        ]),
        actions(["type": "overflow", "options": options(5)]),
        actions(["type": "static_select", "options": options(100), "placeholder": text(150)]),
        actions(["type": "static_select", "option_groups": [["label": text(75), "options": options(3)]]]),
        actions(["type": "external_select", "min_query_length": 0]),
        actions(["type": "datepicker", "initial_date": "2028-02-29"]),
        input(["type": "plain_text_input", "multiline": true, "max_length": 3_000]),
        input(["type": "radio_buttons", "options": options(10)]),
        [
            "type": "context",
            "elements": [["type": "image", "image_url": "https://x", "alt_text": ""], text(5, "mrkdwn")],
        ],
        ["type": "image", "image_url": "https://x", "alt_text": "x", "title": text(5)],
    ]

    @Test(arguments: taken) func `a block at its limits is taken`(block: JSON) throws {
        #expect(try BlockKitRules.check(message: [block]) == [block])
    }

    @Test func `a message takes fifty blocks and no more`() throws {
        let fifty = Array(repeating: ["type": "divider"] as JSON, count: 50)
        #expect(try BlockKitRules.check(message: .array(fifty)).count == 50)
        let error = #expect(throws: SlackError.self) {
            try BlockKitRules.check(message: .array(fifty + [["type": "divider"]]))
        }
        #expect(error?.messages == ["no more than 50 items allowed [json-pointer:/blocks]"])
    }

    @Test(
        arguments: [
            (["title": text(25)], "must be less than 25 characters [json-pointer:/view/title/text]"),
            (["title": nil], "missing required field: title [json-pointer:/view]"),
            (["submit": text(25)], "must be less than 25 characters [json-pointer:/view/submit/text]"),
            (["close": text(25)], "must be less than 25 characters [json-pointer:/view/close/text]"),
            (
                ["private_metadata": .string(String(repeating: "x", count: 3_001))],
                "must be less than 3001 characters [json-pointer:/view/private_metadata]"
            ),
            (
                ["callback_id": .string(String(repeating: "x", count: 256))],
                "must be less than 256 characters [json-pointer:/view/callback_id]"
            ),
            (["submit": nil], "missing required field: submit [json-pointer:/view]"),
            (["blocks": nil], "missing required field: blocks [json-pointer:/view]"),
            (
                ["blocks": .array(Array(repeating: ["type": "divider"], count: 101))],
                "no more than 100 items allowed [json-pointer:/view/blocks]"
            ),
            (["state": [:]], "invalid additional property: state [json-pointer:/view]"),
            (
                ["blocks": [["type": "markdown", "text": "x"]]],
                "unsupported type: markdown [json-pointer:/view/blocks/0/type]"
            ),
        ] as [([String: JSON?], String)])
    func `a view that Slack refuses is refused with the place of the fault`(change: [String: JSON?], problem: String) {
        var view = SlackHarness.modal()
        for (name, value) in change { view[name] = value }
        let error = #expect(throws: SlackError.self) { try BlockKitRules.check(view: view) }
        #expect(error?.code == "invalid_arguments")
        #expect(error?.messages == [problem])
    }

    @Test func `a view beyond a quarter of a megabyte is too large`() {
        let section: JSON = ["type": "section", "text": Self.text(3_000)]
        let view = SlackHarness.modal(more: ["blocks": .array(Array(repeating: section, count: 90))])
        #expect(throws: SlackError.self) { try BlockKitRules.check(view: view) }
        #expect((try? BlockKitRules.check(view: view)) == nil)
        let error = #expect(throws: SlackError.self) { try BlockKitRules.check(view: view) }
        #expect(error?.code == "view_too_large")
    }

    @Test(
        arguments: [
            (["type": "datepicker"], ["selected_date": "tomorrow"]),
            (["type": "datepicker"], ["selected_date": "2026-02-29"]),
            (["type": "timepicker"], ["selected_time": "24:00"]),
            (["type": "datetimepicker"], ["selected_date_time": "now"]),
            (["type": "static_select", "options": [option()]], ["selected_option": option(6, value: 6)]),
            (["type": "checkboxes", "options": [option()]], ["selected_options": [option(6, value: 6)]]),
            (["type": "checkboxes", "options": [option()]], ["selected_options": "vvvvv"]),
            (["type": "external_select"], ["selected_option": ["value": "x"]]),
            (["type": "multi_users_select", "max_selected_items": 1], ["selected_users": ["U1", "U2"]]),
            (["type": "plain_text_input"], ["value": 7]),
            (["type": "rich_text_input"], ["rich_text_value": ["type": "x"]]),
            (["type": "button"], ["value": "x"]), (["type": "file_input"], ["files": ["F1"]]),
        ] as [(JSON, JSON)])
    func `an element gives only what a person could enter into it`(element: JSON, given: JSON) {
        #expect(ElementValue.read(given, for: element) == nil)
    }

    @Test func `an element gives what was entered in the form of payloads`() {
        let select: JSON = ["type": "static_select", "options": [Self.option()]]
        #expect(
            ElementValue.read(["selected_option": ["value": "vvvvv"]], for: select)
                == ["type": "static_select", "selected_option": Self.option()])
        let text: JSON = ["type": "plain_text_input"]
        #expect(ElementValue.read(["value": ""], for: text) == ["type": "plain_text_input", "value": .null])
        #expect(ElementValue.read([:], for: ["type": "checkboxes"]) == ["type": "checkboxes", "selected_options": []])
    }

    @Test func `blocks and elements without ids are given some`() throws {
        var ids = SlackIDs(seed: 1)
        let blocks = BlockKitForm.complete([Self.actions(["type": "button", "text": Self.text(2)])], ids: &ids)
        let place = try #require(BlockKitForm.elements(in: blocks).first)
        #expect(place.blockID.count == 5)
        #expect(place.actionID.count == 5)
        #expect(place.element["text"]?["emoji"] == true)
    }
}
