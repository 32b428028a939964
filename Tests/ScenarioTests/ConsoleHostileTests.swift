import BotHost
import BotStore
import Foundation
import Testing

@testable import Sandbox

/// What comes from outside is text on every page of the console, and nothing else.
struct ConsoleHostileTests {
    static let strings = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "\"\u{301}><b>",
        "<\u{338}svg onload=alert(1)>", "</td></table><form action=//evil.example>", "a\u{2028}b\u{202E}c",
        "&lt;script&gt;", "=cmd|' /C calc'!A0", String(repeating: "<b>", count: 600),
    ]

    /// The elements that the pages are made of.
    static let ours: Set<String> = [
        "!doctype", "a", "b", "bdi", "body", "br", "button", "caption", "code", "dd", "details", "div", "dl", "dt",
        "form", "h1", "h2", "head", "html", "input", "label", "li", "link", "main", "meta", "nav", "p", "span",
        "summary", "table", "tbody", "td", "th", "thead", "time", "title", "tr", "ul",
    ]

    @Test("No name, reason or subject makes an element or an attribute", arguments: strings)
    func texts(odd: String) async throws {
        try await Stage.set { stage in
            let (store, now) = (stage.host.store, stage.clock.now)
            try await store.saveInstallation(
                Installation(
                    teamID: "T0ODD0001", appID: "A0BOTHOST", botUserID: "U0ODD0001", botToken: Secret("xoxb-odd"),
                    scopes: [odd], name: odd, state: .suspended(reason: odd), createdAt: now))
            try await store.appendAudit([
                AuditLine(at: now, actor: "odd", action: "odd", subject: "odd", detail: Data(odd.utf8))
            ])
            let id = InboxID(source: "slack", id: "odd")
            _ = try await store.receive(InboxDelivery(id: id, body: Data(odd.utf8), receivedAt: now), enqueue: [])
            try await store.quarantine(id, reason: odd, at: now)
            let console = try await Console(stage)
            try await console.signIn()
            for path in Console.screens + ["/deliveries?state=\(encoded(odd))", "/plugins?workspace=\(encoded(odd))"] {
                let page = try await console.opens(path)
                #expect(page.status == 200, "\(path)")
                let elements = page.markup.matches(of: /<\/?([^\s>\/]+)([^>]*)>/)
                for element in elements {
                    #expect(Self.ours.contains(element.1.lowercased()), "\(path): \(element.0)")
                    #expect(!element.2.contains(/\son[a-z]+=/), "\(path): \(element.0)")
                }
            }
            let typed = try await console.does("/plugins/switch", ["plugin": odd, "workspace": odd], status: 400)
            #expect(!typed.markup.contains("<script") && !typed.markup.contains("<img"))
        }
    }

    private func encoded(_ text: String) -> String {
        FormText.write([("x", String(text.prefix(200)))]).dropFirst(2).description
    }
}
