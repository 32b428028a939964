import PluginAPI
import SlackKit
import Testing

/// Signed bodies that no Slack would send: each is refused with its place, or understood, and none ends the process.
@Suite struct `A hostile request` {
    static let json = ExampleRequest.allCases.filter { $0.json != "{}" }

    @Test(arguments: ExampleRequest.allCases)
    func `cut off at any byte is refused or understood`(example: ExampleRequest) throws {
        let (kind, bytes) = example.body
        let whole = try SlackRequest.decode(kind, body: bytes)
        for end in 0..<bytes.count {
            guard let request = try? SlackRequest.decode(kind, body: Array(bytes[..<end])) else { continue }
            // Only a form can be cut and still be one; what it says can then not be all.
            #expect(kind == .form)
            #expect(request != whole || example == .sslCheck)
        }
    }

    @Test(arguments: json)
    func `with another type anywhere names the place or does not mind`(example: ExampleRequest) throws {
        let others: [JSONValue] = [
            nil, true, 7, -1.5, 1e300, "", "x", "\u{0}", [], [nil], ["x"], [7], [[:]], [:], ["id": 7], ["id": "x y"],
            ["a": ["b": 1]],
        ]
        let payload = try example.payload()
        for path in payload.paths() {
            for other in others {
                do {
                    _ = try example.decoded(payload.replacing(path, by: other))
                } catch let fault as DecodeFault {
                    #expect(fault.path.hasPrefix(example.body.kind == .json ? "$" : "payload"), "\(fault)")
                    #expect(!fault.expected.isEmpty && !fault.found.isEmpty)
                }
            }
        }
    }

    @Test(arguments: json)
    func `without any one member names the place or does not mind`(example: ExampleRequest) throws {
        let payload = try example.payload()
        for path in payload.paths() {
            do {
                _ = try example.decoded(payload.replacing(path, by: nil))
            } catch is DecodeFault {}
        }
    }

    /// What has to be there, and the fault where it is not as it should be.
    static let faults: [(ExampleRequest, [String], JSONValue?, String)] = [
        (.buttonInMessage, ["type"], nil, "payload.type: expected text, found nothing"),
        (.buttonInMessage, ["type"], 1, "payload.type: expected text, found a number"),
        (.buttonInMessage, ["actions"], nil, "payload.actions: expected an action, found none"),
        (.buttonInMessage, ["actions"], [], "payload.actions: expected an action, found none"),
        (.buttonInMessage, ["actions"], ["x"], "payload.actions[0]: expected an object, found text"),
        (.buttonInMessage, ["actions"], [[:]], "payload.actions[0].action_id: expected text, found nothing"),
        (.buttonInMessage, ["user"], nil, "payload.user: expected an object, found nothing"),
        (
            .buttonInMessage, ["user", "id"], "u0ann",
            "payload.user.id: expected an id of 2 to 32 capital letters and digits, found other text"
        ),
        (
            .buttonInMessage, ["user", "id"], "",
            "payload.user.id: expected an id of 2 to 32 capital letters and digits, found empty text"
        ),
        (
            .buttonInMessage, ["team", "id"], "T0/../T1",
            "payload.team.id: expected an id of 2 to 32 capital letters and digits, found other text"
        ),
        (
            .buttonInMessage, ["channel", "id"], .string(String(repeating: "C", count: 33)),
            "payload.channel.id: expected an id of 2 to 32 capital letters and digits, found other text"
        ),
        (
            .buttonInMessage, ["is_enterprise_install"], "yes",
            "payload.is_enterprise_install: expected true or false, found text"
        ),
        (.submission, ["view"], nil, "payload.view: expected an object, found nothing"),
        (.submission, ["view", "state"], [], "payload.view.state: expected an object, found an array"),
        (
            .submission, ["view", "state", "values", "trigger:who", "trigger:who", "selected_users"], ["U0ANN", "x"],
            "payload.view.state.values.trigger:who.trigger:who.selected_users[1]: expected an id of 2 to 32 capital "
                + "letters and digits, found other text"
        ),
        (
            .submission, ["view", "state", "values", "trigger:title", "trigger:title", "value"], 7,
            "payload.view.state.values.trigger:title.trigger:title.value: expected text, found a number"
        ),
        (.submission, ["response_urls"], ["x"], "payload.response_urls[0]: expected an object, found text"),
        (.closed, ["is_cleared"], 1, "payload.is_cleared: expected true or false, found a number"),
        (.shortcut, ["callback_id"], "", "payload.callback_id: expected text, found empty text"),
        (.suggestion, ["action_id"], nil, "payload.action_id: expected text, found nothing"),
        (.event, ["event"], nil, "$.event: expected an object, found nothing"),
        (.event, ["event"], "x", "$.event: expected an object, found text"),
        (.event, ["event", "type"], nil, "$.event.type: expected text, found nothing"),
        (.event, ["event_id"], nil, "$.event_id: expected text, found nothing"),
        (.event, ["event_time"], 1.5, "$.event_time: expected a whole number, found a number"),
        (.event, ["event_time"], 1e30, "$.event_time: expected a whole number, found a number"),
        (.event, ["authorizations"], [:], "$.authorizations: expected an array, found an object"),
        (.event, ["authorizations"], [7], "$.authorizations[0]: expected an object, found a number"),
        (.urlVerification, ["challenge"], nil, "$.challenge: expected text, found nothing"),
        (.rateLimited, ["minute_rate_limited"], "soon", "$.minute_rate_limited: expected a whole number, found text"),
    ]

    @Test(arguments: faults)
    func `names what is wrong with it`(
        example: ExampleRequest, path: [String], value: JSONValue?, description: String
    ) throws {
        var payload = try example.payload()
        payload.set(path, to: value)
        let fault = #expect(throws: DecodeFault.self) { try example.decoded(payload) }
        #expect(fault?.description == description)
    }

    @Test(arguments: [
        ("command", "", "command: expected text, found nothing"),
        ("command", "pd", "command: expected a slash and a word, found other text"),
        ("command", "/", "command: expected a slash and a word, found other text"),
        ("command", "/p d", "command: expected a slash and a word, found other text"),
        ("command", "/p\nd", "command: expected a slash and a word, found other text"),
        ("user_id", "", "user_id: expected an id of 2 to 32 capital letters and digits, found nothing"),
        ("user_id", "U0ANN\u{301}", "user_id: expected an id of 2 to 32 capital letters and digits, found other text"),
        (
            "channel_id", "\u{212A}0",
            "channel_id: expected an id of 2 to 32 capital letters and digits, found other text"
        ),
        ("team_id", "T0 ACME", "team_id: expected an id of 2 to 32 capital letters and digits, found other text"),
        ("enterprise_id", "-", "enterprise_id: expected an id of 2 to 32 capital letters and digits, found other text"),
    ])
    func `as a slash command names the field`(name: String, value: String, description: String) {
        let fields = ExampleRequest.slashFields.map { $0.0 == name ? (name, value) : $0 }
        let fault = #expect(throws: DecodeFault.self) {
            try SlackRequest.decode(.form, body: ExampleRequest.form(fields))
        }
        #expect(fault?.description == description)
    }

    static let notJSON: [[UInt8]] = [
        [], [0], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF] + Array("{}".utf8), Array("{".utf8), Array("}".utf8),
        Array("nul".utf8), Array("{\"type\":\"x\"".utf8), Array("{\"type\":\"x\"}}".utf8), Array("{'type':'x'}".utf8),
        Array(#"{"type":"\ud800"}"#.utf8), Array(#"{"type":"\udc00\ud800"}"#.utf8), Array(#"{"type":"\u00"}"#.utf8),
        Array("{\"type\":\"a\u{1}b\"}".utf8), Array(#"{"type":1e999}"#.utf8), Array(#"{"type":01}"#.utf8),
        Array("{\"type\":\"".utf8) + [0xC0, 0x80] + Array("\"}".utf8),
        Array("{\"type\":\"".utf8) + [0xFF] + Array("\"}".utf8),
    ]

    @Test(arguments: notJSON)
    func `that is no JSON is refused`(body: [UInt8]) {
        #expect(throws: DecodeFault.self) { try SlackRequest.decode(.json, body: body) }
        let form =
            Array("payload=".utf8) + body.flatMap { Array("%\($0 < 16 ? "0" : "")\(String($0, radix: 16))".utf8) }
        #expect(throws: DecodeFault.self) { try SlackRequest.decode(.form, body: form) }
    }

    @Test func `that is nested without end is refused`() {
        let lists = Array(repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect(throws: DecodeFault.self) { try SlackRequest.decode(.json, body: lists) }
        let objects = Array(String(repeating: #"{"type":"#, count: 100_000).utf8)
        #expect(throws: DecodeFault.self) { try SlackRequest.decode(.json, body: objects) }
    }

    @Test(arguments: ["null", "true", "7", "\"block_actions\"", "[]", "[{\"type\":\"block_actions\"}]", "{}"])
    func `that is JSON but no object with a type is refused`(body: String) {
        #expect(throws: DecodeFault.self) { try SlackRequest.decode(.json, body: Array(body.utf8)) }
    }

    @Test func `may be nested 64 deep and not deeper`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            let inner = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            return Array(#"{"type":"x","a":\#(inner)}"#.utf8)
        }
        #expect(try SlackRequest.decode(.json, body: nested(63)).kind == "x")
        #expect(throws: DecodeFault.self) { try SlackRequest.decode(.json, body: nested(64)) }
    }

    @Test func `may have a mebibyte and not more`() throws {
        let rest = #"{"type":"x","a":""}"#.utf8.count
        let fits = #"{"type":"x","a":"\#(String(repeating: "a", count: 1_048_576 - rest))"}"#
        #expect(try SlackRequest.decode(.json, body: Array(fits.utf8)).kind == "x")
        let fault = #expect(throws: DecodeFault.self) { try SlackRequest.decode(.json, body: Array((fits + " ").utf8)) }
        #expect(fault?.description == "body: expected at most 1048576 bytes, found more")
    }

    @Test func `with a name twice means the first`() throws {
        let body = #"{"type":"url_verification","challenge":"first","challenge":"second","type":"block_actions"}"#
        #expect(try SlackRequest.decode(.json, body: Array(body.utf8)) == .urlVerification(challenge: "first"))
        let form = Array("command=%2Fpd&user_id=U1&channel_id=C1&user_id=U2".utf8)
        #expect(try SlackRequest.decode(.form, body: form).origin.userID == "U1")
    }

    @Test func `as formatted text, nested as deep as is allowed, is read`() throws {
        var element: JSONValue = ["type": "text", "text": "deep"]
        for _ in 0..<25 { element = ["type": "rich_text_section", "elements": [element]] }
        var payload = try ExampleRequest.menuInModal.payload()
        payload.set(["actions"], to: [["action_id": "a", "rich_text_value": element]])
        guard case .blockActions(let choice) = try ExampleRequest.menuInModal.decoded(payload) else {
            throw Unexpected()
        }
        #expect(choice.actions.first?.value == .text("deep"))
    }

    @Test func `with an id that would break a log line has it left out of the place`() throws {
        for id in ["a\nb", "a\"b", "é", "", String(repeating: "x", count: 65)] {
            var payload = try ExampleRequest.submission.payload()
            payload.set(["view", "state", "values"], to: .object([id: 7]))
            let fault = #expect(throws: DecodeFault.self) { try ExampleRequest.submission.decoded(payload) }
            #expect(fault?.path == "payload.view.state.values.…")
        }
    }

    @Test func `never has its words in the fault`() throws {
        let secret = "xoxb-secret"
        for path in try ExampleRequest.submission.payload().paths() {
            let payload = try ExampleRequest.submission.payload().replacing(path, by: [.string(secret)])
            do {
                _ = try ExampleRequest.submission.decoded(payload)
            } catch let fault as DecodeFault {
                #expect(!fault.description.contains(secret))
            }
        }
    }
}
