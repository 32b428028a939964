import PluginAPI
import SlackKit
import Testing

@testable import BotHost

/// What is a command among the things that people say.
@Suite struct SpokenLineTests {
    private func line(_ type: String, _ inner: JSONValue) throws -> SpokenLine? {
        guard case .event(let event) = try SlackRequest.decode(.json, body: SlackBody.event(type, inner).bytes) else {
            return nil
        }
        return SpokenLine(event, to: "U0BOT")
    }

    private func mention(_ text: String) throws -> SpokenLine? {
        try line("app_mention", ["user": "U0ANN", "ts": "17.1", "channel": "C0INC", "text": .string(text)])
    }

    private func direct(_ text: String, _ more: [String: JSONValue] = [:]) throws -> SpokenLine? {
        let message: [String: JSONValue] = [
            "user": "U0ANN", "ts": "17.1", "channel": "D0ANN", "channel_type": "im", "text": .string(text),
        ]
        return try line("message", .object(message.merging(more) { $1 }))
    }

    @Test(arguments: [
        ("<@U0BOT> help", "help"), ("  <@U0BOT|bot>   oncall checkout ", "oncall checkout "), ("<@U0BOT>", ""),
        ("<@U0BOT>: help", "help"), ("<@U0BOT>, help", "help"), ("<@U0BOT>\nhelp\nme", "help\nme"),
        ("<@U0BOT> <@U0BOT> help", "<@U0BOT> help"), ("<@U0BOT>help", "help"),
    ])
    func `what follows a mention at the beginning is the command`(said: String, text: String) throws {
        let line = try mention(said)
        #expect(line?.text == text)
        #expect(line?.slash == nil)
    }

    @Test(arguments: [
        "thanks <@U0BOT>", "<@U0BOTTLE> help", "<@U0OTHER> help", "@bot help", "<@U0BOT help", "<@>", "", "<@U0BOT",
        "&lt;@U0BOT&gt; help",
    ])
    func `a mention elsewhere, or of somebody else, is none`(said: String) throws {
        #expect(try mention(said) == nil)
    }

    @Test func `in the direct message all that is said is one, with or without the mention`() throws {
        #expect(try direct("help me")?.text == "help me")
        #expect(try direct("<@U0BOT> help")?.text == "help")
        #expect(try direct(" \n ") == nil)
        #expect(try direct("help", ["channel_type": "channel"]) == nil)
        #expect(try direct("help", ["channel_type": "mpim"]) == nil)
    }

    @Test(
        arguments: [
            ["bot_id": "B1"], ["edited": ["ts": "1"]], ["hidden": true], ["subtype": "message_changed"],
            ["subtype": "channel_join"], ["user": "U0BOT"], ["user": "USLACKBOT"], ["user": 7], ["ts": 7],
            ["text": [:]],
            ["text": .string(String(repeating: "x", count: 20_000))],
        ] as [[String: JSONValue]])
    func `nobody but a person speaks, and nothing that was changed`(more: [String: JSONValue]) throws {
        #expect(try direct("help", more) == nil)
    }

    @Test func `a slash that somebody writes all the same is understood, and a thread is remembered`() throws {
        let line = try direct("/pd oncall x", ["thread_ts": "16.1", "subtype": "file_share"])
        #expect(line?.slash == "/pd")
        #expect(line?.text == "oncall x")
        #expect(line?.thread == "16.1")
    }

    @Test func `only the person is answered where only they asked, and everybody in a thread`() throws {
        let line = try #require(try mention("<@U0BOT> help"))
        let place = SpokenPlace(line, in: Channel(id: "C0INC"))
        #expect(place.privateThread == nil)
        #expect(place.publicThread == "17.1")
        let direct = SpokenPlace(line, in: Channel(id: "D0ANN", kind: .directMessage))
        #expect(direct.publicThread == nil)
    }
}
