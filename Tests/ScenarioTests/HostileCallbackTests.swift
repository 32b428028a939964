import AsyncHTTPClient
import BotHost
import BotStore
import Foundation
import Testing

@testable import Sandbox

/// What comes back to the host from somewhere else than where it sent the browser, or once too often.
@Suite struct HostileCallbackTests {
    private func linking(
        _ play: @escaping @Sendable (Stage, _ link: String, _ browser: Browser) async throws -> Void
    ) async throws {
        var setup = Stage.Setup()
        setup.signsIn = true
        try await Stage.set(setup) { stage in
            try await stage.ada.types("/pd invite @chloe")
            try await play(stage, try await stage.ada.linkAddress(in: .general), Browser())
        }
    }

    /// Where a service sends the browser back to, without going there.
    private func address(
        of page: Browser.Page, _ path: String, who: String, in browser: Browser, _ stage: Stage
    ) async throws -> String {
        let query = try #require(page.value(after: "name=\"query\" value=\""), "\(page)")
        let answer = try await browser.post(
            stage.access.sandbox + path, [("query", query), ("who", who), ("answer", "allow")], follows: false)
        return try #require(answer.header("location"))
    }

    private static let slack = "/openid/connect/authorize"
    private static let identity = "/identity/oauth/authorize"

    private func expectNothing(_ stage: Stage) async throws {
        #expect(try await stage.linked(stage.ada) == nil)
        #expect(stage.pagerDuty.users.count { $0.name == "Chloe Dubois" } == 0)
    }

    @Test("links that were never made, are cut or made up lead nowhere")
    func unknownLinks() async throws {
        try await linking { stage, link, browser in
            let foreign = String(repeating: "A", count: 43)
            for end in [foreign, String(link.suffix(43).dropLast()), "x", "%00", String(repeating: "a", count: 3000)] {
                let page = try await browser.get("\(stage.access.host)/link/\(end)")
                #expect(page.status == 404, "\(page)")
            }
            try await expectNothing(stage)
        }
    }

    @Test("a link is good for 15 minutes")
    func expiredLink() async throws {
        try await linking { stage, link, browser in
            let slack = try await stage.ada.opens(link, in: browser)
            stage.pass(.seconds(901))
            #expect(try await browser.get(link).status == 404)
            let page = try await stage.ada.answersSlack(slack, in: browser)
            #expect(page.status == 404 && page.text.contains("15 minutes"), "\(page)")
            try await expectNothing(stage)
        }
    }

    @Test("a link is used up by linking")
    func usedLink() async throws {
        try await linking { stage, link, browser in
            try await stage.ada.signsIn(in: .general, browser: browser)
            let again = try await browser.get(link + "?begin=1")
            #expect(again.text.contains("Your accounts are linked"))
            #expect(try await Browser().get(link + "?begin=1").status == 403)
        }
    }

    @Test("another browser cannot go on, neither with the link nor with what comes back")
    func otherBrowser() async throws {
        try await linking { stage, link, browser in
            let slack = try await stage.ada.opens(link, in: browser)
            let thief = Browser()
            #expect(try await thief.get(link).status == 403)
            #expect(try await thief.get(link + "?begin=1").status == 403)
            let back = try await address(
                of: slack, Self.slack, who: "T0ACME001/U0ADA0001", in: browser, stage)
            #expect(try await thief.get(back).status == 403)
            // A cookie of the thief's own making opens nothing either.
            thief.jar = browser.jar.mapValues { _ in String(repeating: "A", count: 43) }
            #expect(try await thief.get(back).status == 403)
            // The person goes on: nothing was used up.
            let service = try await browser.get(back)
            let returned = try await address(of: service, Self.identity, who: "PADAM01", in: browser, stage)
            #expect(try await Browser().get(returned).status == 403)
            let question = try await browser.get(returned)
            #expect(question.text.contains("Are these both you?"))
            #expect(try await Browser().get(question.address).status == 403)
            try await expectNothing(stage)
        }
    }

    @Test("a state that is foreign, changed, or of another step is refused, and reaches no service")
    func foreignState() async throws {
        try await linking { stage, link, browser in
            let slack = try await stage.ada.opens(link, in: browser)
            let back = try await address(of: slack, Self.slack, who: "T0ACME001/U0ADA0001", in: browser, stage)
            let state = try #require(back.split(separator: "state=").last.map(String.init))
            let other = String(state.prefix(33)) + String(repeating: "B", count: 43)
            let host = stage.access.host
            for (path, wrong) in [
                ("slack/openid_redirect", other), ("slack/openid_redirect", "x.y"), ("slack/openid_redirect", ""),
                ("slack/openid_redirect", String(repeating: "0", count: 32) + "." + "C"),
                // Slack's state at PagerDuty's address.
                ("pagerduty/oauth_redirect", state),
            ] {
                let page = try await browser.get("\(host)/\(path)?code=abc&state=\(wrong)")
                #expect([403, 404, 409].contains(page.status), "\(page)")
            }
            #expect(stage.calls("openid.connect.token").isEmpty)
            #expect(stage.calls("POST /oauth/token").isEmpty)
            #expect(try await browser.get(back).text.contains("Sign in to PagerDuty"))
        }
    }

    @Test("what comes back twice counts once")
    func twice() async throws {
        try await linking { stage, link, browser in
            let slack = try await stage.ada.opens(link, in: browser)
            let back = try await address(of: slack, Self.slack, who: "T0ACME001/U0ADA0001", in: browser, stage)
            let service = try await browser.get(back)
            #expect(try await browser.get(back).status == 409)
            let returned = try await address(of: service, Self.identity, who: "PADAM01", in: browser, stage)
            async let one = browser.get(returned)
            async let two = browser.get(returned)
            let pages = try await [one, two]
            #expect(pages.count { $0.text.contains("Are these both you?") } >= 1, "\(pages)")
            #expect(stage.calls("POST /oauth/token").count == 1)
            #expect(stage.calls("openid.connect.token").count == 1)
        }
    }

    @Test("whoever signs in to Slack as somebody else, or elsewhere, is not linked")
    func otherSlackPerson() async throws {
        try await linking { stage, link, browser in
            for who in [stage.ben, stage.eve, stage.gina] {
                let slack = try await stage.ada.opens(link, in: browser)
                let page = try await stage.ada.answersSlack(slack, as: who, in: browser)
                #expect(page.text.contains("somebody else than the one who asked"), "\(page)")
            }
            #expect(stage.calls("POST /oauth/token").isEmpty)
            let audit = try await stage.auditedWords("account.link_refused")
            #expect(audit.map { $0.split(separator: " ").last } == ["U0BEN0001", "U0EVE0001", "U0GINA001"])
            try await expectNothing(stage)
        }
    }

    @Test("an account of another company is refused, also where name and e-mail are the same")
    func otherAccount() async throws {
        try await linking { stage, link, browser in
            let slack = try await stage.ada.opens(link, in: browser)
            let service = try await stage.ada.answersSlack(slack, in: browser)
            let page = try await stage.ada.answersPagerDuty(service, as: "PSTRNG1", in: browser)
            #expect(page.text.contains("another PagerDuty account"), "\(page)")
            #expect(try await stage.auditedWords("account.link_refused") == ["pagerduty service"])
            try await expectNothing(stage)
        }
    }

    @Test("a PagerDuty user whom a colleague has linked is refused")
    func takenAccount() async throws {
        try await linking { stage, link, browser in
            try await stage.ada.signsIn(in: .general, browser: browser)
            try await stage.ben.types("/pd trigger")
            let second = Browser()
            let slack = try await stage.ben.opens(try await stage.ben.linkAddress(in: .general), in: second)
            let service = try await stage.ben.answersSlack(slack, in: second)
            let question = try await stage.ben.answersPagerDuty(service, as: "PADAM01", in: second)
            let page = try await stage.ben.confirms(question, in: second)
            #expect(page.text.contains("linked to another person here already"), "\(page)")
            #expect(try await stage.linked(stage.ben) == nil)
        }
    }

    @Test("a code that is stolen, stale or made up is not accepted")
    func wrongCodes() async throws {
        try await linking { stage, link, browser in
            let slack = try await stage.ada.opens(link, in: browser)
            let service = try await stage.ada.answersSlack(slack, in: browser)
            let returned = try await address(of: service, Self.identity, who: "PADAM01", in: browser, stage)
            // PagerDuty's codes are good for 30 seconds.
            stage.pass(.seconds(31))
            let page = try await browser.get(returned)
            #expect(page.text.contains("no longer accepts this sign-in"), "\(page)")
            let again = try await stage.ada.opens(link, in: browser)
            let back = try await address(of: again, Self.slack, who: "T0ACME001/U0ADA0001", in: browser, stage)
            let state = try #require(back.split(separator: "state=").last)
            let made = try await browser.get("\(stage.access.host)/slack/openid_redirect?code=made-up&state=\(state)")
            #expect(made.text.contains("Slack did not confirm who you are"), "\(made)")
            try await expectNothing(stage)
        }
    }

    @Test("an id token for another app, another question, another time or from another issuer is not believed")
    func wrongIDTokens() async throws {
        try await linking { stage, link, browser in
            let wrong: [[String: JSON]] = [
                ["aud": "1.2"], ["nonce": "other"], ["nonce": nil], ["exp": 1_700_000_000],
                ["iss": "https://evil.example"],
            ]
            for claims in wrong {
                await stage.sandbox.slack.claim(claims)
                let slack = try await stage.ada.opens(link, in: browser)
                let page = try await stage.ada.answersSlack(slack, in: browser)
                #expect(page.text.contains("Slack did not confirm who you are"), "\(claims) \(page)")
            }
            await stage.sandbox.slack.claim([:])
            let foreign: [[String: JSON]] = [
                ["aud": ["https://api.eu.pagerduty.com"]], ["azp": "other"], ["nonce": "other"], ["exp": 1_700_000_000],
                ["iss": "https://identity.pagerduty.com/global/oauth/anonymous"], ["user_id": "PBENO01"],
                ["subdomain": "initrode", "account_id": "PINITR1"], ["subdomain": "", "account_id": ""],
            ]
            for claims in foreign {
                stage.pagerDuty.simulator.with { $0.identity.claims = claims }
                let slack = try await stage.ada.opens(link, in: browser)
                let service = try await stage.ada.answersSlack(slack, in: browser)
                let page = try await stage.ada.answersPagerDuty(service, in: browser)
                #expect(
                    page.text.contains("proof of who you are") || page.text.contains("another PagerDuty account"),
                    "\(claims) \(page)")
            }
            try await expectNothing(stage)
        }
    }

    @Test("redirect addresses come from the configuration, whatever a request says that it was sent to")
    func attackersHost() async throws {
        try await linking { stage, link, browser in
            let page = try await browser.get(
                link + "?begin=1", headers: [("Host", "evil.example"), ("X-Forwarded-Host", "evil.example")],
                follows: false)
            let target = try #require(page.header("location"))
            #expect(target.hasPrefix(stage.access.sandbox + "/openid/connect/authorize?"))
            #expect(!target.contains("evil"))
            let port = try #require(stage.access.host.split(separator: ":").last)
            #expect(target.contains("redirect_uri=http%3A%2F%2F127.0.0.1%3A\(port)%2Fslack%2Fopenid_redirect"))
        }
    }

    @Test("the last page cannot be answered by another site, without its token, or twice")
    func forgedConfirmation() async throws {
        try await linking { stage, link, browser in
            let slack = try await stage.ada.opens(link, in: browser)
            let service = try await stage.ada.answersSlack(slack, in: browser)
            let question = try await stage.ada.answersPagerDuty(service, in: browser)
            let token = try #require(question.value(after: "name=\"token\" value=\""))
            let yes = [(name: "token", value: token), (name: "answer", value: "yes")]
            for headers in [
                [("Sec-Fetch-Site", "cross-site")], [("Sec-Fetch-Site", "same-site")],
            ] {
                #expect(try await browser.post(link, yes, headers: headers).status == 403)
            }
            for wrong in ["", "x", String(token.dropLast())] {
                #expect(try await browser.post(link, [("token", wrong), ("answer", "yes")]).status == 403)
            }
            #expect(try await Browser().post(link, yes).status == 403)
            try await expectNothing(stage)
            async let one = browser.post(link, yes)
            async let two = browser.post(link, yes)
            _ = try? await (one, two)
            try await stage.ada.sees("Invited <@U0CHLOE01>")
            #expect(try await stage.auditedWords("account.linked").count == 1)
        }
    }

    @Test("while Slack or PagerDuty is down the page says so, and the same link goes on afterwards")
    func servicesDown() async throws {
        try await linking { stage, link, browser in
            var slack = try await stage.ada.opens(link, in: browser)
            stage.breaks(.slack, .lost, only: "openid.connect.token")
            var page = try await stage.ada.answersSlack(slack, in: browser)
            #expect(page.text.contains("Slack did not answer"), "\(page)")
            stage.mends()
            slack = try await stage.ada.opens(link, in: browser)
            page = try await stage.ada.answersSlack(slack, in: browser)
            stage.breaks(.pagerduty, .down, only: "POST /oauth/token")
            page = try await stage.ada.answersPagerDuty(page, in: browser)
            #expect(page.text.contains("PagerDuty did not answer"), "\(page)")
            stage.mends()
            try await stage.ada.signsIn(in: .general, browser: browser)
        }
    }
}
