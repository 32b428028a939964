import PluginAPI
import PluginTestKit
import Testing

@Suite struct `A plugin that` {
    private func findings<P: Plugin>(_ plugin: P.Type) async -> [String] {
        var found: [String] = []
        for rule in PluginContract.rules(of: plugin, within: .milliseconds(300)) { found += await rule.findings() }
        return found
    }

    @Test func `hangs is told that it does not end`() async {
        let found = await findings(Hanging.self)
        #expect(
            found.contains { $0.contains("does not end within 0.3 seconds") && $0.contains("leave work") }, "\(found)")
    }

    @Test func `shows sixty blocks is told the limit and the mend`() async {
        let found = await findings(Talkative.self)
        #expect(
            found.contains { $0.contains("has 60 items, Slack takes at most 50") && $0.contains("several messages") })
    }

    @Test func `asks about another workspace is told whose it is`() async throws {
        let found = await findings(Curious.self)
        #expect(found.contains { $0.contains("T0VICTIM, which is of another workspace") }, "\(found)")
    }

    @Test func `asks about a channel of another workspace is refused`() async throws {
        let bot = try TestBot(Curious.self)
        let elsewhere = bot.channel("secrets", of: bot.anotherWorkspace("Beta"))
        try await withKnownIssue {
            let answer = try await bot.person("Ada").types("/pd peek \(elsewhere)")
            #expect(answer.says("channel_not_found"))
        } matching: {
            $0.description.contains("which is of another workspace")
        }
    }

    @Test func `claims the word help is told to choose another`() async {
        #expect(
            await findings(Helpful.self).contains { $0.contains("“help” is reserved") && $0.contains("choose another") }
        )
    }

    @Test func `claims a word that another has names both`() {
        let problem = #expect(throws: KitProblem.self) { try TestBot(Coffee.self, beside: [Copycat.self]) }
        #expect(problem?.description.contains("“brew” is claimed by both coffee and copycat: rename one") == true)
    }

    @Test func `declares too few scopes is told which one`() async {
        let found = await findings(Modest.self)
        #expect(found.contains { $0.contains("calls pins.add, which needs the scope pins:write: add it") }, "\(found)")
    }

    @Test func `forgets to make its job known is told the line to add`() async {
        let found = await findings(Forgetful.self)
        #expect(found.contains { $0.contains("add Perform(Later.self) to the routes") }, "\(found)")
    }

    @Test func `throws what nobody can read is told to say it in a sentence`() async {
        let found = await findings(Rude.self)
        #expect(found.contains { $0.contains("throws Broken") && $0.contains("Something went wrong") }, "\(found)")
    }

    @Test func `says nothing of its commands is told so`() async {
        #expect(await findings(Silent.self).contains { $0.contains("“mumble” has no summary") })
    }

    @Test func `has a setting that cannot be read back is told so`() async {
        #expect(await findings(Stubborn.self).contains { $0.contains("settings cannot be read back") })
    }

    @Test func `traps ends the test with its own words`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            for rule in PluginContract.rules(of: Trapping.self) { _ = await rule.findings() }
        }
        let words = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(words.contains("Fatal error: Index out of range"), "\(words.suffix(400))")
    }
}
