import BotHost
import BotStore
import Foundation
import Testing

@testable import Sandbox

/// The end of an installation, its new beginning, and tokens that end.
struct InstallEndTests {
    private func state(_ stage: Stage) async throws -> InstallationState? {
        try await stage.host.store.installation(teamID: "T0ACME001", enterpriseID: nil)?.state
    }

    @Test("A workspace that removes the app is suspended, its queue waits, and installing again goes on")
    func uninstalled() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            _ = try await stage.access.control("slack/uninstall", ["team": "T0ACME001"], at: #_sourceLocation)
            try await stage.eventually("Acme is still served", at: #_sourceLocation) {
                try await state(stage) == .active ? nil : true
            }
            guard case .suspended(let reason)? = try await state(stage) else {
                Issue.record("not suspended")
                return
            }
            #expect(reason.contains("removed") || reason.contains("withdrew"))
            #expect(stage.log.lines.contains { $0.contains("served no more") })
            let audit = try await stage.host.store.auditEntries(limit: 5, before: nil)
            #expect(audit.contains { $0.line.action == "workspace.suspended" })
            let browser = Visitor(stage)
            stage.pass(.seconds(10))
            let begin = try await browser.opens(stage.installAddress(for: "T0ACME001"))
            let back = try await stage.answers(as: stage.ada, to: try #require(begin.link("Continue at Slack")))
            #expect(try await browser.opens(back).text.contains("authorized again"))
            #expect(try await state(stage) == .active)
            try await stage.ada.types("/pd help")
            try await stage.ada.sees("/pd trigger")
        }
    }

    @Test("A withdrawn token suspends too; a person's own withdrawn token suspends nothing")
    func revoked() async throws {
        try await Stage.set { stage in
            let person: JSON = ["type": "tokens_revoked", "tokens": ["oauth": ["U0ADA0001"], "bot": []]]
            #expect(try await stage.slackSends(event: person, id: "Ev0PERSON").status == 200)
            #expect(try await state(stage) == .active)
            _ = try await stage.access.control("slack/revoke", ["team": "T0ACME001"], at: #_sourceLocation)
            try await stage.eventually("Acme is still served", at: #_sourceLocation) {
                try await state(stage) == .active ? nil : true
            }
        }
    }

    @Test("The end of an earlier installation, told late, does not end the one that works")
    func toldLate() async throws {
        try await Stage.set { stage in
            let begin = try await Visitor(stage).opens(stage.installAddress())
            #expect(begin.status == 200)
            let browser = Visitor(stage)
            let page = try await browser.opens(stage.installAddress(for: "T0ACME001"))
            stage.pass(.seconds(20))
            let back = try await stage.answers(as: stage.ada, to: try #require(page.link("Continue at Slack")))
            #expect(try await browser.opens(back).status == 200)
            let event: JSON = ["type": "app_uninstalled"]
            #expect(try await stage.slackSends(event: event, id: "Ev0LATE", happened: -10).status == 200)
            #expect(try await state(stage) == .active)
        }
    }

    @Test("A token that ends is renewed two hours before, once, and stored before it is used")
    func rotation() async throws {
        try await Stage.set { stage in
            try await stage.arranges(["rotation": true])
            let browser = Visitor(stage)
            let page = try await browser.opens(stage.installAddress(for: "T0ACME001"))
            let back = try await stage.answers(as: stage.ada, to: try #require(page.link("Continue at Slack")))
            #expect(try await browser.opens(back).status == 200)
            let first = try #require(try await stage.host.store.installation(teamID: "T0ACME001", enterpriseID: nil))
            #expect(first.botRefreshToken != nil)
            #expect(first.botTokenExpiresAt == stage.clock.now.addingTimeInterval(43_200))
            let before = stage.calls("oauth.v2.access").count
            await stage.host.keepTokens()
            #expect(stage.calls("oauth.v2.access").count == before)
            // Two replicas look at the same time.
            stage.pass(.seconds(36_001))
            async let one: Void = stage.host.keepTokens()
            async let other: Void = stage.host.keepTokens()
            _ = await (one, other)
            // Whoever of them has the lease renews it; the host's own round may be that one.
            let second = try await stage.eventually("the token is not renewed", at: #_sourceLocation) {
                let now = try await stage.host.store.installation(teamID: "T0ACME001", enterpriseID: nil)
                return now?.botToken == first.botToken ? nil : now
            }
            #expect(stage.calls("oauth.v2.access").count == before + 1)
            #expect(second.botToken != first.botToken)
            #expect(second.botRefreshToken != first.botRefreshToken)
            // The first token has ended since; the new one serves.
            stage.pass(.seconds(7_300))
            try await stage.ada.types("/pd oncall checkout")
            try await stage.ada.sees("On call for")
        }
    }

    @Test("A refresh that Slack refuses for good ends with the token, and tells the administrators")
    func refused() async throws {
        try await Stage.set { stage in
            try await stage.arranges(["rotation": true])
            let browser = Visitor(stage)
            let page = try await browser.opens(stage.installAddress(for: "T0ACME001"))
            let back = try await stage.answers(as: stage.ada, to: try #require(page.link("Continue at Slack")))
            #expect(try await browser.opens(back).status == 200)
            stage.breaks(.slack, .error(code: "invalid_refresh_token"), only: "oauth.v2.access")
            stage.pass(.seconds(40_000))
            await stage.host.keepTokens()
            #expect(try await state(stage) == .active)
            stage.pass(.seconds(3_300))
            try await stage.eventually("Acme is still served", at: #_sourceLocation) {
                await stage.host.keepTokens()
                return try await state(stage) == .active ? nil : true
            }
            #expect(try await state(stage) == .suspended(reason: "Slack does not renew the app's token any more"))
        }
    }
}
