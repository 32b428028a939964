import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(10))) struct SlackEventTests {
    @Test func `a mention arrives in Slack's envelope`() async throws {
        try await SlackHarness.run(manifest: SlackHarness.manifest(events: ["app_mention"])) { slack in
            let said = try await slack.control(
                "message", ["channel": "C0GENERAL", "text": "@BotHost who is on call & where?"])
            let received = await slack.app.request(1)
            #expect(received.headers["content-type"] == "application/json")
            #expect(received.headers["x-slack-retry-num"] == nil)
            let envelope = received.payload
            #expect(envelope["type"] == "event_callback")
            #expect(envelope["team_id"] == "T0ACME001")
            #expect(envelope["api_app_id"] == "A0BOTHOST")
            #expect(envelope["event_id"]?.string?.hasPrefix("Ev") == true)
            #expect(envelope["is_ext_shared_channel"] == false)
            #expect(envelope["authorizations"]?.array?.first?["user_id"] == "U0BOTHOST")
            let event = envelope["event"]
            #expect(event?["type"] == "app_mention")
            #expect(event?["text"] == "<@U0BOTHOST> who is on call &amp; where?")
            #expect(event?["user"] == "U0ADA0001")
            #expect(
                event?["blocks"]?.array?.first?["elements"]?.array?.first?["elements"]
                    == [
                        ["type": "user", "user_id": "U0BOTHOST"], ["type": "text", "text": " who is on call & where?"],
                    ])
            #expect(event?["channel"] == "C0GENERAL")
            #expect(event?["ts"] == said.json["ts"])
        }
    }

    @Test func `only what the manifest subscribes to is sent, and only where the app is a member`() async throws {
        try await SlackHarness.run(manifest: SlackHarness.manifest(events: ["message.im", "app_mention"])) { slack in
            _ = try await slack.control("message", ["channel": "C0GENERAL", "text": "hello"])
            _ = try await slack.control("message", ["channel": "G0SECRETS", "text": "@bothost hello"])
            _ = try await slack.control("message", ["channel": "D0ADABEN1", "text": "hello"])
            _ = try await slack.control("message", ["channel": "D0ADA0001", "text": "hello"])
            let event = await slack.app.request(1).payload["event"]
            #expect(event?["type"] == "message")
            #expect(event?["channel_type"] == "im")
            #expect(event?["channel"] == "D0ADA0001")
            #expect(await slack.app.received.count == 1)
        }
    }

    @Test func `a failed delivery is repeated at once, after a minute and after five`() async throws {
        try await SlackHarness.run(manifest: SlackHarness.manifest(events: ["app_mention"])) { slack in
            await slack.app.answer(.status(500), .status(503), .status(404), .status(500))
            _ = try await slack.control("message", ["channel": "C0GENERAL", "text": "@bothost hello"])
            let first = await slack.app.request(1)
            let second = await slack.app.request(2)
            #expect(second.headers["x-slack-retry-num"] == "1")
            #expect(second.headers["x-slack-retry-reason"] == "http_error")
            #expect(second.body == first.body)
            await slack.clock.untilSomebodySleeps()
            #expect(await slack.app.received.count == 2)
            slack.clock.advance(by: .seconds(60))
            #expect(await slack.app.request(3).headers["x-slack-retry-num"] == "2")
            await slack.clock.untilSomebodySleeps()
            slack.clock.advance(by: .seconds(300))
            #expect(await slack.app.request(4).headers["x-slack-retry-num"] == "3")
        }
    }

    @Test func `an app can ask not to be repeated`() async throws {
        try await SlackHarness.run(manifest: SlackHarness.manifest(events: ["app_mention"])) { slack in
            await slack.app.answer(AppDouble.Answer(status: 500, headers: ["X-Slack-No-Retry": "1"]))
            _ = try await slack.control("message", ["channel": "C0GENERAL", "text": "@bothost one"])
            _ = await slack.app.request(1)
            _ = try await slack.control("message", ["channel": "C0GENERAL", "text": "@bothost two"])
            let second = await slack.app.request(2)
            #expect(second.payload["event"]?["text"] == "<@U0BOTHOST> two")
        }
    }

    @Test func `joining and leaving are told`() async throws {
        let manifest = SlackHarness.manifest(events: ["member_joined_channel", "member_left_channel"])
        try await SlackHarness.run(manifest: manifest) { slack in
            _ = try await slack.type("/invite @dan", in: "C0CHECKOT")
            let joined = await slack.app.request(1).payload["event"]
            #expect(joined?["type"] == "member_joined_channel")
            #expect(joined?["user"] == "U0DAN0001")
            #expect(joined?["channel"] == "C0CHECKOT")
            #expect(joined?["inviter"] == "U0ADA0001")
            _ = try await slack.type("/remove @dan", in: "C0CHECKOT")
            #expect(await slack.app.request(2).payload["event"]?["type"] == "member_left_channel")
        }
    }

    @Test func `an uninstalled app loses its token and hears of it, and comes back`() async throws {
        let manifest = SlackHarness.manifest(events: ["app_uninstalled", "tokens_revoked"])
        try await SlackHarness.run(manifest: manifest) { slack in
            _ = try await slack.control("uninstall", [:])
            _ = await slack.app.request(2)
            let types = await slack.app.received.compactMap { $0.payload["event"]?["type"]?.string }
            #expect(Set(types) == ["app_uninstalled", "tokens_revoked"])
            #expect(try await slack.api("auth.test").error == "account_inactive")
            let gone = try await slack.type("/pd help")
            #expect(gone["outcome"] == "unknown_command")
            _ = try await slack.control("install", [:])
            #expect(try await slack.api("auth.test").json["ok"] == true)
        }
    }

    @Test func `the app sees its own messages and edits as Slack shows them`() async throws {
        try await SlackHarness.run(manifest: SlackHarness.manifest(events: ["message.channels"])) { slack in
            let posted = try await slack.api("chat.postMessage", ["channel": "C0GENERAL", "text": "one"])
            #expect(await slack.app.request(1).payload["event"]?["bot_id"] == "B0BOTHOST")
            _ = try await slack.api(
                "chat.update", ["channel": "C0GENERAL", "ts": posted.json["ts"] ?? .null, "text": "two"])
            let changed = await slack.app.request(2).payload["event"]
            #expect(changed?["subtype"] == "message_changed")
            #expect(changed?["previous_message"]?["text"] == "one")
            #expect(changed?["message"]?["text"] == "two")
        }
    }
}

extension ManualClock {
    /// Waits until something waits for this clock.
    func untilSomebodySleeps() async {
        while sleepers == 0 { await Task.yield() }
    }
}
