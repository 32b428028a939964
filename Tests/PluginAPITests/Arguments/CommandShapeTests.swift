import Testing

@testable import PluginAPI

@Suite struct CommandShapeTests {
    @Test func `arguments stand in the order of their declaration`() {
        #expect(shape(Brew.self).parameters.map(\.name) == ["who", "cups", "milk", "urgency", "write-on", "force"])
    }

    @Test func `a usage line says what is needed and what may be`() {
        #expect(
            shape(Brew.self).usage
                == "<who> [cups] [milk] [--urgency high|low|whenever] [--write-on text] [--force]")
        #expect(shape(Note.self).usage == "<page> <text …> [--urgency high|low|whenever] [--red]")
        #expect(shape(Serve.self).usage == "<soup|bread> --table number")
    }

    @Test func `a property's name becomes words with dashes`() {
        struct Names: Command {
            static let name = "names", summary = ""
            @Argument("") var assignTo = ""
            @Argument("") var userID = ""
            @Argument("") var x2Y = ""
            @Argument("") var plain = ""
            func run(_ context: Context<Kitchen>) async throws -> Reply { .nothing }
        }
        #expect(shape(Names.self).parameters.map(\.name) == ["assign-to", "user-id", "x2-y", "plain"])
    }

    @Test func `only what cannot be left out is required`() {
        #expect(shape(Brew.self).parameters.filter(\.isRequired).map(\.name) == ["who"])
    }

    @Test func `the id of a button that runs a line stays within Slack's limit`() throws {
        let line = "/pd brew " + String(repeating: "👩‍👩‍👧", count: 200)
        let message = Message("x") { Block.actions(.runsCommand("Run", line)) }
        let sent = message.arguments(channel: "C1", idPrefix: "kitchen:")
        let id = sent["blocks"].array?.first?["elements"].array?.first?["action_id"].string
        let found = try #require(id)
        #expect(found.utf16.count <= 255)
        #expect(found.utf8.starts(with: "host:run//pd brew ".utf8))
    }
}
