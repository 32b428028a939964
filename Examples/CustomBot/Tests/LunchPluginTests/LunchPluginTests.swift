import LunchPlugin
import PluginTestKit
import Testing

@Suite struct LunchPluginTests {
    @Test func `somebody asks, and somebody comes along`() async throws {
        let bot = try TestBot(LunchPlugin.self)
        let (ada, ben, general) = (bot.person("Ada"), bot.person("Ben"), bot.channel("general"))
        let question = try await ada.types("/pd lunch Luigi's 20m", in: general)
        #expect(question.text == "Lunch at *Luigi's* in 20 minutes. Who comes along?")
        try await ben.presses("I do", on: question)
        #expect(general.messages.last?.text == "@Ben comes along.")
    }

    @Test(arguments: PluginContract.rules(of: LunchPlugin.self))
    func contract(rule: ContractRule) async { await rule.holds() }
}
