import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(10))) struct SlackViewTests {
    @Test func `a trigger opens one view`() async throws {
        try await SlackHarness.run { slack in
            let trigger: JSON = .string(try await slack.trigger())
            let opened = try await slack.api("views.open", ["trigger_id": trigger, "view": SlackHarness.modal()])
            let view = try #require(opened.json["view"])
            #expect(view["type"] == "modal")
            #expect(view["team_id"] == "T0ACME001")
            #expect(view["root_view_id"] == view["id"])
            #expect(view["previous_view_id"] == .null)
            #expect(view["bot_id"] == "B0BOTHOST")
            #expect(view["state"]?["values"]?["name"]?["text"] == ["type": "plain_text_input", "value": .null])
            #expect(try await slack.views().map { $0["id"] } == [view["id"]])
            #expect(try await slack.views(of: SlackHarness.ben).isEmpty)
            let again = try await slack.api("views.open", ["trigger_id": trigger, "view": SlackHarness.modal()])
            #expect(again.error == "exchanged_trigger_id")
        }
    }

    @Test func `a trigger lives three seconds and belongs to its workspace`() async throws {
        try await SlackHarness.run { slack in
            let globex = try #require(slack.sandbox.slack.botToken(team: "T0GLOBEX1"))
            let trigger: JSON = .string(try await slack.trigger())
            let call: JSON = ["trigger_id": trigger, "view": SlackHarness.modal()]
            #expect(try await slack.api("views.open", call, token: globex).error == "invalid_trigger_id")
            #expect(try await slack.api("views.open", call.with(["trigger_id": "1.2.x"])).error == "invalid_trigger_id")
            slack.clock.advance(by: .milliseconds(3_001))
            #expect(try await slack.api("views.open", call).error == "expired_trigger_id")
            let fresh: JSON = .string(try await slack.trigger())
            slack.clock.advance(by: .seconds(3))
            let opened = try await slack.api("views.open", call.with(["trigger_id": fresh]))
            #expect(opened.json["ok"] == true)
        }
    }

    @Test func `a wrong view does not cost the trigger`() async throws {
        try await SlackHarness.run { slack in
            let trigger: JSON = .string(try await slack.trigger())
            let wrong = try await slack.api("views.open", ["trigger_id": trigger, "view": ["type": "modal"]])
            #expect(wrong.error == "invalid_arguments")
            #expect(wrong.messages.contains("[ERROR] missing required field: title [json-pointer:/view]"))
            let right = try await slack.api("views.open", ["trigger_id": trigger, "view": SlackHarness.modal()])
            #expect(right.json["ok"] == true)
        }
    }

    @Test func `an update needs the newest hash and keeps what was typed`() async throws {
        try await SlackHarness.run { slack in
            let view = try await slack.open()
            let id = try #require(view["id"])
            let state: JSON = ["values": ["name": ["text": ["type": "plain_text_input", "value": "typed"]]]]
            await slack.app.answer(.json(["response_action": "errors", "errors": ["name": "no"]]))
            _ = try await slack.post(
                "/client/submit", ["team": "T0ACME001", "user": "U0ADA0001", "view_id": id, "state": state])
            let changed = try await slack.api(
                "views.update",
                [
                    "view_id": id, "hash": view["hash"] ?? .null, "view": SlackHarness.modal("Changed"),
                ])
            #expect(changed.json["view"]?["title"]?["text"] == "Changed")
            #expect(changed.json["view"]?["state"]?["values"]?["name"]?["text"]?["value"] == "typed")
            let stale = try await slack.api(
                "views.update",
                [
                    "view_id": id, "hash": view["hash"] ?? .null, "view": SlackHarness.modal(),
                ])
            #expect(stale.error == "hash_conflict")
            let missing = try await slack.api("views.update", ["view_id": "V0NOTHING", "view": SlackHarness.modal()])
            #expect(missing.error == "not_found")
        }
    }

    @Test func `an external id names one view of a workspace`() async throws {
        try await SlackHarness.run { slack in
            let view = try await slack.open(SlackHarness.modal(more: ["external_id": "mine"]))
            let changed = try await slack.api(
                "views.update",
                [
                    "external_id": "mine", "view": SlackHarness.modal("Changed", more: ["external_id": "mine"]),
                ])
            #expect(changed.json["view"]?["id"] == view["id"])
            let trigger: JSON = .string(try await slack.trigger())
            let double = try await slack.api(
                "views.open",
                [
                    "trigger_id": trigger, "view": SlackHarness.modal(more: ["external_id": "mine"]),
                ])
            #expect(double.error == "duplicate_external_id")
        }
    }

    @Test func `three views lie on each other and no fourth`() async throws {
        try await SlackHarness.run { slack in
            let button: JSON = [
                "type": "actions",
                "elements": [["type": "button", "action_id": "more", "text": ["type": "plain_text", "text": "More"]]],
            ]
            let view: JSON = ["type": "modal", "title": ["type": "plain_text", "text": "Stack"], "blocks": [button]]
            try await slack.open(view)
            for depth in 2...4 {
                let pressed = try await slack.control("action", ["action": "More"])
                #expect(pressed.json["ok"] == true)
                let trigger = try #require(await slack.app.received.last?.payload["trigger_id"])
                let pushed = try await slack.api("views.push", ["trigger_id": trigger, "view": view])
                if depth == 4 {
                    #expect(pushed.error == "push_limit_reached")
                } else {
                    let below = try await slack.views()
                    #expect(pushed.json["view"]?["previous_view_id"] == below[depth - 2]["id"])
                    #expect(pushed.json["view"]?["root_view_id"] == below[0]["id"])
                    #expect(below.count == depth)
                }
            }
            let trigger: JSON = .string(try await slack.trigger())
            #expect(try await slack.api("views.push", ["trigger_id": trigger, "view": view]).error == "not_found")
        }
    }

    @Test func `a Home tab is published for one person`() async throws {
        let manifest = SlackHarness.manifest(events: ["app_home_opened"])
        try await SlackHarness.run(manifest: manifest) { slack in
            let home: JSON = ["type": "home", "blocks": [["type": "divider"]]]
            let published = try await slack.api("views.publish", ["user_id": "U0ADA0001", "view": home])
            let id = try #require(published.json["view"]?["id"])
            let again = try await slack.api("views.publish", ["user_id": "U0ADA0001", "view": home])
            #expect(again.json["view"]?["id"] == id)
            let stale = try await slack.api(
                "views.publish",
                ["user_id": "U0ADA0001", "view": home, "hash": published.json["view"]?["hash"] ?? .null])
            #expect(stale.error == "hash_conflict")
            let opened = try await slack.control("home", ["tab": "home"])
            #expect(opened.json["view"]?["id"] == id)
            let event = await slack.app.request(1).payload["event"]
            #expect(event?["type"] == "app_home_opened")
            #expect(event?["channel"] == "D0ADA0001")
            #expect(event?["view"]?["id"] == id)
        }
    }

    @Test func `a submission carries what was entered and an empty answer closes the view`() async throws {
        try await SlackHarness.run { slack in
            let view = try await slack.open(
                SlackHarness.modal(more: ["private_metadata": "secret", "notify_on_close": true]))
            let submitted = try await slack.control(
                "submit",
                [
                    "view_id": view["id"] ?? .null, "values": ["Title": "Database is down", "urgency": "High"],
                ])
            #expect(submitted.json["ok"] == true)
            let payload = await slack.app.request(2).payload
            #expect(payload["type"] == "view_submission")
            #expect(payload["user"]?["id"] == "U0ADA0001")
            #expect(payload["team"] == ["id": "T0ACME001", "domain": "acme"])
            #expect(payload["enterprise"] == .null)
            #expect(payload["is_enterprise_install"] == false)
            #expect(payload["response_urls"] == [])
            #expect(payload["view"]?["private_metadata"] == "secret")
            let values = payload["view"]?["state"]?["values"]
            #expect(values?["name"]?["text"] == ["type": "plain_text_input", "value": "Database is down"])
            #expect(values?["urgency"]?["choice"]?["selected_option"]?["value"] == "high")
            #expect(try await slack.views().isEmpty)
            #expect(await slack.app.received.count == 2)
        }
    }

    @Test func `what is required is asked for before the app hears of it`() async throws {
        try await SlackHarness.run { slack in
            let view = try await slack.open()
            let submitted = try await slack.control("submit", ["view_id": view["id"] ?? .null, "values": [:]])
            #expect(submitted.json["errors"] == ["name": "Please complete this required field."])
            #expect(await slack.app.received.count == 1)
        }
    }

    @Test func `errors stand at their fields and the view stays`() async throws {
        try await SlackHarness.run { slack in
            try await slack.open()
            await slack.app.answer(.json(["response_action": "errors", "errors": ["name": "Too short"]]))
            let refused = try await slack.control("submit", ["values": ["Title": "x"]])
            #expect(refused.json["ok"] == false)
            #expect(refused.json["errors"] == ["name": "Too short"])
            #expect(try await slack.views().count == 1)
            await slack.app.answer(.json(["response_action": "errors", "errors": ["nowhere": "x"]]))
            let wrong = try await slack.control("submit", ["values": ["Title": "x"]])
            #expect(wrong.json["error"] == "We had some trouble connecting. Try again?")
            #expect(wrong.json["outcome"] == "errors: nowhere is no input block of this view")
        }
    }

    @Test func `an answer can change, push or clear views`() async throws {
        try await SlackHarness.run { slack in
            try await slack.open()
            await slack.app.answer(
                .json(["response_action": "update", "view": SlackHarness.modal("Second")]),
                .json(["response_action": "push", "view": SlackHarness.modal("Third")]),
                .json(["response_action": "clear"]))
            _ = try await slack.control("submit", ["values": ["Title": "x"]])
            #expect(try await slack.views().map { $0["title"]?["text"] } == ["Second"])
            _ = try await slack.control("submit", ["values": ["Title": "x"]])
            #expect(try await slack.views().map { $0["title"]?["text"] } == ["Second", "Third"])
            _ = try await slack.control("submit", ["values": ["Title": "x"]])
            #expect(try await slack.views().isEmpty)
        }
    }

    @Test(arguments: [
        AppDouble.Answer.status(500), .text("not json"), .json(["response_action": "dance"]),
        .json(["response_action": "update", "view": ["type": "modal"]]),
    ])
    func `an answer that Slack cannot take leaves the view with Slack's excuse`(answer: AppDouble.Answer) async throws {
        try await SlackHarness.run { slack in
            try await slack.open()
            await slack.app.answer(answer)
            let submitted = try await slack.control("submit", ["values": ["Title": "x"]])
            #expect(submitted.json["error"] == "We had some trouble connecting. Try again?")
            #expect(try await slack.views().count == 1)
        }
    }

    @Test func `a closed view is reported where it asks for that`() async throws {
        try await SlackHarness.run { slack in
            let view = try await slack.open(SlackHarness.modal(more: ["notify_on_close": true]))
            _ = try await slack.control("close", ["view_id": view["id"] ?? .null])
            let payload = await slack.app.request(2).payload
            #expect(payload["type"] == "view_closed")
            #expect(payload["is_cleared"] == false)
            #expect(payload["view"]?["id"] == view["id"])
            let quiet = try await slack.open()
            _ = try await slack.control("close", ["view_id": quiet["id"] ?? .null])
            #expect(await slack.app.received.count == 3)
            #expect(try await slack.views().isEmpty)
        }
    }
}
