import PluginAPI
import PluginTestKit
import Testing

@testable import ExamplePlugins

@Suite struct CoffeeTests {
    @Test func `coffee is ordered, and done`() async throws {
        let bot = try TestBot(Coffee.self)
        let (ada, ben) = (bot.person("Ada"), bot.person("Ben"))
        let order = try await ada.types("/pd brew \(ben) 2 --size large")
        #expect(order.text == "Ordered *2* large for @Ben")
        #expect(bot.channel("kitchen").messages.count == 1)
        #expect(try await ben.presses("Done", on: order).text == "Done by @Ben.")
    }

    @Test func `a form asks for whoever is not named`() async throws {
        let bot = try TestBot(Coffee.self, settings: .init(most: 3))
        let ada = bot.person("Ada")
        #expect(try await ada.types("/pd brew").fields == ["Who", "Cups", "Size"])
        #expect(try await ada.submits(["Who": "\(ada)", "Cups": "9"]).errors == ["Cups": "At most 3 cups"])
        #expect(try await ada.submits(["Cups": "3"]).text == "Ordered *3* small for @Ada")
    }

    @Test func `a complaint says a little more`() async throws {
        let bot = try TestBot(Coffee.self)
        let ada = bot.person("Ada")
        let order = try await ada.types("/pd brew \(ada)")
        try await ada.presses("Complain", on: order)
        #expect(try await ada.submits(["What is wrong?": "Cold"]).errors == ["What is wrong?": "Say a little more."])
        #expect(try await ada.submits(["What is wrong?": "It was cold, twice."]).says("Thank you"))
    }

    @Test func `the machine is cleaned once a day`() async throws {
        let bot = try TestBot(Coffee.self)
        try await bot.passes(.seconds(86_400))
        #expect(bot.channel("kitchen").messages.map(\.text) == ["Clean the machine, please."])
    }

    @Test func `descaling is asked about first`() async throws {
        let bot = try TestBot(Coffee.self)
        let ada = bot.person("Ada")
        #expect(try await ada.types("/pd descale").says("Nobody gets coffee for an hour."))
        #expect(try await ada.submits().text == "No coffee for an hour.")
    }

    @Test(arguments: PluginContract.rules(of: Coffee.self))
    func contract(rule: ContractRule) async { await rule.holds() }
}
