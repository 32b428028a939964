import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(10))) struct SlackFaultTests {
    @Test func `a fault hits its method as often as it says`() async throws {
        try await SlackHarness.run { slack in
            let set = try await slack.post(
                "/control/faults",
                [
                    "target": "slack", "kind": "error", "code": "fatal_error", "method": "auth.test", "count": 2,
                ])
            #expect(set.json["ok"] == true)
            #expect(try await slack.api("users.list").json["ok"] == true)
            #expect(try await slack.api("auth.test").error == "fatal_error")
            #expect(try await slack.send("GET", "/control/faults").json["faults"]?.array?.first?["count"] == 1)
            #expect(try await slack.api("auth.test").error == "fatal_error")
            #expect(try await slack.api("auth.test").json["ok"] == true)
        }
    }

    @Test func `a fault can be of one channel`() async throws {
        try await SlackHarness.run { slack in
            _ = try await slack.post(
                "/control/faults",
                ["target": "slack", "kind": "error", "code": "is_archived", "channel": "C0INCIDNT"])
            #expect(
                try await slack.api("chat.postMessage", ["channel": "C0INCIDNT", "text": "x"]).error == "is_archived")
            #expect(try await slack.api("chat.postMessage", ["channel": "C0GENERAL", "text": "x"]).json["ok"] == true)
        }
    }

    @Test func `a quota that is used up names the seconds to wait`() async throws {
        try await SlackHarness.run { slack in
            _ = try await slack.post("/control/faults", ["target": "slack", "kind": "rate_limited", "retry_after": 17])
            let refused = try await slack.api("chat.postMessage", ["channel": "C0GENERAL", "text": "x"])
            #expect(refused.status == 429)
            #expect(refused.headers["retry-after"] == "17")
            _ = try await slack.send("DELETE", "/control/faults")
            #expect(try await slack.api("auth.test").json["ok"] == true)
        }
    }

    @Test func `a service that is down breaks the connection`() async throws {
        try await SlackHarness.run { slack in
            _ = try await slack.post("/control/faults", ["target": "slack", "kind": "down", "count": 1])
            await #expect(throws: (any Error).self) { try await slack.api("auth.test") }
            #expect(try await slack.api("auth.test").json["ok"] == true)
        }
    }

    @Test func `a slow service answers when the clock says so`() async throws {
        try await SlackHarness.run { slack in
            _ = try await slack.post("/control/faults", ["target": "slack", "kind": "slow", "ms": 5_000, "count": 1])
            async let answer = slack.api("auth.test")
            await slack.clock.untilSomebodySleeps()
            slack.clock.advance(by: .seconds(5))
            #expect(try await answer.json["ok"] == true)
        }
    }

    @Test func `the way to the host can fail too`() async throws {
        try await SlackHarness.run { slack in
            _ = try await slack.post("/control/faults", ["target": "host", "kind": "down", "count": 1])
            let down = try await slack.type("/pd help")
            #expect(down["outcome"] == "dispatch_failed")
            _ = try await slack.post("/control/faults", ["target": "host", "kind": "error", "code": 503, "count": 1])
            let broken = try await slack.type("/pd help")
            #expect(broken["outcome"] == "http_service_error")
            #expect(await slack.app.received.isEmpty)
        }
    }

    @Test func `on a slow way the app has heard of what times out`() async throws {
        try await SlackHarness.run { slack in
            _ = try await slack.post("/control/faults", ["target": "host", "kind": "slow", "ms": 60_000, "count": 1])
            async let typed = slack.type("/pd help")
            _ = await slack.app.request(1)
            await slack.clock.untilSomebodySleeps()
            slack.clock.advance(by: .seconds(60))
            let acknowledgement = try await typed
            #expect(acknowledgement["outcome"] == "operation_timeout")
        }
    }

    @Test(
        arguments: [
            ([:], "target: one of slack, pagerduty, host"),
            (["target": "slack"], "kind: one of down, lost, slow, rate_limited, error"),
            (["target": "slack", "kind": "slow", "ms": -1], "ms: 0 to 600000"),
            (["target": "slack", "kind": "rate_limited", "retry_after": 86_401], "retry_after: seconds, 0 to 86400"),
            (["target": "slack", "kind": "down", "count": 0], "count: 1 to 1000000"),
        ] as [(JSON, String)])
    func `a fault that makes no sense is refused with what would`(fault: JSON, error: String) async throws {
        try await SlackHarness.run { slack in
            let reply = try await slack.post("/control/faults", fault)
            #expect(reply.status == 400)
            #expect(reply.error == error)
        }
    }

    @Test func `a reset takes back messages, faults and the journal but not the installation`() async throws {
        try await SlackHarness.run { slack in
            _ = try await slack.api("chat.postMessage", ["channel": "C0GENERAL", "text": "x"])
            _ = try await slack.post("/control/faults", ["target": "slack", "kind": "error", "method": "auth.test"])
            _ = try await slack.post("/control/reset", [:])
            #expect(try await slack.messages().isEmpty)
            #expect(slack.sandbox.journal.entries().isEmpty)
            #expect(try await slack.api("auth.test").json["ok"] == true)
        }
    }
}
