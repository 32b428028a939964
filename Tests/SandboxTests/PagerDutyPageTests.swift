import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

@testable import Sandbox

/// What the PagerDuty page and scripts rest on.
struct PagerDutyPageTests {
    private func send(
        _ pd: PagerDutyHarness, _ method: HTTPMethod, _ path: String, _ body: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> (status: Int, json: JSON, text: String) {
        var request = HTTPClientRequest(url: pd.origin + path)
        request.method = method
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let text = String(buffer: try await response.body.collect(upTo: 4_194_304))
        return (Int(response.status.code), JSON.parse(text) ?? .null, text)
    }

    @Test func `the page and all that it asks for are there`() async throws {
        try await PagerDutyHarness.run { pd in
            let page = try await send(pd, .GET, "/pagerduty")
            #expect(page.status == 200)
            let names = page.text.matches(of: /(?:href|src)="(\/assets\/[^"]+)"/).map { String($0.1) }
            #expect(names.count >= 4)
            for name in names {
                let asset = try await send(pd, .GET, name)
                #expect(asset.status == 200, "\(name)")
            }
            let main = try await send(pd, .GET, "/assets/pagerduty.js").text
            let modules = main.matches(of: /from "\.\/([a-z]+\.js)"/).map { String($0.1) }
            #expect(modules.count >= 4)
            for name in modules {
                let module = try await send(pd, .GET, "/assets/\(name)")
                #expect(module.status == 200, "\(name)")
            }
        }
    }

    @Test func `the state shows people with their tokens and who is on call`() async throws {
        try await PagerDutyHarness.run { pd in
            let state = try await send(pd, .GET, "/pagerduty/api/state").json
            let ada = state["users"]?.array?.first { $0["name"]?.string == "Ada Martin" }
            #expect(ada?["token"]?.string == pd.sandbox.pagerDuty.userToken(email: "ada.martin@acme.example"))
            #expect(ada?["role_name"]?.string == "Global Admin")
            #expect(state["incidents"]?.array?.count { $0["status"]?.string != "resolved" } == 3)
            #expect(state["account"]?["api"]?.string == "\(pd.origin)/pd")
            let search = state["policies"]?.array?.first { $0["id"]?.string == "PEPSRE1" }
            let onCall = search?["levels"]?.array?.first?["targets"]?.array?.first
            #expect(onCall?["user"]?.string != nil && onCall?["until"]?.string != nil && onCall?["next"]?.string != nil)
        }
    }

    @Test func `what people do on the page stands in the log as done on the website, whatever fails`() async throws {
        try await PagerDutyHarness.run { pd in
            pd.sandbox.faults.set(Fault(target: .pagerduty, kind: .down))
            let headers = [
                "Authorization": "Token token=\(pd.token)", "From": "ben.okafor@acme.example", "X-Sandbox-Page": "1",
            ]
            let body = #"{"incident": {"title": "From the page", "service": {"id": "PSVCHK1"}}}"#
            let made = try await send(pd, .POST, "/pd/incidents", body, headers: headers)
            #expect(made.status == 201)
            let id = try #require(made.json["incident"]?["id"]?.string)
            let shown = try await send(pd, .GET, "/pagerduty/api/incidents/\(id)").json
            #expect(shown["log"]?.array?.last?["text"]?.string == "Triggered by Ben Okafor through the website")
            #expect(pd.sandbox.journal.entries().isEmpty)
            let reply1 = try await send(pd, .GET, "/pagerduty/api/incidents/QNONE")
            #expect(reply1.status == 404)
        }
    }

    @Test func `a role can be tried on anybody`() async throws {
        try await PagerDutyHarness.run { pd in
            let path = "/pagerduty/api/users/PADAM01/role"
            let reply2 = try await send(pd, .POST, path, #"{"role": "observer"}"#)
            #expect(reply2.status == 204)
            #expect(try await pd.acting(as: "ada").get("users/me").json["user"]?["role"]?.string == "observer")
            let reply3 = try await send(pd, .POST, path, #"{"role": "king"}"#)
            #expect(reply3.status == 400)
            let reply4 = try await send(pd, .POST, "/pagerduty/api/users/PNONE/role", #"{"role": "admin"}"#)
            #expect(reply4.status == 404)
            let reply5 = try await send(pd, .POST, path, "{")
            #expect(reply5.status == 400)
        }
    }

    @Test func `a script opens an incident on a service by its name`() async throws {
        try await PagerDutyHarness.run { pd in
            let path = "/control/pagerduty/incidents"
            let made = try await send(
                pd, .POST, path, #"{"service": "checkout", "title": "By script", "urgency": "low"}"#)
            #expect(made.status == 201)
            let id = try #require(made.json["id"]?.string)
            #expect(try await pd.get("incidents/\(id)").json["incident"]?["urgency"]?.string == "low")
            for bad in [
                #"{"service": "nope", "title": "x"}"#, #"{"title": "x"}"#, #"{"service": "Checkout", "title": ""}"#,
                "[",
            ] {
                let reply = try await send(pd, .POST, path, bad)
                #expect(reply.status == 400, "\(bad)")
            }
        }
    }

    @Test func `the page is told when time alone changes something`() async throws {
        try await PagerDutyHarness.run { pd in
            _ = try await pd.open("PSVPAY1")
            let changes = pd.sandbox.pagerDuty.changes.subscribe()
            pd.clock.advance(by: .seconds(600))
            pd.sandbox.pagerDuty.tick()
            var isTold = false
            for await item in changes.items {
                if case .event = item { isTold = true }
                break
            }
            #expect(isTold)
        }
    }
}
