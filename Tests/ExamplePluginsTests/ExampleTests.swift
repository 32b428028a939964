import ExamplePlugins
import PluginAPI
import PluginTestKit
import Testing

@Suite struct DeployTests {
    private func ask(_ bot: TestBot) async throws -> Seen {
        try await bot.person("Ada").types("/deploy checkout 1.2.3")
        return try await bot.person("Ada").submits()
    }

    @Test func `a second person approves, and the pipeline starts once`() async throws {
        let bot = try TestBot(Deploy.self)
        bot.web("POST https://ci.example.com/deployments", answers: [:], status: 201)
        let request = try await ask(bot)
        #expect(request.says("asked for by @Ada"))
        let approved = try await bot.person("Ben").presses("Approve", on: request)
        #expect(approved.says("Approved by @Ben"))
        #expect(bot.channel("general").messages.map(\.text).last == "*Deploy checkout 1.2.3*: 🚀 Deploying.")
        #expect(bot.audited == ["deploy.approved checkout 1.2.3"])
        #expect(try await bot.person("Chloe").presses("Approve", on: request).says("decided already"))
    }

    @Test func `nobody approves what they asked for themselves`() async throws {
        let bot = try TestBot(Deploy.self)
        let request = try await ask(bot)
        #expect(try await bot.person("Ada").presses("Approve", on: request).says("Somebody else must approve"))
        #expect(bot.audited == ["deploy.self_approval_refused checkout 1.2.3"])
    }

    @Test func `a pipeline that is away is asked again`() async throws {
        let bot = try TestBot(Deploy.self)
        bot.web("POST https://ci.example.com/deployments", answers: [:], status: 503)
        bot.web("POST https://ci.example.com/deployments", answers: [:], status: 201)
        let request = try await ask(bot)
        try await bot.person("Ben").presses("Approve", on: request)
        #expect(bot.waitingJobs == ["deploy.start"])
        try await bot.passes(.seconds(60))
        #expect(bot.channel("general").messages.last?.says("Deploying") == true)
    }

    @Test func `an hour later it is too late`() async throws {
        let bot = try TestBot(Deploy.self)
        let request = try await ask(bot)
        try await bot.passes(.seconds(3_601))
        #expect(try await bot.person("Ben").presses("Approve", on: request).says("Nobody approved it in time"))
    }

    @Test(arguments: PluginContract.rules(of: Deploy.self))
    func contract(rule: ContractRule) async { await rule.holds() }
}

@Suite struct RolesTests {
    @Test func `roles are given, shown in one message and taken over`() async throws {
        let bot = try TestBot(Roles.self)
        let (ada, ben, channel) = (bot.person("Ada"), bot.person("Ben"), bot.channel("inc-42"))
        try await ada.types("/pd role lead \(ben)", in: channel)
        let board = try #require(channel.messages.first)
        #expect(board.says("*lead*: @Ben"))
        #expect(board.says("*scribe*: nobody yet"))
        try await ada.presses("Take over", on: board, in: channel)
        #expect(channel.messages.count == 1)
        #expect(channel.messages.first?.says("*lead*: @Ada") == true)
    }

    @Test func `a role that there is not is answered with those that there are`() async throws {
        let bot = try TestBot(Roles.self)
        #expect(try await bot.person("Ada").types("/pd role king").says("one of lead, scribe, communications"))
    }

    @Test(arguments: PluginContract.rules(of: Roles.self))
    func contract(rule: ContractRule) async { await rule.holds() }
}

@Suite struct CoverMeTests {
    @Test func `whoever presses the button makes the override as themselves`() async throws {
        let bot = try TestBot(CoverMe.self)
        let pagerDuty = bot.account("pagerduty")
        pagerDuty.answers("POST /schedules/PSCHED1/overrides", [], status: 201)
        let (ada, ben) = (bot.person("Ada"), bot.person("Ben"))
        try await ada.types("/pd cover-me 2h the dentist")
        let request = try await ada.submits()
        #expect(request.says("@Ada needs cover"))
        #expect(try await ada.presses("I'll cover", on: request).says("You cannot cover yourself"))
        #expect(try await ben.presses("I'll cover", on: request).asksToLink == "pagerduty")
        ben.links("pagerduty")
        #expect(try await ben.presses("I'll cover", on: request).says("@Ben covers for @Ada"))
        #expect(pagerDuty.asked == ["U0BEN: POST /schedules/PSCHED1/overrides"])
        let override = pagerDuty.bodies("POST /schedules/PSCHED1/overrides").first?["overrides"].array?.first
        #expect(override?["user"]["id"] == "PU0BEN")
    }

    @Test func `what PagerDuty refuses is said`() async throws {
        let bot = try TestBot(CoverMe.self)
        bot.account("pagerduty").answers("POST /schedules/PSCHED1/overrides", [:], status: 403)
        let (ada, ben) = (bot.person("Ada"), bot.person("Ben"))
        ben.links("pagerduty")
        try await ada.types("/pd cover-me 2h")
        let request = try await ada.submits()
        #expect(try await ben.presses("I'll cover", on: request).says("did not take the override (403)"))
    }

    @Test(arguments: PluginContract.rules(of: CoverMe.self))
    func contract(rule: ContractRule) async { await rule.holds() }
}

@Suite struct RunbooksTests {
    @Test func `a runbook is kept and found`() async throws {
        let bot = try TestBot(Runbooks.self)
        let ada = bot.person("Ada")
        #expect(try await ada.types("/pd runbook").says("There are no runbooks yet"))
        try await ada.types("/pd add-runbook Checkout <https://wiki.example.com/checkout>")
        let found = try await bot.person("Ben").types("/pd runbook checkout")
        #expect(found.says("Checkout, kept by @Ada"))
        #expect(found.buttons == ["Open"])
        #expect(try await ada.types("/pd runbook check").says("Perhaps"))
    }

    @Test func `a shortcut asks for both`() async throws {
        let bot = try TestBot(Runbooks.self)
        let ada = bot.person("Ada")
        #expect(try await ada.uses(shortcut: "Keep a runbook").fields == ["Service", "Link"])
        let kept = try await ada.submits(["Service": "API", "Link": "https://wiki.example.com/api"])
        #expect(kept.says("Kept."))
    }

    @Test(arguments: PluginContract.rules(of: Runbooks.self))
    func contract(rule: ContractRule) async { await rule.holds() }
}

@Suite struct RemindersTests {
    @Test func `a channel is reminded when the time has come, and again`() async throws {
        let bot = try TestBot(Reminders.self)
        let (ada, general) = (bot.person("Ada"), bot.channel("general"))
        try await ada.types("/pd remind 45m Look at the graphs")
        try await bot.passes(.seconds(44 * 60))
        #expect(general.messages.isEmpty)
        try await bot.passes(.seconds(60))
        #expect(general.messages.map(\.text) == ["⏰ Look at the graphs\nfrom @Ada"])
        try await bot.person("Ben").presses("In ten minutes")
        try await bot.passes(.seconds(600))
        #expect(general.messages.last?.text == "⏰ Look at the graphs\nfrom @Ben")
    }

    @Test func `a reminder is cancelled in time, and not too late`() async throws {
        let bot = try TestBot(Reminders.self)
        let ada = bot.person("Ada")
        let told = try await ada.types("/pd remind 1h Go home")
        #expect(try await ada.presses("Cancel it", on: told).says("Cancelled: Go home"))
        try await bot.passes(.seconds(7_200))
        #expect(bot.channel("general").messages.isEmpty)
    }

    @Test(arguments: PluginContract.rules(of: Reminders.self))
    func contract(rule: ContractRule) async { await rule.holds() }
}

@Suite struct PollTests {
    @Test func `votes are counted in place, and taken back`() async throws {
        let bot = try TestBot(Poll.self)
        let (ada, ben, general) = (bot.person("Ada"), bot.person("Ben"), bot.channel("general"))
        try await ada.types("/pd poll \"Where do we eat?\" Pizza, Soup")
        let poll = try #require(general.messages.first)
        #expect(poll.buttons == ["Vote", "Vote", "Close"])
        try await ben.presses("Vote", on: poll)
        #expect(general.messages.first?.says("Pizza  *1*  @Ben") == true)
        try await ben.presses("Vote", on: poll)
        #expect(general.messages.first?.says("Pizza  *0*") == true)
        #expect(general.messages.count == 1)
    }

    @Test func `only whoever asked closes it`() async throws {
        let bot = try TestBot(Poll.self)
        let (ada, ben, general) = (bot.person("Ada"), bot.person("Ben"), bot.channel("general"))
        try await ada.types("/pd poll Lunch? yes, no")
        #expect(try await ben.presses("Close", in: general).says("Only whoever asked"))
        try await ada.presses("Close", in: general)
        #expect(general.messages.first?.says("(closed)") == true)
    }

    @Test(arguments: PluginContract.rules(of: Poll.self))
    func contract(rule: ContractRule) async { await rule.holds() }
}
