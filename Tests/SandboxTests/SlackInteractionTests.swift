import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(10))) struct SlackInteractionTests {
    static let blocks: JSON = [
        ["type": "section", "block_id": "what", "text": ["type": "mrkdwn", "text": "*Checkout* is down"]],
        [
            "type": "actions", "block_id": "deeds",
            "elements": [
                [
                    "type": "button", "action_id": "ack", "text": ["type": "plain_text", "text": "Acknowledge"],
                    "value": "P1",
                ],
                [
                    "type": "overflow", "action_id": "more",
                    "options": [SlackHarness.option("Add a Note", "note"), SlackHarness.option("Escalate", "up")],
                ],
                [
                    "type": "static_select", "action_id": "priority",
                    "placeholder": ["type": "plain_text", "text": "Priority"],
                    "options": [SlackHarness.option("P1", "p1"), SlackHarness.option("P2", "p2")],
                ],
                ["type": "datepicker", "action_id": "day"],
                ["type": "users_select", "action_id": "who"],
                ["type": "external_select", "action_id": "service", "min_query_length": 1],
            ],
        ],
    ]

    private func post(_ slack: SlackHarness) async throws -> JSON {
        let posted = try await slack.api(
            "chat.postMessage", ["channel": "C0GENERAL", "text": "x", "blocks": Self.blocks])
        return try #require(posted.json["ts"])
    }

    @Test func `a pressed button arrives with everything that Slack sends`() async throws {
        try await SlackHarness.run { slack in
            let ts = try await post(slack)
            let pressed = try await slack.control(
                "action", ["channel": "C0GENERAL", "message_ts": ts, "action": "acknowledge"], by: SlackHarness.ben)
            #expect(pressed.json["ok"] == true)
            let received = await slack.app.request(1)
            #expect(received.path == "/slack/events")
            let payload = received.payload
            #expect(payload["type"] == "block_actions")
            #expect(payload["user"] == ["id": "U0BEN0001", "username": "ben", "name": "ben", "team_id": "T0ACME001"])
            #expect(
                payload["container"] == [
                    "type": "message", "message_ts": ts, "channel_id": "C0GENERAL", "is_ephemeral": false,
                ])
            #expect(payload["channel"] == ["id": "C0GENERAL", "name": "general"])
            #expect(payload["message"]?["ts"] == ts)
            #expect(payload["message"]?["bot_id"] == "B0BOTHOST")
            #expect(payload["enterprise"] == .null)
            #expect(payload["state"]?["values"]?["deeds"]?["day"] == ["type": "datepicker", "selected_date": .null])
            #expect(payload["response_url"]?.string?.hasPrefix("\(slack.origin)/actions/T0ACME001/") == true)
            #expect(payload["trigger_id"]?.string?.isEmpty == false)
            let action = try #require(payload["actions"]?.array?.first)
            #expect(action["action_id"] == "ack")
            #expect(action["block_id"] == "deeds")
            #expect(action["value"] == "P1")
            #expect(action["text"] == ["type": "plain_text", "text": "Acknowledge", "emoji": true])
            #expect(action["action_ts"]?.string?.contains(".") == true)
        }
    }

    @Test(
        arguments: [
            (["action": "Escalate"], "more", ["selected_option", "value"], "up"),
            (["action": "more", "value": "Add a Note"], "more", ["selected_option", "value"], "note"),
            (["action": "P2"], "priority", ["selected_option", "value"], "p2"),
            (["action": "Priority", "value": "p1"], "priority", ["selected_option", "value"], "p1"),
            (["action": "day", "value": "2026-03-01"], "day", ["selected_date"], "2026-03-01"),
            (["action": "who", "value": "@ben"], "who", ["selected_user"], "U0BEN0001"),
        ] as [([String: JSON], String, [String], String)])
    func `a script names elements and options by what stands on them`(
        asked: [String: JSON], action: String, path: [String], value: String
    ) async throws {
        try await SlackHarness.run { slack in
            _ = try await post(slack)
            _ = try await slack.control("action", .object(asked.merging(["channel": "C0GENERAL"]) { $1 }))
            let sent = try #require(await slack.app.request(1).payload["actions"]?.array?.first)
            #expect(sent["action_id"]?.string == action)
            #expect(path.reduce(sent) { $0?[$1] }?.string == value)
        }
    }

    @Test func `what is not there is said with what is`() async throws {
        try await SlackHarness.run { slack in
            _ = try await post(slack)
            let reply = try await slack.control("action", ["channel": "C0GENERAL", "action": "Resolve"])
            #expect(reply.status == 400)
            #expect(reply.error?.contains("Acknowledge") == true)
            let value = try await slack.control(
                "action", ["channel": "C0GENERAL", "action": "day", "value": "tomorrow"])
            #expect(value.status == 400)
            #expect(await slack.app.received.isEmpty)
        }
    }

    @Test func `an ephemeral message is not sent back and is there for one person`() async throws {
        try await SlackHarness.run { slack in
            await slack.app.answer(.json(["blocks": Self.blocks]))
            _ = try await slack.type("/pd help")
            let ts = try #require(try await slack.messages().first?["ts"])
            let other = try await slack.control(
                "action", ["channel": "C0GENERAL", "message_ts": ts, "action": "ack"], by: SlackHarness.ben)
            #expect(other.status == 400)
            _ = try await slack.control("action", ["channel": "C0GENERAL", "message_ts": ts, "action": "ack"])
            let payload = await slack.app.request(2).payload
            #expect(payload["container"]?["is_ephemeral"] == true)
            #expect(payload["message"] == nil)
        }
    }

    @Test func `an app that fails to answer is named to the person`() async throws {
        try await SlackHarness.run(acknowledgementTimeout: .milliseconds(50)) { slack in
            _ = try await post(slack)
            let listener = slack.sandbox.slack.feed.subscribe()
            await slack.app.answer(.never)
            let pressed = try await slack.control("action", ["channel": "C0GENERAL", "action": "ack"])
            #expect(pressed.json["outcome"] == "operation_timeout")
            let notice = await listener.next("notice")
            #expect(notice?["text"] == "BotHost did not answer: operation_timeout")
        }
    }

    @Test func `options come from the app and are checked`() async throws {
        try await SlackHarness.run { slack in
            let ts = try await post(slack)
            let ask: JSON = ["channel": "C0GENERAL", "message_ts": ts, "block_id": "deeds", "action_id": "service"]
            await slack.app.answer(
                .json(["options": [SlackHarness.option("Checkout", "s1")]]), .json(["options": []]),
                .json(["options": [SlackHarness.option("", "s1")]]), .json([:]), .text("oops"))
            let found = try await slack.control("options", ask.with(["value": "che"]))
            #expect(found.json["options"]?.array?.first?["value"] == "s1")
            let payload = await slack.app.request(1).payload
            #expect(payload["type"] == "block_suggestion")
            #expect(payload["value"] == "che")
            #expect(payload["action_id"] == "service")
            #expect(payload["block_id"] == "deeds")
            #expect(payload["trigger_id"] == nil)
            #expect(try await slack.control("options", ask.with(["value": "x"])).json["error"] == nil)
            for _ in 0..<3 {
                #expect(
                    try await slack.control("options", ask.with(["value": "x"])).json["outcome"] == "invalid_options")
            }
            let short = try await slack.control("options", ask.with(["value": ""]))
            #expect(short.json["outcome"] == "query_too_short")
            #expect(await slack.app.received.count == 5)
        }
    }

    @Test func `a field in a form speaks up only where it was asked to`() async throws {
        try await SlackHarness.run { slack in
            let block: JSON = [
                "type": "input", "block_id": "b", "label": ["type": "plain_text", "text": "Kind"],
                "element": ["type": "static_select", "action_id": "a", "options": [SlackHarness.option("One", "1")]],
            ]
            let view = SlackHarness.modal(more: ["blocks": [block]])
            try await slack.open(view)
            let silent = try await slack.control("action", ["action": "Kind", "value": "One"])
            #expect(silent.json["outcome"] == "not_dispatched")
            try await slack.open(SlackHarness.modal(more: ["blocks": [block.with(["dispatch_action": true])]]))
            _ = try await slack.control("action", ["action": "Kind", "value": "One"])
            let payload = try #require(await slack.app.received.last?.payload)
            #expect(payload["type"] == "block_actions")
            #expect(payload["container"]?["type"] == "view")
            #expect(payload["view"]?["state"]?["values"]?["b"]?["a"]?["selected_option"]?["value"] == "1")
            #expect(payload["response_url"] == nil)
        }
    }

    @Test func `shortcuts start from anywhere and from a message`() async throws {
        try await SlackHarness.run { slack in
            let ts = try await post(slack)
            _ = try await slack.control("shortcut", ["callback_id": "declare"])
            let global = await slack.app.request(1).payload
            #expect(global["type"] == "shortcut")
            #expect(global["callback_id"] == "declare")
            #expect(global["channel"] == nil)
            #expect(global["response_url"] == nil)
            _ = try await slack.control(
                "shortcut", ["callback_id": "attach", "channel": "C0GENERAL", "message_ts": ts])
            let message = await slack.app.request(2).payload
            #expect(message["type"] == "message_action")
            #expect(message["message_ts"] == ts)
            #expect(message["message"]?["ts"] == ts)
            #expect(message["response_url"]?.string?.contains("/app/") == true)
            #expect(try await slack.control("shortcut", ["callback_id": "nothing"]).status == 400)
        }
    }
}
