import PluginAPI
import PluginTestKit
import Testing

@Suite struct ConversationTests {
    @Test func `a command is typed and everybody reads the answer`() async throws {
        let bot = try TestBot(Coffee.self)
        let (ada, ben, general) = (bot.person("Ada"), bot.person("Ben"), bot.channel("general"))
        let answer = try await ada.types("/pd brew \(ben) 2 --size large", in: general)
        #expect(answer.text == "Ordered 2 large for @Ben")
        #expect(answer.buttons == ["Done", "Note"])
        #expect(!answer.isEphemeral)
        #expect(general.messages == [answer])
    }

    @Test func `a button is pressed by its label, and a menu is chosen from`() async throws {
        let bot = try TestBot(Coffee.self)
        let (ada, ben) = (bot.person("Ada"), bot.person("Ben"))
        let order = try await ada.types("/pd brew \(ben)")
        let told = try await ben.chooses("Large", from: "Size", on: order)
        #expect(told.text == "You chose l.")
        #expect(told.isEphemeral)
        #expect(try await ben.presses("Done", on: order).text == "Done by @Ben")
        #expect(bot.channel("general").messages.map(\.text) == ["Done by @Ben"])
    }

    @Test func `a form is filled in by its labels, and stays while something is wrong`() async throws {
        let bot = try TestBot(Coffee.self)
        let ada = bot.person("Ada")
        try await ada.types("/pd brew \(ada)")
        let form = try await ada.presses("Note")
        #expect(form.fields == ["Text", "Bean"])
        #expect(try await ada.searches("arab", in: "Bean") == ["Arabica"])
        let refused = try await ada.submits(["Text": "more than twenty characters"])
        #expect(refused.errors == ["Text": "Twenty characters at most."])
        let told = try await ada.submits(["Text": "strong", "Bean": "Arabica"])
        #expect(told.text == "Noted “strong” about arabica.")
        #expect(ada.form == nil)
    }

    @Test func `jobs run when their time has come, and schedules at theirs`() async throws {
        let bot = try TestBot(Coffee.self)
        let (ada, board) = (bot.person("Ada"), bot.channel("board"))
        try await ada.types("/pd brew \(ada) 3")
        #expect(bot.waitingJobs == ["coffee.post-order"])
        try await bot.passes(.seconds(59))
        #expect(board.messages.isEmpty)
        try await bot.passes(.seconds(1))
        #expect(board.messages.map(\.text) == ["☕️ × 3 for @Ada"])
        try await bot.passes(.seconds(2 * 3_600))
        #expect(board.messages.map(\.text) == ["☕️ × 3 for @Ada", "Clean the machine."])
    }

    @Test func `a setting is what plugins.json would say`() async throws {
        let bot = try TestBot(Coffee.self, settings: .init(most: 1))
        let ada = bot.person("Ada")
        let refused = try await ada.types("/pd brew \(ada) 2")
        #expect(refused.text == "1 cups at most.\nUsage: `/pd brew <who> [cups] [--size small|large] [--now]`")
    }

    @Test func `what the test did not set up fails by its name`() async throws {
        let bot = try TestBot(Coffee.self)
        let ada = bot.person("Ada")
        _ = bot.account("shop")
        await withKnownIssue {
            await #expect(throws: (any Error).self) { try await ada.types("/pd stock") }
        } matching: {
            $0.description.contains("“shop” was asked GET /beans, which the test did not set up")
        }
        bot.account("shop").answers("GET /beans", ["bags": 7])
        #expect(try await ada.types("/pd stock").text == "7 bags.")
        #expect(bot.account("shop").asked.suffix(1) == ["account: GET /beans"])
        bot.web("GET https://beans.example.com/list", answers: [])
        #expect(try await ada.types("/pd menu").text == "The list has 2 bytes.")
    }

    @Test func `faults come on demand`() async throws {
        let bot = try TestBot(Coffee.self)
        let (ada, board) = (bot.person("Ada"), bot.channel("board"))
        bot.slack.fails("chat.postMessage", "channel_not_found")
        await #expect(throws: SlackError.self) { try await bot.happens("member_joined_channel", ["user": "U0ADA"]) }
        try await bot.happens("member_joined_channel", ["user": "U0ADA"])
        #expect(board.messages.map(\.text) == ["Coffee, @Ada?"])
        bot.account("shop").fails(.timeout)
        #expect(try await ada.types("/pd stock").says("did not answer"))
        try await ada.types("/pd brew \(ada)")
        try await ada.presses("Note")
        bot.store(isAway: true)
        #expect(try await ada.submits(["Text": "x"]).says("I cannot remember anything right now"))
    }

    @Test func `a word that nobody answers is met with the ones that there are`() async throws {
        let bot = try TestBot(Coffee.self)
        let ada = bot.person("Ada")
        let problem = await #expect(throws: KitProblem.self) { try await ada.types("/pd brwe") }
        #expect(problem?.description.contains("did you mean “/pd brew”?") == true)
        await #expect(throws: KitProblem.self) { try await ada.presses("No such button") }
    }

    @Test func `two workspaces see nothing of each other`() async throws {
        let bot = try TestBot(Coffee.self)
        let beta = bot.anotherWorkspace("Beta")
        let (ada, eve) = (bot.person("Ada"), bot.person("Eve", of: beta))
        try await ada.types("/pd brew \(ada)")
        try await eve.types("/pd brew \(eve)")
        #expect(bot.channel("general").messages.count == 1)
        #expect(bot.channel("general", of: beta).messages.map(\.text) == ["Ordered 1 small for @Eve"])
    }
}
