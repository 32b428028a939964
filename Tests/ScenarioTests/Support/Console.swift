import BotHost
import Testing

/// Somebody at the console of a stage's host.
struct Console: Sendable {
    static let screens = ["/", "/workspaces", "/plugins", "/deliveries", "/jobs", "/audit", "/audit/verify"]
    static let deeds = [
        "/workspaces/install", "/workspaces/suspend", "/workspaces/resume", "/workspaces/remove", "/workspaces/open",
        "/plugins/switch", "/jobs/retry", "/jobs/discard",
    ]

    let stage: Stage
    let browser: Visitor
    let url: String

    init(_ stage: Stage) async throws {
        self.stage = stage
        browser = Visitor(stage)
        url = "http://127.0.0.1:\(await stage.host.consolePort.value)"
    }

    func signIn(as role: ConsoleRole = .owner, at place: SourceLocation = #_sourceLocation) async throws {
        try await signIn(with: await stage.host.consoleSignIn(by: "root", role: role), at: place)
    }

    func signIn(with address: String, at place: SourceLocation = #_sourceLocation) async throws {
        let token = String(address.split(separator: "token=", maxSplits: 1).last ?? "")
        let page = try await sends([("token", token)], to: "/sign-in")
        #expect(page.status == 303, sourceLocation: place)
    }

    func opens(_ path: String) async throws -> Visitor.PageShown { try await browser.opens(url + path) }

    func sends(
        _ fields: [(String, String)], to path: String, site: String = "same-origin"
    ) async throws -> Visitor.PageShown {
        try await browser.sends(
            fields.map { (name: $0.0, value: $0.1) }, to: url + path,
            headers: [("Origin", url), ("Sec-Fetch-Site", site)])
    }

    /// What a form of this session carries.
    func formToken() async throws -> String {
        let page = try await opens("/")
        let found = page.markup.firstMatch(of: /name="form" value="([^"]+)"/)
        return String(try #require(found).1)
    }

    /// Fills in a form and sends it.
    @discardableResult func does(
        _ path: String, _ fields: [String: String], status: Int = 303, at place: SourceLocation = #_sourceLocation
    ) async throws -> Visitor.PageShown {
        let token = try await formToken()
        let page = try await sends([("form", token)] + fields.map { ($0.key, $0.value) }, to: path)
        #expect(page.status == status, "\(page.text)", sourceLocation: place)
        return page
    }

    /// What every answer of the console carries.
    func expectHeaders(_ page: Visitor.PageShown, at place: SourceLocation = #_sourceLocation) {
        let expected = [
            "x-content-type-options": "nosniff", "cache-control": "no-store", "referrer-policy": "no-referrer",
            "x-frame-options": "DENY", "cross-origin-opener-policy": "same-origin",
            "strict-transport-security": "max-age=63072000; includeSubDomains",
        ]
        for (name, value) in expected { #expect(page.headers[name] == value, sourceLocation: place) }
        let policy = page.headers["content-security-policy"] ?? ""
        #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"), sourceLocation: place)
        #expect(page.headers["server"] == nil, sourceLocation: place)
        #expect(page.headers["access-control-allow-origin"] == nil, sourceLocation: place)
    }
}
