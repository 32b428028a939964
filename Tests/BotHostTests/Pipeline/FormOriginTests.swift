import PluginAPI
import Testing

@testable import BotHost

@Suite struct FormOriginTests {
    static let origins = [
        FormOrigin(), FormOrigin(channel: Channel(id: "C1", name: "a \"b\"", kind: .privateGroup)),
        FormOrigin(responseURL: "https://hooks.slack.com/commands/1/2"),
        FormOrigin(
            channel: Channel(id: "D1", name: "", kind: .directMessage), responseURL: "https://hooks.slack.com/x"),
    ]

    @Test(
        arguments: origins,
        ["", "kept", #"{"c": "C9", "p": "x"}"#, "\u{0}\n\u{2028}", String(repeating: "x", count: 2_000)])
    func `what goes into a form comes out of it`(origin: FormOrigin, plugins: String) {
        let (back, own) = FormOrigin.parse(origin.metadata(with: plugins))
        #expect(back == origin)
        #expect(own == plugins)
    }

    @Test(arguments: ["", "kept", "{", "[1]", #"{"c": "C9", "r": "https://evil.example"}"#, "7"])
    func `a plugin's own text is not mistaken for the host's`(text: String) {
        let (origin, own) = FormOrigin.parse(text)
        #expect(origin == FormOrigin())
        #expect(own == text)
    }

    @Test(arguments: [2_900, 2_960, 2_985, 3_000])
    func `what a plugin keeps goes before the way back`(length: Int) {
        let plugins = String(repeating: "x", count: length)
        let origin = FormOrigin(
            channel: Channel(id: "C0123456789", name: "incidents"),
            responseURL: "https://hooks.slack.com/" + String(repeating: "y", count: 100))
        let metadata = origin.metadata(with: plugins)
        #expect(metadata.utf16.count <= 3_000)
        #expect(FormOrigin.parse(metadata).plugins == plugins)
    }
}

@Suite struct WireIDTests {
    @Test(arguments: [
        ("coffee:done", "coffee", "done"), ("a:b:c", "a", "b:c"), ("coffee:", "coffee", ""), ("é:x", "é", "x"),
    ])
    func `an id is a plugin and its own id`(id: String, plugin: String, own: String) {
        #expect(WireID.split(id)?.plugin == plugin)
        #expect(WireID.split(id)?.own == own)
        #expect(WireID.prefix(plugin) + own == id)
    }

    @Test(arguments: ["", ":", ":done", "done", "：done"])
    func `an id without a plugin is nobody's`(id: String) {
        #expect(WireID.split(id) == nil)
    }
}

@Suite struct TraceIDTests {
    @Test func `a trace id can be read out over the telephone`() {
        for _ in 0..<100 {
            let id = TraceID.make()
            #expect(id.utf8.count == 13)
            #expect(id.utf8.allSatisfy { "0123456789abcdefghjkmnpqrstvwxyz".utf8.contains($0) })
        }
        #expect(TraceID.make(0) == "0000000000000")
        #expect(TraceID.make(.max) != TraceID.make(.max - 1))
    }
}
