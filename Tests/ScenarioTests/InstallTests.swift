import BotHost
import BotStore
import Foundation
import Testing

@testable import Sandbox

/// `GET /slack/install` and what follows: the app comes into a workspace, and is allowed more there.
struct InstallTests {
    /// A host that serves Acme, and nobody else yet.
    static let onlyAcme = Stage.Setup(workspaces: ["T0ACME001"])

    @Test("Somebody with a one-time address installs the app into their workspace, and it answers there")
    func installs() async throws {
        try await Stage.set(Self.onlyAcme) { stage in
            let browser = Visitor(stage)
            let begin = try await browser.opens(stage.installAddress())
            #expect(begin.status == 200)
            #expect(begin.text.contains("chat:write"))
            #expect(begin.text.contains("people use its commands and shortcuts"))
            let slack = try #require(begin.link("Continue at Slack"))
            #expect(slack.hasPrefix("\(stage.access.sandbox)/oauth/v2/authorize?client_id="))
            let back = try await stage.answers(as: stage.gina, to: slack)
            #expect(back.hasPrefix("\(stage.access.host)/slack/oauth_redirect?code="))
            let done = try await browser.opens(back)
            #expect(done.status == 200, "\(done.text)")
            #expect(done.text.contains("The app is installed It answers in Globex"))
            #expect(browser.kept["__Host-install"] == nil)
            try await stage.gina.types("/pd help", in: .globexOps)
            try await stage.gina.sees("/pd trigger", in: .globexOps)
            let audit = try await stage.host.store.auditEntries(limit: 1, before: nil)
            #expect(audit.first?.line.action == "workspace.installed")
            #expect(audit.first?.line.actor == "root")
        }
    }

    @Test("An install for a whole organization answers in its workspaces")
    func organization() async throws {
        try await Stage.set(Self.onlyAcme) { stage in
            let done = try await install(stage, as: stage.ivy, organization: true)
            #expect(done.text.contains("the organization Initech Holding"))
            let stored = try await stage.host.store.installation(teamID: "T0INITECH", enterpriseID: "E0INITECH")
            #expect(stored?.teamID == nil)
            #expect(stored?.id == "E0INITECH")
            try await stage.jon.types("/pd help", in: .initechGeneral)
            try await stage.jon.sees("/pd trigger", in: .initechGeneral)
            _ = try await stage.access.control("slack/uninstall", ["team": "T0INITECH"], at: #_sourceLocation)
            try await stage.eventually("the organization is still served", at: #_sourceLocation) {
                try await stage.host.store.installation(teamID: nil, enterpriseID: "E0INITECH")?.state == .active
                    ? nil : true
            }
        }
    }

    @Test("Installing again adds scopes and keeps the account, the beginning and what waits")
    func again() async throws {
        try await Stage.set { stage in
            let store = stage.host.store
            let account = MappedAccount(accountID: "PACCOUNT", subdomain: "acme")
            try await store.mapInstallation("T0ACME001", provider: "pagerduty", to: account, at: stage.clock.now)
            let before = try #require(try await store.installation(teamID: "T0ACME001", enterpriseID: nil))
            stage.pass(.seconds(30))
            try await stage.arranges(["granted": ["T0ACME001": ["commands", "chat:write", "pins:read"]]])
            let done = try await install(stage, as: stage.ada)
            #expect(done.text.contains("The app is authorized again"))
            let after = try #require(try await store.installation(teamID: "T0ACME001", enterpriseID: nil))
            #expect(after.accounts == before.accounts)
            #expect(after.createdAt == before.createdAt)
            #expect(after.scopes.contains("pins:read") && after.scopes.contains("im:write"))
            #expect(after.appID == "A0BOTHOST")
        }
    }

    @Test("Where an administrator has to approve the app first, the page says so, and it works afterwards")
    func approval() async throws {
        try await Stage.set(Self.onlyAcme) { stage in
            try await stage.arranges(["approval": ["T0GLOBEX1"]])
            let browser = Visitor(stage)
            let begin = try await browser.opens(stage.installAddress())
            #expect(begin.text.contains("If apps need an approval in your workspace"))
            let slack = try #require(begin.link("Continue at Slack"))
            #expect(try await stage.answers("request", as: stage.hugo, to: slack) == "")
            // Whoever gives up meanwhile comes back without a code.
            let refused = try await browser.opens(try await stage.answers("cancel", as: stage.hugo, to: slack))
            #expect(refused.status == 400)
            #expect(refused.text.contains("an administrator of your Slack workspace has to approve the app first"))
            let again = try #require(refused.link("Begin again"))
            _ = try await stage.access.control("slack/approve", ["team": "T0GLOBEX1"], at: #_sourceLocation)
            let second = try await browser.opens(stage.access.host + again)
            let back = try await stage.answers(as: stage.hugo, to: try #require(second.link("Continue at Slack")))
            #expect(try await browser.opens(back).text.contains("The app is installed"))
        }
    }

    @Test("Where the administrators have said so, anybody may install, without a one-time address")
    func open() async throws {
        try await Stage.set(Self.onlyAcme) { stage in
            #expect(try await Visitor(stage).opens("\(stage.access.host)/slack/install").status == 403)
            try await stage.host.letAnybodyInstall(true)
            let browser = Visitor(stage)
            let begin = try await browser.opens("\(stage.access.host)/slack/install")
            let back = try await stage.answers(as: stage.gina, to: try #require(begin.link("Continue at Slack")))
            #expect(try await browser.opens(back).status == 200)
            try await stage.host.letAnybodyInstall(false)
            #expect(try await Visitor(stage).opens("\(stage.access.host)/slack/install").status == 403)
        }
    }

    /// Goes the whole way.
    private func install(
        _ stage: Stage, as persona: Persona, organization: Bool = false
    ) async throws -> Visitor.PageShown {
        let browser = Visitor(stage)
        let begin = try await browser.opens(stage.installAddress())
        let back = try await stage.answers(
            as: persona, to: try #require(begin.link("Continue at Slack")), organization: organization)
        return try await browser.opens(back)
    }
}
