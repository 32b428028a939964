import Crypto
import Foundation
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(10))) struct SlackCommandTests {
    @Test func `a command arrives as Slack sends it`() async throws {
        try await SlackHarness.run { slack in
            let acknowledgement = try await slack.type("/pd trigger  \"Database is down\" --urgency high")
            #expect(acknowledgement["ok"] == true)
            #expect(acknowledgement["status"] == 200)
            #expect(acknowledgement["outcome"] == "ok")
            let received = await slack.app.request(1)
            #expect(received.path == "/slack/commands")
            #expect(received.headers["content-type"] == "application/x-www-form-urlencoded")
            let form = received.form
            #expect(form["team_id"] == "T0ACME001")
            #expect(form["team_domain"] == "acme")
            #expect(form["channel_id"] == "C0GENERAL")
            #expect(form["channel_name"] == "general")
            #expect(form["user_id"] == "U0ADA0001")
            #expect(form["user_name"] == "ada")
            #expect(form["command"] == "/pd")
            #expect(form["text"] == "trigger  \"Database is down\" --urgency high")
            #expect(form["api_app_id"] == "A0BOTHOST")
            #expect(form["is_enterprise_install"] == "false")
            #expect(form["enterprise_id"] == nil)
            #expect(form["token"]?.isEmpty == false)
            #expect(form["trigger_id"]?.split(separator: ".").count == 3)
            #expect(form["response_url"]?.hasPrefix("\(slack.origin)/commands/T0ACME001/") == true)
        }
    }

    @Test func `what is sent is signed over the raw body with the time`() async throws {
        try await SlackHarness.run { slack in
            _ = try await slack.type("/pd help")
            let received = await slack.app.request(1)
            let timestamp = try #require(received.headers["x-slack-request-timestamp"])
            #expect(Double(timestamp) == slack.clock.now.timeIntervalSince1970.rounded(.down))
            let key = SymmetricKey(data: Data("8f742231b10e8888abcd99yyyzzz85a5".utf8))
            let mac = HMAC<SHA256>.authenticationCode(for: Data("v0:\(timestamp):\(received.body)".utf8), using: key)
            let hex = mac.map { String(format: "%02x", $0) }.joined()
            #expect(received.headers["x-slack-signature"] == "v0=\(hex)")
        }
    }

    @Test func `the signer agrees with the vector that Slack publishes`() {
        let body =
            "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
            + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
            + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
            + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
        #expect(
            RequestSigner.signature(
                secret: "8f742231b10e8888abcd99yyyzzz85a5", timestamp: 1_531_420_618, body: Array(body.utf8))
                == "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")
    }

    @Test func `the answer is seen by the one who asked and by nobody else`() async throws {
        try await SlackHarness.run { slack in
            await slack.app.answer(.json(["text": "Try <https://example.com|this> & that"]))
            let acknowledgement = try await slack.type("/pd help")
            #expect(acknowledgement["response"]?["text"] == "Try <https://example.com|this> & that")
            let seen = try await slack.messages()
            #expect(seen.count == 1)
            #expect(seen.first?["ephemeral"] == true)
            #expect(seen.first?["app"] == true)
            #expect(seen.first?["text"] == "Try <https://example.com|this> &amp; that")
            #expect(try await slack.messages(for: SlackHarness.ben).isEmpty)
            #expect(try await slack.api("conversations.history", ["channel": "C0GENERAL"]).json["messages"] == [])
        }
    }

    @Test func `an answer for the channel shows the command and the reply to everybody`() async throws {
        try await SlackHarness.run { slack in
            await slack.app.answer(.json(["response_type": "in_channel", "text": "Ada is on call"]))
            _ = try await slack.type("/pd oncall checkout")
            let seen = try await slack.messages(for: SlackHarness.ben)
            #expect(seen.map { $0["text"] } == ["/pd oncall checkout", "Ada is on call"])
            #expect(seen.map { $0["user"] } == ["U0ADA0001", "U0BOTHOST"])
        }
    }

    @Test func `plain text is an answer and nothing at all is none`() async throws {
        try await SlackHarness.run { slack in
            await slack.app.answer(.text("plain"), .empty)
            _ = try await slack.type("/pd help")
            _ = try await slack.type("/pd help")
            #expect(try await slack.messages().map { $0["text"] } == ["plain"])
        }
    }

    @Test(arguments: [
        (AppDouble.Answer.status(500), "http_service_error"), (.status(404), "http_client_error"),
        (.status(401), "http_client_error"), (.status(302), "dispatch_failed"),
        (.json(["text": ""]), "no_text"), (.json(["text": "x", "blocks": [["type": "nonsense"]]]), "invalid_blocks"),
        (AppDouble.Answer(body: "{\"text\": "), "invalid_command_response"),
    ])
    func `an answer that Slack cannot take is shown as its error`(answer: AppDouble.Answer, error: String) async throws
    {
        try await SlackHarness.run { slack in
            let listener = slack.sandbox.slack.feed.subscribe()
            await slack.app.answer(answer)
            let acknowledgement = try await slack.type("/pd help")
            #expect(acknowledgement["ok"] == false)
            #expect(acknowledgement["outcome"]?.string == error)
            #expect(await listener.next("notice")?["text"]?.string == "/pd failed with the error \"\(error)\"")
        }
    }

    @Test func `an app that is too slow has timed out, and what it says then is not heard`() async throws {
        try await SlackHarness.run(acknowledgementTimeout: .milliseconds(50)) { slack in
            let listener = slack.sandbox.slack.feed.subscribe()
            await slack.app.answer(.never)
            let acknowledgement = try await slack.type("/pd help")
            #expect(acknowledgement["outcome"] == "operation_timeout")
            let notice = await listener.next("notice")
            #expect(notice?["text"] == "/pd failed with the error \"operation_timeout\"")
            #expect(try await slack.messages().isEmpty)
        }
    }

    @Test func `without an app the person is told, and a script gets the reason`() async throws {
        try await SlackHarness.run { slack in
            await slack.sandbox.connect("http://127.0.0.1:1")
            let acknowledgement = try await slack.type("/pd help")
            #expect(acknowledgement["outcome"] == "dispatch_failed")
        }
    }

    @Test func `a command that nobody registered does not leave Slack`() async throws {
        try await SlackHarness.run { slack in
            let acknowledgement = try await slack.type("/nonsense")
            #expect(acknowledgement["outcome"] == "unknown_command")
            #expect(await slack.app.received.isEmpty)
        }
    }

    @Test(arguments: [
        ("D0ADA0001", "directmessage"), ("G0SREBOT1", "privategroup"), ("D0ADABEN1", "directmessage"),
    ])
    func `names of private conversations are not told`(channel: String, name: String) async throws {
        try await SlackHarness.run { slack in
            _ = try await slack.type("/pd help", in: channel)
            #expect(await slack.app.request(1).form["channel_name"] == name)
        }
    }

    @Test(arguments: [
        (false, "invite @chloe to #incidents", "invite @chloe to #incidents"),
        (false, "invite <@U0CHLOE01>", "invite @chloe"),
        (true, "invite @chloe to #incidents", "invite <@U0CHLOE01|chloe> to <#C0INCIDNT|incidents>"),
        (
            true, "invite @Chloe Dubois, @sre and @nobody",
            "invite <@U0CHLOE01|chloe>, <!subteam^S0SRE0001|@sre> and @nobody"
        ),
        (true, "mail@chloe.example <b>", "mail@chloe.example <b>"), (true, "@here\n@channels", "<!here>\n@channels"),
    ])
    func `names are references only where the manifest asks for them`(escape: Bool, typed: String, sent: String)
        async throws
    {
        try await SlackHarness.run(manifest: SlackHarness.manifest(escape: escape)) { slack in
            _ = try await slack.type("/pd \(typed)")
            #expect(await slack.app.request(1).form["text"] == sent)
        }
    }

    @Test func `Slack's own invite lets the app into a private channel`() async throws {
        try await SlackHarness.run { slack in
            #expect(
                try await slack.api("chat.postMessage", ["channel": "G0SECRETS", "text": "x"]).error
                    == "channel_not_found")
            _ = try await slack.type("/invite @BotHost", in: "G0SECRETS")
            #expect(try await slack.api("chat.postMessage", ["channel": "G0SECRETS", "text": "x"]).json["ok"] == true)
        }
    }

    @Test func `who is named wrongly is told who there is`() async throws {
        try await SlackHarness.run { slack in
            let reply = try await slack.control(
                "command", ["channel": "G0SECRETS", "text": "/pd help"], by: "U0EVE0001")
            #expect(reply.status == 400)
            #expect(reply.error?.hasPrefix("channel: one of C0GENERAL, C0RANDOM1, D0EVE0001") == true)
        }
    }
}

extension Broadcast<ClientEvent>.Subscription {
    /// The next event of a type.
    func next(_ type: String) async -> JSON? {
        for await item in items {
            if case .event(let event) = item, let json = JSON.parse(event.text), json["type"]?.string == type {
                return json
            }
        }
        return nil
    }
}
