import PluginAPI
import SlackKit
import Testing

/// What each of Block Kit's elements sends back.
@Suite struct `The value of an element` {
    private func value(_ element: JSONValue) throws -> FieldValue {
        guard case .object(var members) = element else { throw Unexpected() }
        members["action_id"] = "a"
        var payload = try ExampleRequest.buttonInMessage.payload()
        payload.set(["actions"], to: [.object(members)])
        guard case .blockActions(let press) = try ExampleRequest.buttonInMessage.decoded(payload),
            let action = press.actions.first
        else { throw Unexpected() }
        return action.value
    }

    static let option: JSONValue = ["text": ["type": "plain_text", "text": "High"], "value": "high"]
    static let chosen = ChosenOption(value: "high", text: "High")
    static let paragraph: JSONValue = [
        "type": "rich_text",
        "elements": [
            [
                "type": "rich_text_section",
                "elements": [
                    ["type": "text", "text": "See "], ["type": "link", "url": "https://a.example"],
                    ["type": "user", "user_id": "U1"], ["type": "channel", "channel_id": "C1"],
                    ["type": "usergroup", "usergroup_id": "S1"], ["type": "emoji", "name": "tada"], ["type": "new"],
                ],
            ],
            [
                "type": "rich_text_list",
                "elements": [
                    ["type": "rich_text_section", "elements": [["type": "text", "text": "one"]]],
                    ["type": "rich_text_section", "elements": [["type": "text", "text": "two"]]],
                ],
            ],
        ],
    ]

    static let cases: [(JSONValue, FieldValue)] = [
        (["type": "button", "value": "Q1"], .text("Q1")),
        (["type": "button"], .none),
        (["type": "button", "value": ""], .none),
        (["type": "workflow_button", "workflow": ["trigger": [:]]], .none),
        (["type": "overflow", "selected_option": option], .option(chosen)),
        (["type": "static_select", "selected_option": nil], .none),
        (["type": "radio_buttons", "selected_option": option], .option(chosen)),
        (["type": "external_select", "selected_option": ["value": "x"]], .option(ChosenOption(value: "x"))),
        (["type": "checkboxes", "selected_options": [option]], .options([chosen])),
        (["type": "checkboxes", "selected_options": []], .options([])),
        (["type": "multi_static_select", "selected_options": [option, option]], .options([chosen, chosen])),
        (["type": "users_select", "selected_user": "U1"], .user("U1")),
        (["type": "users_select", "selected_user": nil], .none),
        (["type": "multi_users_select", "selected_users": ["U1", "W2"]], .users(["U1", "W2"])),
        (["type": "conversations_select", "selected_conversation": "D1"], .channel("D1")),
        (["type": "channels_select", "selected_channel": "C1"], .channel("C1")),
        (["type": "multi_conversations_select", "selected_conversations": ["G1"]], .channels(["G1"])),
        (["type": "multi_channels_select", "selected_channels": []], .channels([])),
        (["type": "datepicker", "selected_date": "2026-12-24"], .date("2026-12-24")),
        (["type": "timepicker", "selected_time": "18:30"], .time("18:30")),
        (["type": "datetimepicker", "selected_date_time": 1_704_067_200], .moment(1_704_067_200)),
        (["type": "plain_text_input", "value": "x\ny"], .text("x\ny")),
        (["type": "email_text_input", "value": "a@b.example"], .text("a@b.example")),
        (["type": "number_input", "value": "4.5"], .text("4.5")),
        (
            ["type": "file_input", "files": [["id": "F1", "name": "log.txt"]]],
            .options([.init(value: "F1", text: "log.txt")])
        ),
        (
            ["type": "rich_text_input", "rich_text_value": paragraph],
            .text("See https://a.example<@U1><#C1><!subteam^S1>:tada:\none\ntwo")
        ),
        (["type": "something_new", "selected_user": "U1"], .user("U1")),
        (["type": "something_newer", "picked": 7], .none),
    ]

    @Test(arguments: cases)
    func `is what was chosen or typed`(element: JSONValue, expected: FieldValue) throws {
        #expect(try value(element) == expected)
    }

    @Test(
        arguments: [
            ["selected_option": "high"], ["selected_option": ["text": "High"]], ["selected_options": ["high"]],
            ["selected_user": "ann"], ["selected_user": ["id": "U1"]], ["selected_users": [7]], ["selected_channel": 1],
            ["selected_date_time": "soon"], ["selected_date": 20_261_224], ["value": ["x"]], ["rich_text_value": "x"],
            ["files": [["name": "x"]]], ["selected_conversations": ["C1", "c2"]],
        ] as [JSONValue])
    func `of another type is refused`(element: JSONValue) {
        #expect(throws: DecodeFault.self) { try value(element) }
    }
}
