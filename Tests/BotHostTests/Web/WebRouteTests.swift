import BotStore
import PluginAPI
import Testing

@testable import BotHost

/// Plugins' routes over real HTTP.
@Suite struct WebRouteTests {
    private func ask(
        _ host: HostUnderTest, _ method: String, _ path: String, _ authorization: String? = nil, body: String = "",
        more: [(String, String)] = []
    ) async throws -> HTTPResponse {
        try await host.http.send(
            HTTPRequest(
                method, host.url + path, headers: (authorization.map { [("Authorization", $0)] } ?? []) + more,
                body: Array(body.utf8)))
    }

    private func token(_ host: HostUnderTest, _ name: String = "tests") async throws -> (id: String, secret: String) {
        guard
            case .created(let id, let token) = try await host.backend.administration.carryOut(
                .createToken(name: name))
        else { throw Coffee.Broken() }
        return (id, token)
    }

    @Test func `a token opens the routes below both paths, in both forms`() async throws {
        try await HostUnderTest.run { host in
            let secret = try await token(host, "terraform").secret
            for (path, authorization) in [
                ("/plugins/tea/cups/a%20b", "Token token=\(secret)"),
                ("/integration-tea/cups/a%20b", "Bearer \(secret)"),
                ("/integration-tea/cups/a%20b", "token token=\"\(secret)\""),
                ("/integration-tea/cups/a%20b/", "bearer  \(secret)"),
            ] {
                let answer = try await ask(host, "GET", path + "?size=very+big", authorization)
                #expect(answer.status == 200)
                #expect(
                    answer.json == ["id": "a b", "size": "very big", "caller": "terraform", "path": "cups|a b"])
                #expect(answer.header("cache-control") == "no-store")
                #expect(answer.header("x-content-type-options") == "nosniff")
            }
            #expect(try await ask(host, "GET", "/integration-tea/cups/empty", "Bearer \(secret)").status == 204)
        }
    }

    @Test func `without a good token nobody gets in, and a revoked one is none`() async throws {
        try await HostUnderTest.run { host in
            let (id, secret) = try await token(host)
            let other = "bht_\(id)_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            for authorization in [
                nil, "", "Bearer", "Bearer ", "Token \(secret)", "Basic \(secret)", "Bearer \(other)",
                "Bearer \(secret)x", "Bearer bht_\(id)_", "Bearer bht__", "Bearer bht_nobody_x",
                "Bearer " + String(repeating: "x", count: 5_000),
            ] {
                let answer = try await ask(host, "GET", "/integration-tea/cups/1", authorization)
                #expect(answer.status == 401, "\(authorization ?? "none")")
                #expect(answer.json == ["error": ["message": "Unauthorized"]])
            }
            #expect(try await ask(host, "GET", "/integration-tea/cups/1", "Bearer \(secret)").status == 200)
            #expect(try await host.backend.administration.carryOut(.revokeToken(id: id)) == .done)
            #expect(try await ask(host, "GET", "/integration-tea/cups/1", "Bearer \(secret)").status == 401)
            #expect(!host.log.text.contains(secret))
        }
    }

    @Test func `what changes something is in the audit log, with the token's name`() async throws {
        try await HostUnderTest.run { host in
            let (id, secret) = try await token(host, "terraform")
            _ = try await ask(host, "GET", "/integration-tea/cups/1", "Bearer \(secret)")
            let made = try await ask(host, "POST", "/integration-tea/cups", "Bearer \(secret)", body: "mint")
            #expect(made.status == 201)
            #expect(made.json == ["bytes": 4, "workspaces": ["T0ACME"]])
            let lines = try await host.backend.store.auditEntries(limit: 10, before: nil).map(\.line)
            #expect(lines.map(\.action) == ["tea:web.post", "token.created"])
            #expect(lines.first?.actor == "token \(id) (terraform)")
            #expect(lines.first?.subject == "/integration-tea/cups → 201")
            let tokens = try await host.backend.store.apiTokens()
            #expect(tokens.map(\.lastUsedAt) == [host.clock.now])
        }
    }

    @Test func `what is not there, too much, or asked otherwise is said`() async throws {
        try await HostUnderTest.run { host in
            let secret = "Bearer \(try await token(host).secret)"
            let long = String(repeating: "x", count: 101)
            #expect(try await ask(host, "POST", "/plugins/tea/cups", secret, body: long).status == 413)
            let packed = try await ask(
                host, "POST", "/plugins/tea/cups", secret, body: "x", more: [("Content-Encoding", "gzip")])
            #expect(packed.status == 415)
            let wrong = try await ask(host, "DELETE", "/plugins/tea/cups", secret)
            #expect(wrong.status == 405)
            #expect(wrong.header("allow") == "POST")
            for path in ["/plugins/tea", "/plugins/coffee/cups", "/plugins/nobody/cups", "/integration-tea/x"] {
                #expect(try await ask(host, "GET", path, secret).status == 404, "\(path)")
            }
            for path in ["/integration-tea/cups/%ff", "/integration-tea/cups/%00", "/integration-tea/cups/1?a=%0A"] {
                let status = try await ask(host, "GET", path, secret).status
                #expect([400, 404].contains(status), "\(path): \(status)")
            }
        }
    }

    @Test func `a plugin that is off answers nothing`() async throws {
        try await HostUnderTest.run(#"{"plugins": {"help": {}, "tea": {"enabled": false}}}"#) { host in
            let answer = try await ask(host, "GET", "/integration-tea/open")
            #expect(answer.status == 404)
        }
    }

    @Test func `what a handler throws becomes an answer that gives nothing away`() async throws {
        try await HostUnderTest.run { host in
            let refused = try await ask(host, "GET", "/integration-tea/fail/refusal")
            #expect(refused.status == 400)
            #expect(refused.json["error"]["message"] == "No leaves are left.")
            #expect(try await ask(host, "GET", "/integration-tea/fail/service").status == 502)
            #expect(try await ask(host, "GET", "/integration-tea/fail/store").status == 503)
            #expect(try await ask(host, "GET", "/integration-tea/fail/status").status == 500)
            let broken = try await ask(host, "GET", "/integration-tea/fail/badly")
            #expect(broken.status == 500)
            #expect(!broken.raw.contains("xoxb-"))
        }
    }

    @Test func `a page of a plugin cannot act in the host's origin`() async throws {
        try await HostUnderTest.run { host in
            let page = try await ask(host, "GET", "/integration-tea/open", "Bearer anything")
            #expect(page.raw == "<p>true")
            #expect(page.header("content-security-policy")?.contains("sandbox") == true)
        }
    }
}
