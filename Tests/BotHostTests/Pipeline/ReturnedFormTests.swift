import PluginAPI
import SlackKit
import Testing

@testable import BotHost

/// A form that is shown once more with what was typed into it, for each element that Slack has.
@Suite struct ReturnedFormTests {
    private static let options: JSONValue = [
        ["text": ["type": "plain_text", "text": "One", "emoji": true], "value": "1"],
        ["text": ["type": "plain_text", "text": "Two", "emoji": true], "value": "2"],
    ]
    private static let two = options[1]
    private static let found: JSONValue = ["text": ["type": "plain_text", "text": "Found"], "value": "f"]

    /// The element as it was sent, what stood in it, and what it starts with when it comes back.
    static let elements: [(sent: JSONValue, state: JSONValue, initial: [String: JSONValue])] = [
        (["type": "plain_text_input"], ["value": "a < b & \"c\"\n"], ["initial_value": "a < b & \"c\"\n"]),
        (["type": "plain_text_input", "initial_value": "old"], ["value": "new"], ["initial_value": "new"]),
        (["type": "plain_text_input", "initial_value": "old"], ["value": .null], [:]),
        (["type": "number_input"], ["value": "7.5"], ["initial_value": "7.5"]),
        (["type": "email_text_input"], ["value": "a@b.example"], ["initial_value": "a@b.example"]),
        (["type": "static_select", "options": options], ["selected_option": two], ["initial_option": two]),
        (
            ["type": "static_select", "option_groups": [["label": [:], "options": options]]],
            ["selected_option": ["text": ["type": "plain_text", "text": "Two"], "value": "2"]], ["initial_option": two]
        ),
        (
            ["type": "static_select", "options": options, "initial_option": options[0]], ["selected_option": .null],
            [:]
        ),
        (["type": "radio_buttons", "options": options], ["selected_option": two], ["initial_option": two]),
        (["type": "external_select"], ["selected_option": found], ["initial_option": found]),
        (["type": "multi_external_select"], ["selected_options": [found]], ["initial_options": [found]]),
        (
            ["type": "checkboxes", "options": options, "initial_options": options], ["selected_options": [two]],
            ["initial_options": [two]]
        ),
        (["type": "checkboxes", "options": options, "initial_options": options], ["selected_options": []], [:]),
        (["type": "users_select"], ["selected_user": "U0ANN"], ["initial_user": "U0ANN"]),
        (["type": "multi_users_select"], ["selected_users": ["U0ANN"]], ["initial_users": ["U0ANN"]]),
        (["type": "channels_select"], ["selected_channel": "C0INC"], ["initial_channel": "C0INC"]),
        (["type": "multi_channels_select"], ["selected_channels": ["C0INC"]], ["initial_channels": ["C0INC"]]),
        (
            ["type": "conversations_select", "default_to_current_conversation": true],
            ["selected_conversation": "D0ANN"],
            ["initial_conversation": "D0ANN", "default_to_current_conversation": true]
        ),
        (
            ["type": "multi_conversations_select"], ["selected_conversations": ["C0INC", "D0ANN"]],
            ["initial_conversations": ["C0INC", "D0ANN"]]
        ),
        (["type": "datepicker"], ["selected_date": "2026-12-24"], ["initial_date": "2026-12-24"]),
        (["type": "timepicker"], ["selected_time": "18:30"], ["initial_time": "18:30"]),
        (["type": "datetimepicker"], ["selected_date_time": 1_790_000_000], ["initial_date_time": 1_790_000_000]),
        (
            ["type": "rich_text_input"],
            [
                "rich_text_value": [
                    "type": "rich_text",
                    "elements": [
                        [
                            "type": "rich_text_section",
                            "elements": [["type": "text", "text": "bold", "style": ["bold": true]]],
                        ]
                    ],
                ]
            ],
            [
                "initial_value": [
                    "type": "rich_text",
                    "elements": [["type": "rich_text_section", "elements": [["type": "text", "text": "bold"]]]],
                ]
            ]
        ),
        (["type": "file_input"], ["files": [["id": "F0FILE", "name": "a.txt"]]], [:]),
    ]

    @Test(arguments: elements.indices)
    func `what was entered is what the field starts with`(index: Int) throws {
        let (sent, state, initial) = Self.elements[index]
        let element = sent.object?.merging(["action_id": "coffee:x"]) { $1 } ?? [:]
        let form = try Self.submitted(
            blocks: [["type": "input", "block_id": "b", "label": [:], "element": .object(element)]],
            state: ["b": ["coffee:x": state]])
        let back = try #require(ReturnedForm(view: form).json)["blocks"][0]["element"].object ?? [:]
        let bare = element.filter { !$0.key.hasPrefix("initial_") }
        #expect(back == bare.merging(initial) { $1 })
    }

    @Test func `problems stand below their fields, the remark above all, and nothing else changes`() throws {
        let blocks: JSONValue = [
            ["type": "section", "block_id": "s", "text": ["type": "mrkdwn", "text": "Words"]],
            ["type": "input", "block_id": "b", "element": ["type": "plain_text_input", "action_id": "coffee:x"]],
        ]
        let view = try Self.submitted(blocks: blocks, state: [:])
        let form = ReturnedForm(view: view, remark: "Not now.", problems: ["b": "<wrong> & bad."])
        let json = try #require(form.json)
        #expect(
            json["blocks"].array?.map { $0["block_id"].string ?? $0["text"]["text"].string ?? "" } == [
                "Not now.", "s", "b", "⚠️ &lt;wrong&gt; &amp; bad.",
            ])
        for (name, value) in [
            "callback_id": "coffee:form", "private_metadata": "kept", "external_id": "mine", "type": "modal",
        ] {
            #expect(json[name].string == value)
        }
        #expect(json["title"]["text"].string == "Coffee")
        #expect(json["submit"]["text"].string == "Order")
        #expect(json["close"] == .null)
        #expect(json["notify_on_close"] == true)
        #expect(json["clear_on_close"] == false)
        #expect(json["id"] == .null && json["state"] == .null && json["hash"] == .null)
    }

    @Test func `what must not be kept is not put back`() throws {
        let view = try Self.submitted(
            blocks: [["type": "input", "block_id": "b", "element": ["type": "plain_text_input", "action_id": "x"]]],
            state: ["b": ["x": ["value": "hush"]]])
        let json = try #require(ReturnedForm(view: view, isFilled: false).json)
        #expect(!json.description.contains("hush"))
    }

    @Test(
        arguments: [
            ["blocks": []], ["type": "home"], ["title": .null],
            ["blocks": .array(Array(repeating: ["type": "divider"], count: 100))],
        ] as [[String: JSONValue]])
    func `what Slack would not take is not shown again`(change: [String: JSONValue]) throws {
        let view = try Self.submitted(blocks: [["type": "divider"]], state: [:], change)
        #expect(ReturnedForm(view: view, remark: "Not now.").json == nil)
    }

    private static func submitted(
        blocks: JSONValue, state: JSONValue, _ change: [String: JSONValue] = [:]
    ) throws -> ViewPayload {
        let view: [String: JSONValue] = [
            "id": "V0FORM", "type": "modal", "callback_id": "coffee:form", "private_metadata": "kept",
            "external_id": "mine", "hash": "1.h", "title": ["type": "plain_text", "text": "Coffee"],
            "submit": ["type": "plain_text", "text": "Order"], "close": .null, "notify_on_close": true,
            "clear_on_close": false, "blocks": blocks, "state": ["values": state],
        ]
        let body = SlackBody.submission(.object(view.merging(change) { $1 }))
        guard case .viewSubmission(let submission) = try SlackRequest.decode(.form, body: body.bytes) else {
            throw Unexpected()
        }
        return submission.view
    }

    private struct Unexpected: Error {}
}
