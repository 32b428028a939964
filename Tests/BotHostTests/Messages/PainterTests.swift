import BotStore
import Foundation
import PluginAPI
import SlackKit
import Testing

@testable import BotHost

/// What people see is what was wished for: once, and never less than that.
@Suite(.timeLimit(.minutes(10))) struct PainterTests {
    @Test func `a message is posted with an opaque id, edited in place, and taken away`() async throws {
        try await PainterUnderTest.run { it in
            try await it.show("Brewing")
            await it.paint()
            let posted = try #require(it.slack.shown("C1").first)
            #expect(posted["text"] == "Brewing")
            #expect(posted["metadata"]["event_type"] == "bothost_message")
            #expect(posted["metadata"]["event_payload"]["id"].string?.isEmpty == false)
            try await it.show("Ready")
            await it.paint()
            #expect(it.slack.texts("C1") == ["Ready"])
            #expect(it.slack.shown("C1").first?["ts"] == posted["ts"])
            try await it.show(nil)
            await it.paint()
            #expect(it.slack.shown("C1").isEmpty)
        }
    }

    @Test func `a hundred changes cost one edit`() async throws {
        try await PainterUnderTest.run { it in
            try await it.show("0")
            await it.paint()
            for number in 1...100 { try await it.show("\(number)") }
            await it.paint()
            #expect(it.slack.texts("C1") == ["100"])
            #expect(it.slack.calls("chat.update").count == 1)
        }
    }

    @Test func `a message that changes all the time is edited now and then, and shows its last state`() async throws {
        try await PainterUnderTest.run { it in
            try await it.show("0")
            await it.paint()
            for number in 1...120 {
                try await it.show("\(number)")
                await it.paint(for: 1)
            }
            await it.paint(for: 10)
            #expect(it.slack.texts("C1") == ["120"])
            #expect((40...55).contains(it.slack.calls("chat.update").count))
        }
    }

    // MARK: doubt

    @Test(arguments: [nil, "begin"] as [String?])
    func `a process that dies between the post and its note does not post again`(parent: String?) async throws {
        try await PainterUnderTest.run { it in
            if let parent {
                try await it.show("Parent", as: parent)
                await it.paint()
            }
            it.slack.next("chat.postMessage", .kills)
            try await it.show("Once", under: parent)
            await it.paint()
            #expect(try await it.message()?.state == .intent)
            // Another process takes over when the lease has run out.
            it.clock.advance(by: .seconds(31))
            let successor = PainterUnderTest(it.store, it.clock, it.slack)
            await successor.paint()
            #expect(it.slack.texts("C1").filter { $0 == "Once" }.count == 1)
            let message = try #require(try await it.message())
            #expect(message.state == .posted)
            #expect(message.paintedVersion == message.version)
            #expect(it.slack.calls("chat.update").isEmpty, "what is there is what was wished for")
        }
    }

    @Test func `what was wished for meanwhile is what is shown after the look`() async throws {
        try await PainterUnderTest.run { it in
            it.slack.next("chat.postMessage", .isLost)
            try await it.show("Brewing")
            await it.paint()
            try await it.show("Ready")
            await it.paint(for: 15)
            #expect(it.slack.texts("C1") == ["Ready"])
        }
    }

    @Test func `one that was taken away while nobody knew whether it was there is taken away`() async throws {
        try await PainterUnderTest.run { it in
            it.slack.next("chat.postMessage", .isLost)
            try await it.show("Brewing")
            await it.paint()
            try await it.show(nil)
            await it.paint(for: 15)
            #expect(it.slack.shown("C1").isEmpty)
            #expect(it.slack.calls("chat.delete").count == 1)
        }
    }

    @Test func `a post that never arrived is made again, as soon as it cannot arrive any more`() async throws {
        try await PainterUnderTest.run { it in
            it.slack.next("chat.postMessage", .refuses("timeout"))
            try await it.show("Late")
            await it.paint(for: 11)
            #expect(it.slack.shown("C1").isEmpty)
            await it.paint(for: 2)
            #expect(it.slack.texts("C1") == ["Late"])
            #expect(it.slack.calls("conversations.history").count == 1)
        }
    }

    @Test func `without the right to look it is posted again rather than lost, and the log says so`() async throws {
        try await PainterUnderTest.run { it in
            it.slack.next("chat.postMessage", .isLost)
            it.slack.next("conversations.history", .refuses("missing_scope"))
            try await it.show("Twice")
            await it.paint(for: 13)
            #expect(it.slack.texts("C1") == ["Twice", "Twice"])
            #expect(it.log.text.contains("may be shown twice"))
            #expect(try await it.message()?.state == .posted)
        }
    }

    @Test(arguments: ["rate_limited", "timeout", "internal_error"])
    func `where Slack cannot be asked now it is asked again, and nothing posted before`(code: String) async throws {
        try await PainterUnderTest.run { it in
            it.slack.next("chat.postMessage", .isLost)
            it.slack.next("conversations.history", .refuses(code), .refuses(code))
            try await it.show("Once")
            await it.paint(for: 40)
            #expect(it.slack.texts("C1") == ["Once"])
            #expect(it.slack.calls("conversations.history").count == 3)
        }
    }

    // MARK: refusals

    @Test(arguments: ["unreachable", "service_unavailable", "ratelimited"])
    func `what Slack did not take it gets again, without a look`(code: String) async throws {
        try await PainterUnderTest.run { it in
            it.slack.next("chat.postMessage", .refuses(code), .refuses(code))
            try await it.show("Here")
            await it.paint(for: 15)
            #expect(it.slack.texts("C1") == ["Here"])
            #expect(it.slack.calls("conversations.history").isEmpty)
        }
    }

    @Test(arguments: ["message_not_found", "cant_update_message", "edit_window_closed"])
    func `a message that cannot be edited any more is posted afresh`(code: String) async throws {
        try await PainterUnderTest.run { it in
            try await it.show("Old")
            await it.paint()
            it.slack.next("chat.update", .refuses(code))
            try await it.show("New")
            await it.paint(for: 1)
            #expect(it.slack.texts("C1").last == "New")
            #expect(it.slack.shown("C1").count == 2)
        }
    }

    @Test func `what Slack does not take is shown shorter, and at last as a line with its link`() async throws {
        try await PainterUnderTest.run { it in
            let blocks: JSONValue = [
                [
                    "type": "section",
                    "text": ["type": "mrkdwn", "text": .string(String(repeating: "x", count: 2_900))],
                ],
                ["type": "actions", "elements": [["type": "button", "url": "https://pd.example/1"]]],
            ]
            it.slack.next("chat.postMessage", .refuses("msg_blocks_too_long"))
            try await it.show("Short", as: "short", blocks: blocks)
            await it.paint()
            #expect(it.slack.shown("C1").first?["blocks"].array?.count == 2)
            #expect((it.slack.shown("C1").first?["blocks"][0]["text"]["text"].string?.count ?? 0) <= 500)
            it.slack.next("chat.postMessage", .refuses("invalid_blocks"), .refuses("invalid_blocks"))
            try await it.show("Plain", as: "plain", blocks: blocks)
            await it.paint(for: 5)
            #expect(it.slack.texts("C1") == ["Short", "Plain <https://pd.example/1>"])
            #expect(it.log.text.contains("Slack refuses what a live message looks like"))
            // A newer version gets a new chance.
            try await it.show("Whole", as: "plain", blocks: blocks)
            await it.paint(for: 5)
            #expect(it.slack.shown("C1").last?["blocks"] == blocks)
        }
    }

    @Test func `what Slack takes in no form is given up, and a new wish revives it`() async throws {
        try await PainterUnderTest.run { it in
            it.slack.next("chat.postMessage", .refuses("odd"), .refuses("odd"), .refuses("odd"))
            try await it.show("Bad")
            await it.paint(for: 10)
            #expect(try await it.message()?.state == .dead)
            #expect(try await it.message()?.reason == "odd")
            try await it.show("Good")
            await it.paint(for: 2)
            #expect(it.slack.texts("C1") == ["Good"])
        }
    }

    // MARK: channels that take nothing

    @Test(arguments: ["not_in_channel", "is_archived", "channel_not_found", "restricted_action"])
    func `what a channel does not take goes to the fallback channel, and administrators are told once`(
        code: String
    ) async throws {
        try await PainterUnderTest.run(fallback: "C9") { it in
            it.slack.close("C1", code)
            for name in ["a", "b", "c"] { try await it.show("Message \(name)", as: name) }
            await it.paint(for: 10)
            let shown = it.slack.texts("C9")
            for name in ["a", "b", "c"] {
                #expect(shown.contains { $0.contains("Message \(name)") && $0.contains("Meant for <#C1>") })
            }
            #expect(shown.filter { $0.contains("I can't post in <#C1>") }.count == 1)
            #expect(it.slack.calls("chat.postMessage").count { $0.channel == "C1" } <= 3, "it is not tried with each")
            // It is edited where it is.
            try await it.show("Message a, edited", as: "a")
            await it.paint(for: 3)
            #expect(it.slack.texts("C9").contains { $0.contains("Message a, edited") })
            // Mended: the next one shows up where it belongs.
            it.slack.close("C1", nil)
            it.clock.advance(by: .seconds(601))
            try await it.show("Message d", as: "d")
            await it.paint(for: 5)
            #expect(it.slack.texts("C1") == ["Message d"])
            #expect(it.slack.texts("C9").contains("✅ I can post in <#C1> again."))
            #expect(!it.slack.texts("C9").contains { $0.contains("I can't post in <#C1>. ") })
        }
    }

    @Test func `without a fallback channel it waits until the channel takes it again`() async throws {
        try await PainterUnderTest.run { it in
            it.slack.close("C1", "not_in_channel")
            try await it.show("Patient")
            await it.paint(for: 5)
            #expect(it.log.text.contains("a channel takes no messages"))
            it.slack.close("C1", nil)
            it.clock.advance(by: .seconds(600))
            await it.paint(for: 1)
            #expect(it.slack.texts("C1") == ["Patient"])
        }
    }

    @Test func `what is for one person alone goes nowhere else`() async throws {
        try await PainterUnderTest.run(fallback: "C9") { it in
            for channel in ["D1", "U1"] {
                it.slack.close(channel, "channel_not_found")
                try await it.show("Private", in: channel)
            }
            await it.paint(for: 30)
            #expect(it.slack.shown("C9").isEmpty)
        }
    }

    @Test func `a slow channel keeps no other waiting`() async throws {
        try await PainterUnderTest.run { it in
            it.slack.budget.refuse(
                LimitedCall(try #require(.named("chat.postMessage")), workspace: "T1", channel: "C1"),
                retryAfter: .seconds(60))
            try await it.show("Held", in: "C1")
            try await it.show("Free", in: "C2")
            await it.paint()
            #expect(it.slack.texts("C2") == ["Free"])
            await it.paint(for: 58)
            #expect(it.slack.shown("C1").isEmpty)
            await it.paint(for: 4)
            #expect(it.slack.texts("C1") == ["Held"])
        }
    }
}
