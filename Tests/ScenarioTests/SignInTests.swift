import BotHost
import BotStore
import Foundation
import Testing

@testable import Sandbox

/// Linking in the browser: Slack says who it is, PagerDuty whose account, the person says yes.
@Suite struct SignInTests {
    private static let setup: Stage.Setup = {
        var setup = Stage.Setup()
        setup.signsIn = true
        return setup
    }()

    private func stage(_ play: @escaping @Sendable (Stage) async throws -> Void) async throws {
        try await Stage.set(Self.setup, play)
    }

    // MARK: the way

    @Test("a command goes on after the accounts were linked in the browser")
    func command() async throws {
        try await stage { stage in
            try await stage.ada.types("/pd invite @chloe", in: .incidents)
            let prompt = try await stage.ada.sees("Link your account once, and I will go on.", in: .incidents)
            #expect(prompt.isEphemeral)
            let browser = Browser()
            let link = try await stage.ada.linkAddress(in: .incidents)
            #expect(link.hasPrefix(stage.access.host + "/link/"))
            let slack = try await stage.ada.opens(link, in: browser)
            let service = try await stage.ada.answersSlack(slack, in: browser)
            let question = try await stage.ada.answersPagerDuty(service, in: browser)
            for words in ["Ada Martin", "ada.martin@acme.example", "Acme", "acme"] {
                #expect(question.text.contains(words), "\(question)")
            }
            #expect(try await stage.linked(stage.ada) == nil, "nothing is linked before the person says yes")
            let last = try await stage.ada.confirms(question, in: browser)
            #expect(last.text.contains("Your accounts are linked"))
            try await stage.ada.sees("you do as *Ada Martin* (ada.martin@acme.example)", in: .incidents)
            try await stage.ada.sees("Invited <@U0CHLOE01>", in: .incidents)
            #expect(try await stage.auditedWords("account.linked") == ["pagerduty PADAM01"])
        }
    }

    @Test("a command with a form offers the form by a button, because Slack's time for it is over")
    func form() async throws {
        try await stage { stage in
            try await stage.ada.types("/pd trigger checkout Down", in: .incidents)
            try await stage.ada.signsIn(in: .incidents)
            try await stage.ada.sees("a button for the form", in: .incidents) { $0.labels.contains("Open the form") }
            try await stage.ada.presses("Open the form", in: .incidents)
            let form = try await stage.ada.seesForm("Trigger an incident")
            #expect(form.initial("Title") == "Down")
            try await stage.ada.fills()
            try await stage.ada.sees("Triggered <http", in: .incidents)
        }
    }

    @Test("in the direct message with the app the prompt is a message there")
    func direct() async throws {
        try await stage { stage in
            try await stage.ben.types("/pd invite @chloe", in: stage.ben.direct)
            try await stage.ben.signsIn(in: stage.ben.direct)
            try await stage.ben.sees("you do as *Ben Okafor*", in: stage.ben.direct)
        }
    }

    @Test("a form that needed an account is sent again after linking, with what was typed")
    func submission() async throws {
        try await stage { stage in
            try await stage.ada.types("/pd invite @chloe")
            try await stage.ada.signsIn(in: .general)
            try await stage.ada.types("/pd trigger checkout Kept")
            try await stage.ada.seesForm("Trigger an incident")
            try await stage.ada.types("/pd unlink")
            try await stage.ada.fills()
            let pushed = try await stage.ada.seesForm("Link your account")
            #expect(pushed.reads.contains("close this, and send the form again"))
            let element = try #require(BlockKitForm.elements(in: pushed.blocks).first)
            let link = try #require(element.element["url"]?.string)
            let browser = Browser()
            let slack = try await stage.ada.opens(link, in: browser)
            let service = try await stage.ada.answersSlack(slack, in: browser)
            let question = try await stage.ada.answersPagerDuty(service, in: browser)
            try await stage.ada.confirms(question, in: browser)
            try await stage.ada.closes()
            #expect(try await stage.ada.form().value("Title") == "Kept")
            try await stage.ada.fills()
            try await stage.ada.sees("Triggered <http")
        }
    }

    @Test("pages allow no script and no frame, are not kept, and show what people are called as text")
    func pages() async throws {
        try await stage { stage in
            stage.pagerDuty.change { $0.users[1].name = "<b>Ada</b> \"&'" }
            try await stage.ada.types("/pd invite @chloe")
            let link = try await stage.ada.linkAddress(in: .general)
            let browser = Browser()
            let start = try await browser.get(link)
            let policy = try #require(start.header("content-security-policy"))
            #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
            #expect(policy.contains("form-action 'self'") && !policy.contains("unsafe"))
            #expect(start.header("cache-control") == "no-store")
            #expect(start.header("x-content-type-options") == "nosniff")
            #expect(!start.text.contains("<script"))
            let slack = try await stage.ada.opens(link, in: browser)
            let service = try await stage.ada.answersSlack(slack, in: browser)
            let question = try await stage.ada.answersPagerDuty(service, as: "PADAM01", in: browser)
            #expect(question.text.contains("&lt;b&gt;Ada&lt;/b&gt;") && !question.text.contains("<b>Ada"))
            // The code that came with the browser does not stay in its address.
            #expect(question.address == link)
        }
    }

    @Test("a classic app is found out by itself, and the next person is not asked twice")
    func classic() async throws {
        try await stage { stage in
            stage.pagerDuty.simulator.with { $0.identity.app.kind = .classic }
            try await stage.ada.types("/pd invite @chloe")
            let browser = Browser()
            let slack = try await stage.ada.opens(try await stage.ada.linkAddress(in: .general), in: browser)
            var page = try await stage.ada.answersSlack(slack, in: browser)
            var asked = 0
            while page.asksPagerDuty, asked < 5 {
                asked += 1
                page = try await stage.ada.answersPagerDuty(page, in: browser)
            }
            #expect(asked == 3)
            try await stage.ada.confirms(page, in: browser)
            try await stage.ada.sees("Invited <@U0CHLOE01>")
            try await stage.ben.types("/pd trigger")
            try await stage.ben.signsIn(in: .general)
        }
    }

    @Test("an app without the scopes for incidents is told what it lacks, and nothing is linked")
    func scopes() async throws {
        try await stage { stage in
            stage.pagerDuty.simulator.with { $0.identity.app.kind = .scoped(["incidents.read", "users.read"]) }
            try await stage.ada.types("/pd invite @chloe")
            let browser = Browser()
            let slack = try await stage.ada.opens(try await stage.ada.linkAddress(in: .general), in: browser)
            var page = try await stage.ada.answersSlack(slack, in: browser)
            while page.asksPagerDuty {
                page = try await stage.ada.answersPagerDuty(page, in: browser)
            }
            #expect(page.text.contains("granted less") && page.text.contains("incidents.write"), "\(page)")
            #expect(try await stage.linked(stage.ada) == nil)
            #expect(try await stage.auditedWords("account.link_refused") == ["pagerduty scopes"])
        }
    }

    @Test("whoever cancels, at Slack, at PagerDuty or on the last page, is linked to nothing and may try again")
    func cancels() async throws {
        try await stage { stage in
            try await stage.ada.types("/pd invite @chloe")
            let link = try await stage.ada.linkAddress(in: .general)
            let browser = Browser()
            var slack = try await stage.ada.opens(link, in: browser)
            var page = try await stage.ada.answersSlack(slack, "cancel", in: browser)
            #expect(page.text.contains("did not sign in with Slack"), "\(page)")
            slack = try await stage.ada.opens(link, in: browser)
            page = try await stage.ada.answersSlack(slack, in: browser)
            page = try await stage.ada.answersPagerDuty(page, "deny", in: browser)
            #expect(page.text.contains("did not agree at PagerDuty"), "\(page)")
            slack = try await stage.ada.opens(link, in: browser)
            page = try await stage.ada.answersSlack(slack, in: browser)
            page = try await stage.ada.answersPagerDuty(page, in: browser)
            page = try await stage.ada.confirms(page, "no", in: browser)
            #expect(page.text.contains("You cancelled"), "\(page)")
            #expect(try await stage.linked(stage.ada) == nil)
            try await stage.ada.signsIn(in: .general, browser: browser)
            #expect(try await stage.linked(stage.ada)?.providerUserID == "PADAM01")
        }
    }

    @Test("no token, code or key of a browser is in the log, in a message or readable in the store")
    func secrets() async throws {
        try await stage { stage in
            try await stage.ada.types("/pd invite @chloe")
            let browser = Browser()
            try await stage.ada.signsIn(in: .general, browser: browser)
            try await stage.ada.sees("Invited <@U0CHLOE01>")
            var secrets = stage.pagerDuty.simulator.with {
                Array($0.identity.tokens.keys) + Array($0.identity.refreshTokens.keys)
            }
            secrets += browser.jar.values
            try #require(secrets.count >= 3)
            let files = try FileManager.default.contentsOfDirectory(at: stage.folder, includingPropertiesForKeys: nil)
            let stored = try files.filter { $0.pathExtension != "sock" }.map { try Data(contentsOf: $0) }
            for secret in secrets {
                #expect(!stage.log.lines.contains { $0.contains(secret) })
                #expect(stored.allSatisfy { $0.range(of: Data(secret.utf8)) == nil })
                #expect(try await !stage.ada.reads(.general).contains { $0.json.text.contains(secret) })
            }
        }
    }
}

extension Stage {
    /// Who a person is linked to.
    func linked(_ persona: Persona) async throws -> BotStore.LinkedAccount? {
        try await host.store.linkedAccount(
            provider: "pagerduty", person: PersonKey(teamID: persona.team, userID: persona.id))
    }

    /// To what something was done, oldest first.
    func auditedWords(_ action: String) async throws -> [String] {
        try await host.store.auditEntries(limit: 100, before: nil).reversed()
            .filter { $0.line.action == action }.map(\.line.subject)
    }
}
