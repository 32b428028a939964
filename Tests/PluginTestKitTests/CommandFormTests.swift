import FoundationEssentials
import PluginAPI
import PluginTestKit
import Testing

@Suite struct `The form of a command's arguments` {
    @Test func `opens where something is missing, with what was typed and the defaults`() async throws {
        let bot = try TestBot(Coffee.self)
        let form = try await bot.person("Ada").types("/pd brew --size large")
        #expect(form.kind == .form)
        #expect(form.fields == ["Who", "Cups", "Size", "Now"])
        #expect(form.values == ["Cups": "1", "Size": "large"])
        #expect(form.says("Order coffee for someone"))
        #expect(form.says("How many cups"))
    }

    @Test func `runs the command as though it had been typed`() async throws {
        let bot = try TestBot(Coffee.self)
        let (ada, ben) = (bot.person("Ada"), bot.person("Ben"))
        try await ada.types("/pd brew", in: bot.channel("kitchen"))
        let answer = try await ada.submits(["Who": "\(ben)", "Cups": "2", "Now": "Yes"])
        #expect(answer.text == "Ordered 2 small for @Ben, now")
        #expect(bot.channel("kitchen").messages.count == 1)
        #expect(ada.form == nil)
    }

    @Test func `says at its field what is wrong`() async throws {
        let bot = try TestBot(Coffee.self)
        let ada = bot.person("Ada")
        try await ada.types("/pd brew")
        let refused = try await ada.submits(["Who": "\(ada)", "Cups": "9"])
        #expect(refused.errors == ["Cups": "5 cups at most"])
        #expect(try await ada.submits(["Cups": "1.5"]).errors == ["Cups": "A whole number is needed, such as 3."])
        #expect(try await ada.submits(["Cups": "5"]).text == "Ordered 5 small for @Ada")
    }

    @Test func `does not open for a word that is wrong`() async throws {
        let bot = try TestBot(Coffee.self)
        let answer = try await bot.person("Ada").types("/pd brew nobody")
        #expect(answer.says("a person is needed"))
        #expect(answer.kind == .message)
    }

    @Test func `serves a shortcut`() async throws {
        let bot = try TestBot(Coffee.self)
        let ada = bot.person("Ada")
        let form = try await ada.uses(shortcut: "Order coffee")
        #expect(form.fields == ["Who", "Cups", "Size", "Now"])
        #expect(try await ada.submits(["Who": "\(ada)"]).text == "Ordered 1 small for @Ada")
    }

    @Test func `asks before a command that says so, and runs it only then`() async throws {
        let bot = try TestBot(Coffee.self)
        let ada = bot.person("Ada")
        let question = try await ada.types("/pd roast 3")
        #expect(question.text == "Roast\nThat is 3 kilos. The whole house will smell it.")
        #expect(bot.channel("general").messages.isEmpty)
        #expect(try await ada.submits().text == "Roasting 3.")
        #expect(try await ada.types("/pd roast 1").text == "Roasting 1.")
        // Both after each other: what is missing, then the question.
        try await ada.types("/pd roast")
        #expect(try await ada.submits(["Amount": "2"]).says("2 kilos"))
        #expect(try await ada.submits().text == "Roasting 2.")
    }

    @Test func `has a field for every kind of argument`() async throws {
        let bot = try TestBot(Everything.self)
        let (ada, general) = (bot.person("Ada"), bot.channel("general"))
        let form = try await ada.types("/pd all")
        #expect(form.fields == ["Text", "Number", "Yes", "Person", "Channel", "Due", "Page", "Wait", "Rest"])
        let answer = try await ada.submits([
            "Text": "<a & b>", "Number": "2.5", "Yes": "yes", "Person": "\(ada)", "Channel": "\(general)",
            "Due": "2026-12-24T18:00Z", "Page": "https://example.com/x", "Wait": "45m", "Rest": "one\ntwo",
        ])
        #expect(
            answer.text
                == "<a & b>|2.5|true|U0ADA|C0GENERAL|1798135200|https://example.com/x|2700|one\ntwo")
    }
}

private struct Everything: Plugin {
    static let manifest = Manifest("everything", "Takes every kind of argument")
    var routes: [Route<Everything>] { Handle(All.self) }

    struct All: Command {
        static let name = "all", summary = "Take everything"
        @Argument("some text") var text: String
        @Argument("a number") var number: Double
        @Argument("yes or no") var yes: Bool
        @Argument("somebody") var person: UserRef
        @Argument("some place") var channel: ChannelRef
        @Argument("when") var due: Date
        @Argument("where to read") var page: Link
        @Argument("how long") var wait: Duration
        @Rest("all else") var rest: String

        func run(_ context: Context<Everything>) async throws -> Reply {
            let seconds = wait.components.seconds
            return .ephemeral(
                "\(text)|\(number)|\(yes)|\(person.id)|\(channel.id)|\(Int(due.timeIntervalSince1970))|\(page.address)|\(seconds)|\(rest)"
            )
        }
    }
}
