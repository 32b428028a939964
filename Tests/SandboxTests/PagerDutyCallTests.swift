import Foundation
import HTTPTypes
import Testing

@testable import Sandbox

/// How the simulated REST API takes calls: credentials, headers, paging, errors, limits.
struct PagerDutyCallTests {
    @Test func `a wrong, missing or malformed credential is 401 in PagerDuty's shape`() async throws {
        try await PagerDutyHarness.run { pd in
            for header in [
                "", "Token", "Token token=", "Token token=nope", "Basic abc", "Bearer nope", "Token \u{301}token=x",
            ] {
                let reply = try await pd.send("GET", "users", nil, authorization: header)
                #expect(reply.status == 401, "\(header)")
                #expect(reply.code == 2006)
            }
        }
    }

    @Test func `a key is taken in both forms of the header`() async throws {
        try await PagerDutyHarness.run { pd in
            for header in [
                "Token token=\(pd.token)", "Token token=\"\(pd.token)\"", "Bearer \(pd.token)",
                "token token=\(pd.token)",
            ] {
                let reply = try await pd.send("GET", "abilities", nil, authorization: header)
                #expect(reply.status == 200, "\(header)")
            }
        }
    }

    @Test func `who a person is can be asked with a user token alone`() async throws {
        try await PagerDutyHarness.run { pd in
            let account = try await pd.get("users/me")
            #expect(account.status == 400)
            #expect(account.json["error"]?.string?.contains("account-level access token") == true)
            let ada = try await pd.acting(as: "ada").get("users/me")
            #expect(ada.json["user"]?["email"]?.string == "ada.martin@acme.example")
            #expect(ada.json["user"]?["role"]?.string == "admin")
        }
    }

    @Test func `lists come in pages, with a total only when it is asked for`() async throws {
        try await PagerDutyHarness.run { pd in
            let first = try await pd.get("services?limit=10")
            #expect(first.json["services"]?.array?.count == 10)
            #expect(first.json["more"]?.bool == true)
            #expect(first.json["total"]?.isNull == true)
            let second = try await pd.get("services?limit=10&offset=10&total=true")
            #expect(second.json["services"]?.array?.count == 4)
            #expect(second.json["more"]?.bool == false)
            #expect(second.json["total"]?.int == 14)
            #expect(try await pd.get("services?limit=x").status == 400)
            #expect(try await pd.get("services?offset=9999").status == 400)
            #expect(try await pd.get("services?limit=5000").json["limit"]?.int == 100)
        }
    }

    @Test func `query finds by name, whatever the case`() async throws {
        try await PagerDutyHarness.run { pd in
            let found = try await pd.get("services?query=CHECK")
            #expect(found.json["services"]?.array?.compactMap { $0["name"]?.string } == ["Checkout"])
            #expect(try await pd.get("users?query=okafor").json["users"]?.array?.count == 1)
        }
    }

    @Test func `include shows in full what is otherwise a reference`() async throws {
        try await PagerDutyHarness.run { pd in
            let short = try await pd.get("services/PSVCHK1")
            #expect(short.json["service"]?["escalation_policy"]?["type"]?.string == "escalation_policy_reference")
            let full = try await pd.get("services/PSVCHK1?include%5B%5D=escalation_policies")
            #expect(full.json["service"]?["escalation_policy"]?["escalation_rules"]?.array?.count == 3)
        }
    }

    @Test func `writes need the address of a person of the account in From`() async throws {
        try await PagerDutyHarness.run { pd in
            var nobody = pd
            let incident: JSON = ["incident": ["title": "x", "service": ["id": "PSVCHK1"]]]
            nobody.from = nil
            let missing = try await nobody.post("incidents", incident)
            #expect(missing.status == 400)
            #expect(missing.code == 2016)
            nobody.from = "stranger@acme.example"
            let unknown = try await nobody.post("incidents", incident)
            #expect(unknown.code == 1008)
            #expect(unknown.error == "Requester User Not Found")
        }
    }

    @Test(arguments: [
        "", "{", "[]", "null", "\"x\"", "{\"incident\":[]}", "{\"incident\":{\"title\":7}}",
        "{\"incident\":{\"title\":\"x\",\"service\":\"y\"}}",
        "{\"incident\":{\"title\":\"\\ud800\"}}", String(repeating: "[", count: 80),
        "{\"incident\":{\"title\":\"x\",\"service\":{\"id\":{}}}}",
        "\u{0}",
    ])
    func `a body that is no incident is 400`(body: String) async throws {
        try await PagerDutyHarness.run { pd in
            let reply = try await pd.send("POST", "incidents", nil, bytes: Array(body.utf8))
            #expect(reply.status == 400)
            #expect(reply.error != nil)
        }
    }

    @Test func `an unknown path is 404 and a huge body 413`() async throws {
        try await PagerDutyHarness.run { pd in
            for path in [
                "nothing", "users/PNOBODY", "incidents/Q000", "services/%00", "incidents/99999999999999999999",
            ] {
                let reply = try await pd.get(path)
                #expect(reply.status == 404, "\(path)")
                #expect(reply.code == 2100)
            }
            #expect(try await pd.delete("incidents").status == 405)
            let huge = [UInt8](repeating: 0x20, count: 1_200_000)
            #expect(try await pd.send("POST", "incidents", nil, bytes: huge).status == 413)
        }
    }

    @Test func `the budget is told, used up and filled again by the clock`() async throws {
        try await PagerDutyHarness.run { pd in
            let first = try await pd.get("abilities")
            #expect(first.headers["ratelimit-limit"] == "960")
            #expect(first.headers["ratelimit-remaining"] == "959")
            for _ in 0..<959 { _ = pd.sandbox.pagerDuty.answer(Self.cheap(pd.token)) }
            let last = try await pd.get("abilities")
            #expect(last.status == 429)
            #expect(last.code == 2020)
            #expect(last.headers["ratelimit-remaining"] == "0")
            // Somebody else's budget is untouched.
            #expect(try await pd.acting(as: "ben").get("users/me").status == 200)
            pd.clock.advance(by: .seconds(1))
            #expect(try await pd.get("abilities").headers["ratelimit-remaining"] == "15")
        }
    }

    private static func cheap(_ token: String) -> PDRequest {
        PDRequest(
            method: "GET", path: "/abilities", headers: [.authorization: "Token token=\(token)"],
            origin: "http://127.0.0.1:1")
    }

    @Test func `fault switches make the service fail as told`() async throws {
        try await PagerDutyHarness.run { pd in
            pd.sandbox.faults.set(Fault(target: .pagerduty, kind: .error(code: "503"), count: 1))
            #expect(try await pd.get("users").status == 503)
            #expect(try await pd.get("users").status == 200)
            pd.sandbox.faults.set(
                Fault(target: .pagerduty, kind: .rateLimited(retryAfter: 9), method: "GET /users/{id}"))
            #expect(try await pd.get("users").status == 200)
            let limited = try await pd.get("users/PADAM01")
            #expect(limited.status == 429)
            #expect(limited.headers["ratelimit-reset"] == "9")
            pd.sandbox.faults.clear()
            pd.sandbox.faults.set(Fault(target: .pagerduty, kind: .down))
            let answer = try? await pd.get("users")
            #expect(answer == nil)
        }
    }

    @Test func `calls stand in the journal without their tokens`() async throws {
        try await PagerDutyHarness.run { pd in
            _ = try await pd.get("services?query=\(pd.token)")
            let entry = try #require(pd.sandbox.journal.entries().last)
            #expect(entry.kind == "GET /services")
            #expect(entry.status == 200)
            #expect(entry.direction == .fromHost)
            #expect(!entry.path.contains(pd.token))
        }
    }
}
