import BotHost
import BotStore
import Foundation
import Testing

@testable import Sandbox

/// What is refused on the way of an install, with a page that says what to do, and nothing half installed.
struct InstallRefusalTests {
    /// A browser that has begun, and where Slack sends it.
    private struct Begun {
        let browser: Visitor
        let slack: String
    }

    private func begin(_ stage: Stage, for workspace: String? = nil) async throws -> Begun {
        let browser = Visitor(stage)
        let page = try await browser.opens(stage.installAddress(for: workspace))
        return Begun(browser: browser, slack: try #require(page.link("Continue at Slack")))
    }

    /// Nothing but Acme is installed, whatever was tried.
    private func expectNothingNew(_ stage: Stage, at place: SourceLocation = #_sourceLocation) async throws {
        let ids = try await stage.host.store.installations().map(\.id)
        #expect(ids == ["T0ACME001"], sourceLocation: place)
    }

    @Test("A state that is foreign, changed, too old, of another browser or used before is refused")
    func states() async throws {
        try await Stage.set(InstallTests.onlyAcme) { stage in
            let begun = try await begin(stage)
            let back = try await stage.answers(as: stage.gina, to: begun.slack)
            let host = stage.access.host

            let foreign = try await begun.browser.opens("\(host)/slack/oauth_redirect?code=1.2.3&state=made-up")
            #expect(foreign.status == 400)
            #expect(foreign.text.contains("was not reached from the install page of this host"))
            #expect(try await begun.browser.opens("\(host)/slack/oauth_redirect?code=1.2.3").status == 400)

            let stranger = try await Visitor(stage).opens(back)
            #expect(stranger.status == 400)
            #expect(stranger.text.contains("begun in another browser"))
            let planted = Visitor(stage)
            planted.plants("__Host-install", String(repeating: "A", count: 43))
            #expect(try await planted.opens(back).status == 400)
            try await expectNothingNew(stage)

            // The refusal took the cookie away from the first browser; a new beginning is the way on.
            let second = try await begin(stage)
            let good = try await stage.answers(as: stage.gina, to: second.slack)
            let kept = second.browser.kept
            #expect(try await second.browser.opens(good).status == 200)
            for (name, value) in kept { second.browser.plants(name, value) }
            let used = try await second.browser.opens(good)
            #expect(used.status == 400)
            #expect(used.text.contains("was opened before"))
        }
    }

    @Test("What was begun more than ten minutes ago is over")
    func late() async throws {
        try await Stage.set(InstallTests.onlyAcme) { stage in
            let begun = try await begin(stage)
            let back = try await stage.answers(as: stage.gina, to: begun.slack)
            stage.pass(.seconds(601))
            #expect(try await begun.browser.opens(back).status == 400)
            try await expectNothingNew(stage)
        }
    }

    @Test("A one-time address is good for one install, and for 15 minutes")
    func tickets() async throws {
        try await Stage.set(InstallTests.onlyAcme) { stage in
            let address = stage.installAddress()
            let (one, other) = (Visitor(stage), Visitor(stage))
            let first = try #require(try await one.opens(address).link("Continue at Slack"))
            let second = try #require(try await other.opens(address).link("Continue at Slack"))
            let backs = (
                try await stage.answers(as: stage.gina, to: first),
                try await stage.answers(as: stage.ivy, to: second)
            )
            #expect(try await one.opens(backs.0).status == 200)
            let late = try await other.opens(backs.1)
            #expect(late.status == 403)
            #expect(late.text.contains("bothost console-login"))
            #expect(try await Visitor(stage).opens(address).status == 403)
            let unused = stage.installAddress()
            stage.pass(.seconds(901))
            #expect(try await Visitor(stage).opens(unused).status == 403)
            #expect(try await stage.host.store.installations().map(\.id) == ["T0ACME001", "T0GLOBEX1"])
        }
    }

    @Test("A code that was used before installs nothing")
    func codes() async throws {
        try await Stage.set(InstallTests.onlyAcme) { stage in
            let first = try await begin(stage)
            let back = try await stage.answers(as: stage.ada, to: first.slack)
            #expect(try await first.browser.opens(back).status == 200)
            let code = try #require(back.firstMatch(of: /code=([^&]+)/)?.1)
            let second = try await begin(stage)
            let state = try #require(
                try await stage.answers(as: stage.gina, to: second.slack).firstMatch(of: /state=([^&]+)/)?.1)
            let refused = try await second.browser.opens(
                "\(stage.access.host)/slack/oauth_redirect?code=\(code)&state=\(state)")
            #expect(refused.status == 400)
            #expect(refused.text.contains("Slack's code was used before"))
            try await expectNothingNew(stage)
        }
    }

    @Test("Another app, a part of the scopes, or more than was asked for: nothing of it is kept")
    func grants() async throws {
        try await Stage.set(InstallTests.onlyAcme) { stage in
            // The app's id is known from the first install.
            let known = try await begin(stage)
            #expect(
                try await known.browser.opens(try await stage.answers(as: stage.ada, to: known.slack)).status == 200)

            try await stage.arranges(["app_id": "A0OTHER01"])
            let other = try await begin(stage)
            let page = try await other.browser.opens(try await stage.answers(as: stage.ivy, to: other.slack))
            #expect(page.text.contains("Slack installed the app A0OTHER01, while this host is the app A0BOTHOST"))
            try await stage.arranges(["app_id": "", "withheld": ["im:write"]])
            let part = try await begin(stage)
            let partly = try await part.browser.opens(try await stage.answers(as: stage.ivy, to: part.slack))
            #expect(partly.status == 400)
            #expect(partly.text.contains("Not everything was allowed"))
            #expect(partly.text.contains("im:write"))
            try await stage.arranges(["withheld": []])

            let changed = try await begin(stage)
            let wider = changed.slack.replacing("scope=", with: "scope=reactions%3Awrite%2C", maxReplacements: 1)
            let more = try await changed.browser.opens(try await stage.answers(as: stage.ivy, to: wider))
            #expect(more.status == 400)
            #expect(more.text.contains("reactions:write"))
            let narrower = try await begin(stage)
            let less = narrower.slack.replacing(/scope=[^&]*/, with: "scope=commands", maxReplacements: 1)
            #expect(
                try await narrower.browser.opens(try await stage.answers(as: stage.ivy, to: less)).text
                    .contains("Not everything was allowed"))
            try await expectNothingNew(stage)
            // The tokens that nobody keeps were withdrawn.
            #expect(stage.calls("auth.revoke").count == 4)
        }
    }

    @Test("A workspace that is to be authorized again cannot be exchanged for another one")
    func anotherWorkspace() async throws {
        try await Stage.set(InstallTests.onlyAcme) { stage in
            let begun = try await begin(stage, for: "T0ACME001")
            #expect(begun.slack.contains("&team=T0ACME001"))
            let page = try await begun.browser.opens(try await stage.answers(as: stage.gina, to: begun.slack))
            #expect(page.text.contains("Another workspace was chosen at Slack: Globex"))
            try await expectNothingNew(stage)
        }
    }

    @Test("Whatever a request says that it was sent to, people are sent to the configured address")
    func hosts() async throws {
        try await Stage.set(InstallTests.onlyAcme) { stage in
            for (name, value) in [
                ("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"), ("Forwarded", "host=evil.example"),
                ("X-Original-URL", "//evil.example"),
            ] {
                let page = try await Visitor(stage).opens(stage.installAddress(), headers: [(name, value)])
                #expect(!page.markup.contains("evil.example"))
                #expect(page.link("Continue at Slack")?.contains("redirect_uri=http%3A%2F%2F127.0.0.1%3A") == true)
            }
            // And Slack refuses an address that is not the app's.
            let begun = try await begin(stage)
            let elsewhere = begun.slack.replacing(
                /redirect_uri=[^&]*/, with: "redirect_uri=https%3A%2F%2Fevil.example%2Fslack%2Foauth_redirect",
                maxReplacements: 1)
            let page = try await stage.access.get(String(elsewhere.dropFirst(stage.access.sandbox.count)))
            #expect(page.text.contains("bad_redirect_uri"))
            try await expectNothingNew(stage)
        }
    }

    @Test("While Slack does not answer nothing is changed, and the page says to begin again")
    func unreachable() async throws {
        try await Stage.set(InstallTests.onlyAcme) { stage in
            let begun = try await begin(stage)
            let back = try await stage.answers(as: stage.gina, to: begun.slack)
            stage.breaks(.slack, .down)
            let page = try await begun.browser.opens(back)
            #expect(page.status == 502)
            #expect(page.link("Begin again") != nil)
            stage.mends()
            try await expectNothingNew(stage)
        }
    }

    @Test("Pages of an install hold their headers, and nothing of what an address brings")
    func hostile() async throws {
        try await Stage.set(InstallTests.onlyAcme) { stage in
            let host = stage.access.host
            let odd = "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%E2%80%A8%CC%81"
            for path in [
                "/slack/install", "/slack/install?ticket=\(odd)", "/slack/oauth_redirect?state=\(odd)&code=\(odd)",
                "/slack/oauth_redirect?error=\(odd)&state=\(odd)", "/slack/oauth_redirect?state=%ZZ",
                "/slack/install?ticket=\(String(repeating: "a", count: 7_000))",
            ] {
                let page = try await Visitor(stage).opens(host + path)
                #expect((400..<500).contains(page.status))
                #expect(!page.markup.contains("<script"))
                #expect(page.headers["content-security-policy"]?.contains("default-src 'none'") == true)
                #expect(page.headers["referrer-policy"] == "no-referrer")
                #expect(page.headers["cache-control"] == "no-store")
                #expect(page.headers["server"] == nil)
            }
        }
    }
}
