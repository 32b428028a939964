import PagerDutyKit
import PluginAPI
import Testing

@Suite struct PagerDutyAccountProviderTests {
    let provider = PagerDutyAccountProvider()

    @Test(arguments: [
        ("GET", "/services", true), ("GET", "/users/P1", true), ("POST", "/analytics/metrics/incidents/teams", true),
        ("POST", "/analytics/metrics/incidents/teams/all", true), ("POST", "/analytics/metrics/incidents/all", true),
        ("POST", "/incidents", false), ("POST", "/users", false), ("PUT", "/incidents", false),
        ("DELETE", "/users/P1", false), ("PATCH", "/x", false), ("get", "/services", false), ("HEAD", "/x", false),
        ("POST", "/analytics/metrics/incidents/teams/../../../../incidents", false),
        ("POST", "/analytics/metrics/incidents/teams?x", false), ("POST", "/analytics/metrics/incidents/teams/", false),
        ("POST", "/analytics%2F..", false), ("GET", "//evil.example/users", false), ("GET", "@evil.example", false),
        ("GET", "https://evil.example", false), ("GET", "/users/%2e%2e", false), ("GET", "/users/..", false),
        ("GET", "", false), ("GET", "/users\r\nX: 1", false), ("GET\u{0}", "/users", false),
    ])
    func `only what changes nothing may carry the account's key`(method: String, target: String, isRead: Bool) {
        #expect(provider.isRead(HTTPRequest(method, target)) == isRead)
    }

    @Test func `a header or a body that would make a change of a question is refused`() {
        #expect(!provider.isRead(HTTPRequest("GET", "/users", headers: [("X-HTTP-Method-Override", "DELETE")])))
        #expect(!provider.isRead(HTTPRequest("GET", "/users", body: [1])))
    }

    @Test func `every read there is passes, and no write does`() throws {
        let id = try #require(PagerDuty.ID("P1"))
        let reads = [
            PagerDutyRead.me.request, PagerDutyRead.user(id).request, PagerDutyRead.service(id).request,
            PagerDutyRead.escalationPolicy(id).request, PagerDutyRead.incident(id).request,
            PagerDutyRead.licenses.request, PagerDutyRead.abilities.request,
            PagerDutyList<PagerDuty.User>.users(matching: "a b").page().request,
            PagerDutyList<PagerDuty.Service>.services(matching: "a").page().request,
            PagerDutyList<PagerDuty.OnCall>.onCalls(policy: id).page().request,
            PagerDutyList<PagerDuty.Priority>.priorities.page().request,
            PagerDutyList<PagerDuty.Incident>.incidents(key: "k").page().request,
        ]
        for request in reads { #expect(provider.isRead(request), "\(request.target)") }
        let writes = [
            try PagerDutyWrite.create(PagerDuty.NewIncident(service: id, title: "x", key: "k")).request(from: "a@b"),
            try PagerDutyWrite.add(PagerDuty.NewUser(name: "x", email: "a@b", role: .responder)).request(from: "a@b"),
        ]
        for request in writes { #expect(!provider.isRead(request), "\(request.target)") }
    }

    @Test(arguments: [("u+abcdefgh", "Token token=u+abcdefgh"), ("pdus+_0XB", "Bearer pdus+_0XB")])
    func `the kind of credential decides how it is put on a request`(credential: String, authorization: String) {
        var request = HTTPRequest("GET", "/users/me", headers: [("Authorization", "Bearer other")])
        provider.authorize(&request, with: credential)
        #expect(request.headers.count == 1)
        #expect(request.headers.first?.value == authorization)
    }

    static let ada = #"{"user": {"id": "PADA", "name": "Ada Martin", "email": "ada.martin@acme.example"}}"#

    /// Asks whose token it is, with these answers.
    func identify(
        token: String = "u+abcdefgh", me: (Int, String), account: (Int, String)
    ) async throws -> LinkedAccount {
        try await provider.identify(token: token) { request in
            guard request.target == "/users/me" else { throw HTTPFault.notAllowed }
            return HTTPResponse(status: me.0, body: Array(me.1.utf8))
        } read: { request in
            guard request.target == "/users/PADA" else { throw HTTPFault.notAllowed }
            return HTTPResponse(status: account.0, body: Array(account.1.utf8))
        }
    }

    @Test func `a token is somebody's when their account's key sees the same person`() async throws {
        let linked = try await identify(me: (200, Self.ada), account: (200, Self.ada))
        #expect(linked == LinkedAccount(userID: "PADA", name: "Ada Martin", email: "ada.martin@acme.example"))
    }

    @Test(arguments: [
        (404, #"{"error": {"code": 2100}}"#),
        (200, #"{"user": {"id": "PADA", "name": "Ada Martin", "email": "ada@globex.example"}}"#),
        (200, #"{"user": {"id": "PBEN", "name": "Ada Martin", "email": "ada.martin@acme.example"}}"#),
        (200, #"{"user": {"id": "PADA", "name": "Ada Martin", "email": null}}"#),
    ])
    func `a token of another account is refused`(status: Int, body: String) async throws {
        let refusal = await #expect(throws: Refusal.self) {
            try await identify(me: (200, Self.ada), account: (status, body))
        }
        #expect(refusal?.sentence.contains("another PagerDuty account") == true)
    }

    @Test func `somebody without an address is not taken for somebody without an address`() async throws {
        let nobody = #"{"user": {"id": "PADA", "name": "Ada Martin"}}"#
        await #expect(throws: Refusal.self) { try await identify(me: (200, nobody), account: (200, nobody)) }
    }

    @Test func `an unknown token and an account's key are told apart`() async throws {
        let unknown = await #expect(throws: Refusal.self) {
            try await identify(me: (401, ""), account: (200, Self.ada))
        }
        #expect(unknown?.sentence.contains("doesn't know this token") == true)
        let key = await #expect(throws: Refusal.self) {
            try await identify(
                me: (400, #"{"error": "This endpoint needs a user-level token"}"#), account: (200, Self.ada))
        }
        #expect(key?.sentence.contains("user token") == true)
    }

    @Test(arguments: [
        "", "short", "u+abc defgh", "u+abcdefgh\r\nX: 1", "\"u+abcdefgh\"", String(repeating: "a", count: 600),
    ])
    func `what can be no token is not sent anywhere`(token: String) async throws {
        await #expect(throws: Refusal.self) {
            try await provider.identify(token: token) { _ in
                Issue.record("sent")
                return HTTPResponse(status: 500)
            } read: { _ in
                Issue.record("read")
                return HTTPResponse(status: 500)
            }
        }
    }

    @Test(arguments: [
        (#"{"users": [{"subdomains": ["acme"]}]}"#, "acme", "acme"),
        (#"{"users": [{"html_url": "https://acme.pagerduty.com/users/P1"}]}"#, "acme", "acme"),
        (#"{"users": [{"html_url": "https://acme.eu.pagerduty.com/users/P1"}]}"#, "acme", "acme"),
        (#"{"users": [{"html_url": "https://acme.pagerduty.com.evil.example/users/P1"}]}"#, "", "PagerDuty"),
        (#"{"users": []}"#, "", "PagerDuty"),
    ])
    func `an account is known by its subdomain`(body: String, id: String, name: String) async throws {
        let account = try await provider.describeAccount { request in
            #expect(provider.isRead(request))
            return HTTPResponse(status: 200, body: Array(body.utf8))
        }
        #expect(account == MappedAccount(id: id, name: name))
    }

    @Test func `a key that is refused says who has to mend it`() async throws {
        let error = await #expect(throws: PagerDutyError.self) {
            try await provider.describeAccount { _ in HTTPResponse(status: 401) }
        }
        #expect(error?.remedy == .tellAdministrator)
    }

    @Test func `a workspace without an account reads the code that people search for`() {
        #expect(provider.notConnected.contains("403_client_error"))
    }
}
