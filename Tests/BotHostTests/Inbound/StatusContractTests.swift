import BotStore
import Foundation
import PluginAPI
import SlackKit
import Testing

@testable import BotHost

/// What a sender hears. Slack and others switch off whom they hear the wrong thing from, so this does not change.
@Suite(.timeLimit(.minutes(10))) struct StatusContractTests {
    /// Bodies that no decoder can make anything of, each validly signed.
    static let hostile: [(name: String, type: String, body: [UInt8])] = [
        ("nothing", SlackBody.form, []),
        ("nothing as JSON", SlackBody.json, []),
        ("half an object", SlackBody.json, Array(#"{"type": "event_callback", "ev"#.utf8)),
        ("no JSON", SlackBody.json, Array("hello".utf8)),
        ("a payload that is no JSON", SlackBody.form, Array("payload=%7Bnope".utf8)),
        ("invalid UTF-8", SlackBody.json, Array(#"{"type":""#.utf8) + [0xC3, 0x28, 0xFF] + Array(#""}"#.utf8)),
        ("NUL", SlackBody.json, Array(#"{"type":"\u0000"}"#.utf8)),
        ("a raw NUL", SlackBody.form, Array("command=%00&text=\u{0}".utf8)),
        ("a lone surrogate", SlackBody.json, Array(#"{"type":"\ud800"}"#.utf8)),
        ("wrong types", SlackBody.json, Array(#"{"type":["event_callback"],"event":7,"team_id":{}}"#.utf8)),
        ("the same key twice", SlackBody.json, Array(#"{"type":"url_verification","type":"event_callback"}"#.utf8)),
        ("an unknown kind", SlackBody.json, Array(#"{"type":"of_tomorrow","team_id":"T0ACME"}"#.utf8)),
        ("deep", SlackBody.json, Array(String(repeating: "[", count: 200_000).utf8)),
        (
            "deep and closed", SlackBody.json,
            Array((String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)).utf8)
        ),
        (
            "a number that no computer holds", SlackBody.json,
            Array(#"{"event_time":1e999999,"type":"event_callback"}"#.utf8)
        ),
        ("many fields", SlackBody.form, Array(String(repeating: "a=1&", count: 50_000).utf8)),
        ("broken percents", SlackBody.form, Array("payload=%&command=%z1&%=%".utf8)),
        ("another type of content", "text/plain", Array("hello".utf8)),
        ("no type of content", "", Array("hello".utf8)),
    ]

    @Test func `what is signed but unreadable is acknowledged, and the host goes on`() async throws {
        try await HostUnderTest.run { host in
            for (name, type, body) in Self.hostile {
                let answer = try await host.send(SlackBody(contentType: type, bytes: body))
                #expect(answer.status == 200, "\(name)")
            }
            #expect(try await host.type("/pd steep") == "Tea for you.")
        }
    }

    @Test func `what is not signed, or not now, or by somebody else, is refused and logged without its body`()
        async throws
    {
        try await HostUnderTest.run { host in
            let body = SlackBody.command("/pd", "steep very-private-words")
            let good = try host.signed(body)
            let refused: [(name: String, headers: [(String, String)])] = [
                ("no headers", []),
                ("no signature", good.filter { $0.0 != "X-Slack-Signature" }),
                ("no timestamp", good.filter { $0.0 != "X-Slack-Request-Timestamp" }),
                ("another secret", try host.signed(body, secret: String(repeating: "0", count: 32))),
                ("too old", try host.signed(body, at: host.clock.now.addingTimeInterval(-301))),
                ("too new", try host.signed(body, at: host.clock.now.addingTimeInterval(301))),
                ("no number", good.map { $0.0 == "X-Slack-Request-Timestamp" ? ($0.0, "yesterday") : $0 }),
                (
                    "a number that overflows",
                    good.map { $0.0 == "X-Slack-Request-Timestamp" ? ($0.0, String(repeating: "9", count: 40)) : $0 }
                ),
                ("another version", good.map { $0.0 == "X-Slack-Signature" ? ($0.0, "v1" + $0.1.dropFirst(2)) : $0 }),
                ("cut short", good.map { $0.0 == "X-Slack-Signature" ? ($0.0, String($0.1.dropLast())) : $0 }),
            ]
            for (name, headers) in refused {
                let before = host.log.lines.count { $0.contains("not signed by Slack") }
                let answer = try await host.post(body.bytes, headers: headers, to: "/slack/events")
                #expect(answer.status == 401, "\(name)")
                #expect(host.log.lines.count { $0.contains("not signed by Slack") } == before + 1, "\(name)")
            }
            #expect(!host.log.text.contains("very-private-words"))
            // At the edges of the five minutes it is believed.
            for seconds in [-299.0, 299] {
                let headers = try host.signed(body, at: host.clock.now.addingTimeInterval(seconds))
                #expect(try await host.post(body.bytes, headers: headers, to: "/slack/events").status == 200)
            }
        }
    }

    @Test func `what no real sender sends is refused before it is read`() async throws {
        try await HostUnderTest.run { host in
            let huge = SlackBody(contentType: SlackBody.json, bytes: Array(repeating: 0x20, count: 1_048_577))
            #expect(try await host.send(huge).status == 413)
            let largest = SlackBody(contentType: SlackBody.json, bytes: Array(repeating: 0x20, count: 1_048_576))
            #expect(try await host.send(largest).status == 200)
            let small = SlackBody.command("/pd", "steep")
            let zipped = try host.signed(small) + [("Content-Encoding", "gzip")]
            #expect(try await host.post(small.bytes, headers: zipped, to: "/slack/events").status == 415)
        }
    }

    @Test func `every path of Slack's answers alike, and none leads elsewhere`() async throws {
        try await HostUnderTest.run { host in
            for path in ["/slack/events", "/slack/commands", "/slack/interactions", "/slack/options"] {
                let answer = try await host.send(.command("/pd", "steep"), to: path)
                #expect(answer.status == 200, "\(path)")
                #expect(answer.text == "Tea for you.", "\(path)")
            }
            for path in ["/slack/events/", "//slack/events", "/slack/../slack/events", "/slack/events?x=1"] {
                let answer = try await host.send(.command("/pd", "steep"), to: path)
                #expect(!(300..<400).contains(answer.status), "\(path)")
            }
        }
    }

    @Test func `somebody who is not served gets a sentence and not an error`() async throws {
        try await HostUnderTest.run { host in
            let answer = try await host.send(.command("/pd", "steep", team: "T0STRANGER"))
            #expect(answer.status == 200)
            #expect(!answer.text.isEmpty)
            #expect(try await host.send(.event("member_joined_channel", team: "T0STRANGER")).status == 200)
        }
    }

    @Test func `an event that cannot be stored is asked for again`() async throws {
        try await HostUnderTest.run { host in
            await host.backend.store.close()
            let answer = try await host.send(.event("member_joined_channel", id: "Ev0LOST", ["user": "U0NEW"]))
            #expect(answer.status == 503)
            // What needs no store is answered all the same, as long as the workspace is remembered.
        }
    }

    @Test func `an event that comes again is acknowledged again and handled once`() async throws {
        try await HostUnderTest.run { host in
            for _ in 0..<3 {
                let answer = try await host.send(.event("member_joined_channel", id: "Ev0TWICE", ["user": "U0NEW"]))
                #expect(answer.status == 200)
            }
            #expect(await host.nextWelcome() == "Welcome U0NEW")
            // Another one, later: had the first been handled twice, it would stand before this.
            _ = try await host.send(.event("member_joined_channel", id: "Ev0OTHER", ["user": "U0LATER"]))
            #expect(await host.nextWelcome() == "Welcome U0LATER")
        }
    }

    @Test func `Slack's courtesies are answered`() async throws {
        try await HostUnderTest.run { host in
            let challenge: JSONValue = ["type": "url_verification", "challenge": "3eZbrw1aB", "token": "t"]
            let answer = try await host.send(SlackBody(contentType: SlackBody.json, bytes: challenge.encoded))
            #expect(answer.status == 200)
            #expect(answer.raw.contains("3eZbrw1aB"))
            let certificate = SlackBody(contentType: SlackBody.form, bytes: Array("ssl_check=1&token=t".utf8))
            let checked = try await host.post(
                certificate.bytes, headers: [("Content-Type", SlackBody.form)], to: "/slack/events")
            #expect(checked.status == 200)
            #expect(checked.body.isEmpty)
        }
    }
}

extension HostUnderTest {
    /// What the plugin posts next of somebody who joined; schedules post too.
    fileprivate func nextWelcome() async -> String {
        while true {
            let text = await slack.next("chat.postMessage")["text"].string ?? ""
            if text.hasPrefix("Welcome") { return text }
        }
    }
}
