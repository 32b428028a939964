import Testing

@testable import BotHostCLI

@Suite struct `The name of a new plugin` {
    private func name(_ name: String) throws -> PluginName {
        try PluginName(name, taken: ["help", "trigger", "lunch"], modules: ["LunchPlugin", "SandboxPlugin"])
    }

    @Test func `gives the id, the command and the types their names`() throws {
        #expect(try name("coffee").stem == "Coffee")
        #expect(try name("on-call-notes").stem == "OnCallNotes")
        #expect(try name("a2").id == "a2")
    }

    @Test(arguments: [
        ("Coffee", "coffee"), ("CoffeeBot", "coffee-bot"), ("café", "cafe"), ("on call!", "on-call"), ("2fast", "fast"),
        ("help", "my-help"), ("host", "my-host"), ("lunch", "lunch-2"), ("trigger", "trigger-2"),
        ("sandbox", "sandbox-2"), ("../etc", "etc"),
    ])
    func `that cannot be is refused with one that can`(wrong: String, right: String) {
        let refused = #expect(throws: PluginName.Refused.self) { try name(wrong) }
        #expect(refused?.suggestion == right)
    }

    @Test(arguments: ["", "-", "🍕", "123", String(repeating: "a", count: 9_000)])
    func `out of which nothing can be made is refused`(wrong: String) {
        #expect(throws: PluginName.Refused.self) { try name(wrong) }
    }
}
