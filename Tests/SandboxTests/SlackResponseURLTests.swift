import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(10))) struct SlackResponseURLTests {
    private func commandURL(_ slack: SlackHarness) async throws -> String {
        _ = try await slack.type("/pd help")
        return try #require(await slack.app.received.last?.form["response_url"])
    }

    /// Posts a message with a button, presses it as Ada, and says the address to answer to.
    private func buttonURL(_ slack: SlackHarness) async throws -> (url: String, ts: JSON) {
        let button: JSON = ["type": "button", "action_id": "ack", "text": ["type": "plain_text", "text": "Ack"]]
        let posted = try await slack.api(
            "chat.postMessage",
            [
                "channel": "C0GENERAL", "text": "before", "blocks": [["type": "actions", "elements": [button]]],
            ])
        _ = try await slack.control("action", ["channel": "C0GENERAL", "action": "ack"])
        let url = try #require(await slack.app.received.last?.payload["response_url"]?.string)
        return (url, try #require(posted.json["ts"]))
    }

    @Test func `it takes five messages and then no more`() async throws {
        try await SlackHarness.run { slack in
            let url = try await commandURL(slack)
            for number in 1...5 {
                let reply = try await slack.post(url, ["text": .string("late \(number)")])
                #expect(reply.json["ok"] == true)
            }
            let sixth = try await slack.post(url, ["text": "late 6"])
            #expect(sixth.status == 404)
            #expect(sixth.error == "used_url")
            #expect(try await slack.messages().count == 5)
            #expect(try await slack.messages(for: SlackHarness.ben).isEmpty)
        }
    }

    @Test func `it lives half an hour`() async throws {
        try await SlackHarness.run { slack in
            let url = try await commandURL(slack)
            slack.clock.advance(by: .seconds(1_800))
            #expect(try await slack.post(url, ["text": "in time"]).json["ok"] == true)
            slack.clock.advance(by: .seconds(1))
            #expect(try await slack.post(url, ["text": "late"]).error == "expired_url")
            #expect(
                try await slack.post("\(slack.origin)/commands/T0ACME001/1/x", ["text": "x"]).error == "invalid_url")
        }
    }

    @Test func `it can speak to the channel`() async throws {
        try await SlackHarness.run { slack in
            let url = try await commandURL(slack)
            _ = try await slack.post(url, ["text": "to all", "response_type": "in_channel"])
            #expect(try await slack.messages(for: SlackHarness.ben).map { $0["text"] } == ["to all"])
        }
    }

    @Test func `it replaces and deletes the message that was worked on`() async throws {
        try await SlackHarness.run { slack in
            let (url, ts) = try await buttonURL(slack)
            _ = try await slack.post(url, ["text": "aside"])
            _ = try await slack.post(url, ["text": "after", "replace_original": true])
            let seen = try await slack.messages(for: SlackHarness.ben)
            #expect(seen.map { $0["text"] } == ["after"])
            #expect(seen.first?["ts"] == ts)
            #expect(seen.first?["blocks"] == nil)
            #expect(try await slack.messages().map { $0["text"] } == ["after", "aside"])
            _ = try await slack.post(url, ["delete_original": true])
            #expect(try await slack.messages(for: SlackHarness.ben).isEmpty)
        }
    }

    @Test func `an ephemeral message can be replaced and deleted too`() async throws {
        try await SlackHarness.run { slack in
            let button: JSON = ["type": "button", "action_id": "ack", "text": ["type": "plain_text", "text": "Ack"]]
            await slack.app.answer(.json(["text": "before", "blocks": [["type": "actions", "elements": [button]]]]))
            _ = try await slack.type("/pd help")
            _ = try await slack.control("action", ["channel": "C0GENERAL", "action": "ack"])
            let url = try #require(await slack.app.received.last?.payload["response_url"]?.string)
            _ = try await slack.post(url, ["text": "after", "replace_original": true])
            #expect(try await slack.messages().map { $0["text"] } == ["after"])
            #expect(try await slack.messages(for: SlackHarness.ben).isEmpty)
            _ = try await slack.post(url, ["delete_original": true])
            #expect(try await slack.messages().isEmpty)
        }
    }

    @Test(arguments: [
        ("not json", "invalid_payload"), ("[]", "invalid_payload"), ("{}", "no_text"),
        (#"{"blocks":[{"type":"nonsense"}]}"#, "invalid_blocks"),
    ])
    func `what it cannot take is refused`(body: String, error: String) async throws {
        try await SlackHarness.run { slack in
            let url = try await commandURL(slack)
            let reply = try await slack.send("POST", url, body: Array(body.utf8))
            #expect(reply.status == 400)
            #expect(reply.error == error)
        }
    }
}
