import BotHost
import BotStore
import Foundation
import Testing

@testable import Sandbox

/// The console: who gets in, and what is in force after a form.
struct ConsoleTests {
    @Test("Whoever is nobody sees the door on every page, and may do nothing")
    func nobody() async throws {
        try await Stage.set { stage in
            let console = try await Console(stage)
            for path in Console.screens {
                let page = try await console.browser.opens(console.url + path)
                #expect(page.status == 303)
                #expect(page.headers["location"] == "/sign-in")
                console.expectHeaders(page)
            }
            for path in Console.deeds {
                let page = try await console.sends([], to: path)
                #expect(page.status == 403, "\(path)")
                console.expectHeaders(page)
            }
            let door = try await console.browser.opens(console.url + "/sign-in")
            #expect(door.text.contains("bothost console-login"))
            #expect(try await stage.host.store.enablementOverrides().isEmpty)
        }
    }

    @Test("A one-time address signs in once, for 15 minutes, and opening it alone uses nothing up")
    func signingIn() async throws {
        try await Stage.set { stage in
            let console = try await Console(stage)
            let address = await stage.host.consoleSignIn(by: "root")
            #expect(try await console.browser.opens(address).text.contains("Sign in to the console As root"))
            #expect(try await Visitor(stage).opens(address).status == 200)
            try await console.signIn(with: address)
            #expect(try await console.opens("/").text.contains("Overview"))
            #expect(try await Visitor(stage).opens(address).status == 403)
            let late = await stage.host.consoleSignIn(by: "root")
            stage.pass(.seconds(901))
            let other = try await Console(stage)
            #expect(try await other.browser.opens(late).status == 403)
            #expect(try await other.sends([("token", token(late))], to: "/sign-in").status == 403)
            #expect(other.browser.kept["__Host-session"] == nil)
        }
    }

    @Test(
        "A session gets an id of the host's making, which ends with the sign-out, after half an hour and after twelve hours"
    )
    func sessions() async throws {
        try await Stage.set { stage in
            let console = try await Console(stage)
            // An id that somebody planted is never taken over.
            let planted = String(repeating: "A", count: 43)
            console.browser.plants("__Host-session", planted)
            #expect(try await console.opens("/").status == 303)
            try await console.signIn()
            let id = try #require(console.browser.kept["__Host-session"])
            #expect(id != planted && id.utf8.count == 43)
            let stranger = try await Console(stage)
            stranger.browser.plants("__Host-session", planted)
            #expect(try await stranger.opens("/").status == 303)

            for _ in 0..<3 {
                stage.pass(.seconds(1_700))
                #expect(try await console.opens("/").status == 200)
            }
            stage.pass(.seconds(1_801))
            #expect(try await console.opens("/").status == 303)

            try await console.signIn()
            let second = try #require(console.browser.kept["__Host-session"])
            #expect(second != id)
            #expect(try await console.sends([("form", try await console.formToken())], to: "/sign-out").status == 303)
            console.browser.plants("__Host-session", second)
            #expect(try await console.opens("/").status == 303)

            try await console.signIn()
            for _ in 0..<26 {
                stage.pass(.seconds(1_700))
                _ = try await console.opens("/")
            }
            #expect(try await console.opens("/").status == 303)
        }
    }

    @Test("A form counts only with its token and from a page of the console's own")
    func forgery() async throws {
        try await Stage.set { stage in
            let console = try await Console(stage)
            try await console.signIn()
            let good = [
                ("form", try await console.formToken()), ("workspace", "T0ACME001"), ("plugin", "oncall"),
                ("to", "off"),
            ]
            for site in ["cross-site", "same-site", "none"] {
                #expect(try await console.sends(good, to: "/plugins/switch", site: site).status == 403)
            }
            #expect(try await console.sends(Array(good.dropFirst()), to: "/plugins/switch").status == 403)
            let other = [("form", String(repeating: "A", count: 43))] + good.dropFirst()
            #expect(try await console.sends(other, to: "/plugins/switch").status == 403)
            #expect(try await stage.host.store.enablementOverrides().isEmpty)
            let lost = try await console.opens("/plugins/switch")
            #expect(lost.status == 404 || lost.status == 405)
            console.expectHeaders(lost)
            #expect(try await console.sends(good, to: "/plugins/switch").status == 303)
            #expect(try await stage.host.store.enablementOverrides().count == 1)
        }
    }

    @Test(
        "A plugin that is switched off is gone from help at once, and back when plugins.json decides again; both are audited"
    )
    func switches() async throws {
        try await Stage.set { stage in
            let console = try await Console(stage)
            try await console.signIn()
            try await console.does("/plugins/switch", ["workspace": "T0ACME001", "plugin": "oncall", "to": "off"])
            try await stage.ada.types("/pd oncall checkout")
            try await stage.ada.sees("switched off in this workspace")
            try await stage.gina.types("/pd oncall checkout", in: .globexOps)
            try await stage.gina.sees("On call for", in: .globexOps)
            let page = try await console.opens("/plugins?workspace=T0ACME001")
            #expect(page.text.contains("off the console"))
            try await console.does("/plugins/switch", ["workspace": "T0ACME001", "plugin": "oncall", "to": "file"])
            try await stage.ada.types("/pd oncall checkout")
            try await stage.ada.sees("On call for")
            let audit = try await stage.host.store.auditEntries(limit: 10, before: nil)
            #expect(audit.count { $0.line.action == "plugin.switched" && $0.line.actor == "root" } == 2)
            #expect(try await console.opens("/audit").text.contains("plugin.switched"))
            #expect(try await console.opens("/audit/verify").text.contains("follow from each other"))
        }
    }

    @Test("Who may only look is refused, and that is audited", arguments: Console.deeds)
    func viewer(path: String) async throws {
        try await Stage.set { stage in
            let console = try await Console(stage)
            try await console.signIn(as: .viewer)
            for screen in Console.screens {
                let page = try await console.opens(screen)
                #expect(page.status == 200)
                console.expectHeaders(page)
                // Nothing to press but the way out.
                #expect(page.markup.matches(of: /<form/).count == 1, "\(screen)")
            }
            let page = try await console.sends([("form", try await console.formToken())], to: path)
            #expect(page.status == 403)
            let audit = try await stage.host.store.auditEntries(limit: 1, before: nil)
            #expect(audit.first?.line.action == "console.refused")
            #expect(audit.first?.line.subject == path)
        }
    }

    @Test("A workspace that lacks a scope is shown with the reason, and authorized again from there")
    func reauthorize() async throws {
        try await Stage.set { stage in
            let store = stage.host.store
            var acme = try #require(try await store.installation(teamID: "T0ACME001", enterpriseID: nil))
            acme.scopes.removeAll { $0 == "users:read" }
            try await store.saveInstallation(acme)
            let console = try await Console(stage)
            try await console.signIn()
            let page = try await console.opens("/workspaces")
            #expect(page.text.contains("1 missing users:read"))
            #expect(page.text.contains("Reauthorize"))
            #expect(try await console.opens("/").text.contains("Acme has to be authorized again"))
            // What works goes on working.
            try await stage.ada.types("/pd help")
            try await stage.ada.sees("/pd trigger")
            let invitation = try await console.does("/workspaces/install", ["workspace": "T0ACME001"], status: 200)
            let browser = Visitor(stage)
            let begin = try await browser.opens(try #require(invitation.link("Open it")))
            let back = try await stage.answers(as: stage.ada, to: try #require(begin.link("Continue at Slack")))
            #expect(try await browser.opens(back).text.contains("authorized again"))
            #expect(try await !console.opens("/workspaces").text.contains("missing"))
        }
    }

    @Test("A workspace is suspended, resumed, and removed only by typing its name after a fresh sign-in")
    func workspaces() async throws {
        try await Stage.set { stage in
            let console = try await Console(stage)
            try await console.signIn()
            try await console.does("/workspaces/suspend", ["workspace": "T0ACME001"])
            try await stage.ada.types("/pd help")
            try await stage.ada.sees("is not installed in this workspace any more")
            #expect(try await console.opens("/audit").text.contains("Served no more: Acme"))
            try await console.does("/workspaces/resume", ["workspace": "T0ACME001"])
            try await stage.ada.types("/pd oncall checkout")
            try await stage.ada.sees("On call for")
            try await console.does("/workspaces/remove", ["workspace": "T0GLOBEX1", "name": "globex"], status: 400)
            stage.pass(.seconds(901))
            try await console.does("/workspaces/remove", ["workspace": "T0GLOBEX1", "name": "Globex"], status: 403)
            #expect(try await stage.host.store.installations().count == 2)
            try await console.signIn()
            try await console.does("/workspaces/remove", ["workspace": "T0GLOBEX1", "name": "Globex"])
            #expect(try await stage.host.store.installations().map(\.id) == ["T0ACME001"])
        }
    }

    @Test("An empty host leads through the first steps")
    func firstSteps() async throws {
        try await Stage.set(Stage.Setup(workspaces: [])) { stage in
            let console = try await Console(stage)
            try await console.signIn()
            let page = try await console.opens("/")
            #expect(page.text.contains("First steps done The Slack app"))
            #expect(page.text.contains("to do A workspace"))
            #expect(page.link("install the app into one") == "/workspaces")
            #expect(try await console.opens("/workspaces").text.contains("The app is in no workspace yet"))
        }
    }

    private func token(_ address: String) -> String {
        String(address.split(separator: "token=", maxSplits: 1).last ?? "")
    }
}
