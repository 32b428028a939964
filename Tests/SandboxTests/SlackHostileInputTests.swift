import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(10))) struct SlackHostileInputTests {
    static let bodies: [[UInt8]] = [
        [], [0], [0xFF, 0xFE, 0x00], Array("{".utf8), Array("{}".utf8), Array("[]".utf8), Array("null".utf8),
        Array("\"x\"".utf8), Array(#"{"channel":{"a":[]},"text":["x"],"view":7,"blocks":true}"#.utf8),
        Array(#"{"channel":"C0GENERAL","text":"\ud800"}"#.utf8), Array("{\"text\":\"\u{0}\"}".utf8),
        Array(#"{"limit":1e400,"cursor":-1,"thread_ts":"9999999999999999999999.9"}"#.utf8),
        Array(#"{"channel":"C0GENERAL","limit":9223372036854775807,"oldest":"..","text":1.5}"#.utf8),
        Array(String(repeating: "[", count: 100_000).utf8),
        Array((String(repeating: #"{"a":"#, count: 500) + "1" + String(repeating: "}", count: 500)).utf8),
        Array("%=%ZZ&&&=x&a=%F0%9F".utf8), Array(String(repeating: "a=b&", count: 50_000).utf8),
        Array(#"{"team":"T0ACME001","user":"U0ADA0001","channel":"C0GENERAL","text":"/"}"#.utf8),
        Array(#"{"team":"T0ACME001","user":"U0ADA0001","channel":"C0GENERAL","text":"   "}"#.utf8),
        Array(#"{"team":"T0ACME001","user":"U0BOTHOST","view_id":"V","action":{"a":1},"values":[1]}"#.utf8),
    ]

    @Test func `nothing that is sent to the Web API ends it`() async throws {
        try await SlackHarness.run(rateLimits: false) { slack in
            let token = try #require(slack.sandbox.slack.botToken(team: SlackHarness.acme))
            for method in SlackMethod.all.keys.sorted() where method != "auth.revoke" {
                for (index, body) in Self.bodies.enumerated() {
                    let reply = try await slack.send(
                        "POST", "/api/\(method)", body: body,
                        type: index.isMultiple(of: 2) ? "application/json" : "application/x-www-form-urlencoded",
                        headers: ["Authorization": "Bearer \(token)"])
                    #expect(reply.status == 200, "\(method) \(index)")
                    #expect(reply.json["ok"]?.bool != nil, "\(method) \(index)")
                }
            }
            #expect(try await slack.api("auth.test").json["ok"] == true)
        }
    }

    @Test(arguments: [
        "/control/reset", "/control/faults", "/control/slack/command", "/control/slack/action", "/control/slack/submit",
        "/control/slack/message", "/control/slack/options", "/control/slack/shortcut", "/control/slack/close",
        "/control/slack/home", "/client/command", "/client/message", "/client/action", "/client/options",
        "/client/submit", "/client/close", "/client/shortcut", "/commands/T0ACME001/1/x", "/actions/a/b/c",
    ])
    func `nothing that a page or a script sends ends it`(path: String) async throws {
        try await SlackHarness.run { slack in
            for body in Self.bodies {
                let reply = try await slack.send("POST", path, body: body)
                #expect([200, 400, 404].contains(reply.status))
            }
            #expect(try await slack.api("auth.test").json["ok"] == true)
        }
    }

    @Test func `a body of more than a megabyte is not read`() async throws {
        try await SlackHarness.run { slack in
            let large = Array(repeating: UInt8(ascii: "x"), count: (1 << 20) + 1)
            for path in ["/api/chat.postMessage", "/control/slack/command", "/commands/T/1/x"] {
                let reply = try await slack.send("POST", path, body: large)
                #expect(reply.status == 413)
            }
        }
    }

    @Test(arguments: [
        ("a&b", "a&amp;b"), ("a &amp; b", "a &amp; b"), ("<@U0ADA0001> <!here>", "<@U0ADA0001> <!here>"),
        ("<https://x|y>", "<https://x|y>"), ("<script>", "&lt;script>"), ("<https://x<b>", "&lt;https://x&lt;b>"),
        ("<\u{338}b", "&lt;\u{338}b"), ("&\u{301}lt;", "&amp;\u{301}lt;"), ("<", "&lt;"), ("&", "&amp;"),
        ("<@", "&lt;@"),
    ])
    func `texts of apps are escaped byte by byte`(text: String, kept: String) {
        #expect(Array(SlackText.sent(text).utf8) == Array(kept.utf8))
    }

    @Test(arguments: [
        ("a=1&b=%20%26+c", ["a": "1", "b": " & c"]), ("a", ["a": ""]), ("=x&&", [:]), ("a=%+1", ["a": "% 1"]),
        ("a=%4", ["a": "%4"]), ("a=1&a=2", ["a": "2"]), ("%61=%F0%9F%92%A9", ["a": "💩"]),
    ])
    func `forms are read as browsers write them`(text: String, fields: [String: String]) {
        #expect(FormText.read(text.utf8) == fields)
    }

    @Test func `a form that was written is read the same`() {
        let nasty = "a&b=c+d%20é💩\n\"<>'*-._~"
        #expect(FormText.read(FormText.write([("x", nasty)]).utf8) == ["x": nasty])
    }
}
