import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(10))) struct SlackClientTests {
    @Test func `the page sees what its person can see`() async throws {
        try await SlackHarness.run { slack in
            func channels(_ user: String) async throws -> [String] {
                let state = try await slack.send("GET", "/client/state?team=T0ACME001&user=\(user)").json
                return state["channels"]?.array?.compactMap { $0["id"]?.string } ?? []
            }
            let state = try await slack.send("GET", "/client/state?team=T0ACME001&user=U0ADA0001").json
            #expect(state["me"] == "U0ADA0001")
            #expect(state["teams"]?.array?.map { $0["name"] } == ["Acme", "Globex", "Initech"])
            #expect(state["commands"] == [["command": "/pd", "description": "PagerDuty", "usage_hint": "help"]])
            #expect(state["shortcuts"]?.array?.count == 2)
            let ada = try await channels("U0ADA0001")
            #expect(ada.contains("G0SECRETS") && ada.contains("D0ADABEN1"))
            #expect(try await !channels("U0DAN0001").contains("G0SECRETS"))
            #expect(try await channels("U0EVE0001") == ["C0GENERAL", "C0RANDOM1", "D0EVE0001"])
        }
    }

    @Test func `what a person does is answered at once and comes back over the events`() async throws {
        try await SlackHarness.run { slack in
            await slack.app.answer(.json(["text": "the answer"]))
            var request = HTTPClientRequest(url: "\(slack.origin)/client/events?team=T0ACME001&user=U0ADA0001")
            request.method = .GET
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
            #expect(response.headers.first(name: "content-type") == "text/event-stream")
            var lines = response.body.makeAsyncIterator()
            _ = try await lines.next()
            let typed = try await slack.post(
                "/client/command",
                [
                    "team": "T0ACME001", "user": "U0ADA0001", "channel": "C0GENERAL", "text": "/pd help",
                ])
            #expect(typed.json == ["ok": true])
            let event = try #require(try await lines.next())
            let text = String(buffer: event)
            #expect(text.hasPrefix("data: {") && text.hasSuffix("}\n\n"))
            let json = try #require(JSON.parse(text.dropFirst(6).utf8))
            #expect(json["type"] == "message")
            #expect(json["channel"] == "C0GENERAL")
            #expect(json["message"]?["text"] == "the answer")
            #expect(json["message"]?["ephemeral"] == true)
        }
    }

    @Test func `a message of a person reaches those who can see it`() async throws {
        try await SlackHarness.run { slack in
            let listener = slack.sandbox.slack.feed.subscribe()
            _ = try await slack.post(
                "/client/message",
                [
                    "team": "T0ACME001", "user": "U0ADA0001", "channel": "G0SECRETS", "text": "a < b & @ben",
                ])
            for await item in listener.items {
                guard case .event(let event) = item else { continue }
                #expect(event.isFor(team: "T0ACME001", user: "U0BEN0001"))
                #expect(!event.isFor(team: "T0ACME001", user: "U0DAN0001"))
                #expect(!event.isFor(team: "T0GLOBEX1", user: "U0BEN0001"))
                #expect(JSON.parse(event.text)?["message"]?["text"] == "a &lt; b &amp; <@U0BEN0001>")
                break
            }
            let outsider = try await slack.post(
                "/client/message",
                [
                    "team": "T0ACME001", "user": "U0DAN0001", "channel": "C0CHECKOT", "text": "x",
                ])
            #expect(outsider.error == "not_in_channel")
        }
    }

    @Test func `the inspector shows both directions without a secret`() async throws {
        try await SlackHarness.run { slack in
            _ = try await slack.type("/pd help")
            let token = try #require(slack.sandbox.slack.botToken(team: "T0ACME001"))
            _ = try await slack.api(
                "chat.postMessage",
                ["channel": "C0GENERAL", "text": .string("\(token) 8f742231b10e8888abcd99yyyzzz85a5")])
            let entries = try #require(try await slack.send("GET", "/client/inspector").json["entries"]?.array)
            #expect(entries.map { $0["kind"] } == ["slash_command", "chat.postMessage"])
            #expect(entries.map { $0["direction"] } == ["to host", "from host"])
            #expect(entries.map { $0["outcome"] } == ["ok", "ok"])
            let all = JSON.array(entries).text
            #expect(!all.contains(token) && !all.contains("8f742231b10e8888abcd99yyyzzz85a5"))
            #expect(all.contains("[secret]"))
            let id = try #require(entries.first?["id"]?.int)
            #expect(try await slack.send("GET", "/client/inspector?after=\(id)").json["entries"]?.array?.count == 1)
        }
    }

    @Test func `a foreign page and a foreign name are turned away`() async throws {
        try await SlackHarness.run { slack in
            let body = Array("{}".utf8)
            for (origin, status) in [("https://evil.example", 403), ("null", 403), (slack.origin, 200)] {
                let reply = try await slack.send("POST", "/control/reset", body: body, headers: ["Origin": origin])
                #expect(reply.status == status)
            }
            let named = try await slack.send("GET", "/control/access", headers: ["Host": "evil.example:8080"])
            #expect(named.status == 403)
        }
    }

    @Test func `programs find everything that they need to connect`() async throws {
        try await SlackHarness.run { slack in
            let access = try await slack.send("GET", "/control/access").json
            #expect(access["signing_secret"] == "8f742231b10e8888abcd99yyyzzz85a5")
            #expect(access["bot_tokens"]?["T0ACME001"]?.string == slack.sandbox.slack.botToken(team: "T0ACME001"))
            #expect(access["host_url"]?.string?.hasPrefix("http://127.0.0.1:") == true)
            #expect(access["pagerduty"]?["account_key"]?.string?.isEmpty == false)
        }
    }

    @Test func `a listener that does not keep up is cut off`() async {
        let broadcast = Broadcast<Int>(buffer: 2)
        let slow = broadcast.subscribe()
        for number in 1...5 { broadcast.send(number) }
        var seen: [Int] = []
        for await item in slow.items {
            if case .event(let number) = item { seen.append(number) }
        }
        #expect(seen == [1, 2])
    }

    @Test func `the journal keeps the newest requests`() {
        let journal = Journal()
        for number in 1...(Journal.capacity + 5) {
            journal.record(
                JournalEntry(
                    at: .now, direction: .toHost, service: .slack, kind: "\(number)", method: "POST", path: "/",
                    status: 200,
                    ms: 1, outcome: "ok", request: String(repeating: "x", count: number == 6 ? 20_000 : 20),
                    response: ""))
        }
        let entries = journal.entries()
        #expect(entries.count == Journal.capacity)
        #expect(entries.first?.id == 6)
        #expect((entries.first?.request.utf8.count ?? 0) < Journal.longestBody + 8)
    }
}
