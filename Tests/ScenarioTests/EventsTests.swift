import Testing

@testable import Sandbox

/// Events: stored, acknowledged, handled once.
struct EventsTests {
    private static let mention: JSON = [
        "type": "app_mention", "user": "U0ADA0001", "text": "<@U0BOTHOST> hello", "ts": "1767625200.000100",
        "channel": "C0RANDOM1", "event_ts": "1767625200.000100",
    ]

    @Test func `a mention reaches the plugin that asked for it`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            try await stage.ada.says("<@U0BOTHOST> hello", in: .random)
            try await stage.ben.sees("Mentioned, number 1.", in: .random)
            try await stage.ada.says("<@U0BOTHOST> again", in: .random)
            try await stage.ben.sees("Mentioned, number 2.", in: .random)
        }
    }

    @Test func `an event whose acknowledgement was lost is sent again and handled once`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            stage.breaks(.host, .lost, only: "event:app_mention", times: 1)
            try await stage.ada.says("<@U0BOTHOST> hello", in: .random)
            try await stage.ben.sees("Mentioned, number 1.", in: .random)
            try await stage.eventually("Slack does not try again", at: #_sourceLocation) {
                stage.sandbox.journal.entries().filter { $0.kind == "event:app_mention" }.count == 2 ? true : nil
            }
            try await stage.ada.says("<@U0BOTHOST> again", in: .random)
            try await stage.ben.sees("Mentioned, number 2.", in: .random)
            #expect(try await stage.ben.reads(.random).filter { $0.reads.hasPrefix("Mentioned") }.count == 2)
        }
    }

    @Test func `an event that could not be delivered is sent again`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            stage.breaks(.host, .error(code: "500"), only: "event:app_mention", times: 2)
            try await stage.ada.says("<@U0BOTHOST> hello", in: .random)
            try await stage.eventually("Slack does not try again", at: #_sourceLocation) {
                stage.sandbox.journal.entries().filter { $0.kind == "event:app_mention" }.count == 2 ? true : nil
            }
            try await stage.letTimePass(until: "the second attempt a minute later") {
                stage.pass(.seconds(10))
                return try await stage.ben.reads(.random).contains { $0.reads == "Mentioned, number 1." } ? true : nil
            }
        }
    }

    @Test func `the same event in two workspaces is two events`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            var elsewhere = Self.mention
            elsewhere["channel"] = "C0GLOBOPS"
            #expect(try await stage.slackSends(event: Self.mention, id: "Ev0SAME").status == 200)
            #expect(try await stage.slackSends(event: Self.mention, id: "Ev0SAME", retry: 1).status == 200)
            #expect(try await stage.slackSends(event: elsewhere, id: "Ev0SAME", team: "T0GLOBEX1").status == 200)
            try await stage.ada.sees("Mentioned, number 1.", in: .random)
            try await stage.gina.sees("Mentioned, number 1.", in: .globexOps)
        }
    }

    @Test(arguments: ["no_such_event", "message", "app_home_opened", "", "🚀"])
    func `an event that nobody asked for is acknowledged`(type: String) async throws {
        try await Stage.set { stage in
            let answer = try await stage.slackSends(event: ["type": .string(type)], id: "Ev0ODD")
            #expect(answer.status == 200)
            #expect(answer.body.isEmpty)
        }
    }

    @Test func `an event of a workspace without the app is acknowledged`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            let answer = try await stage.slackSends(event: Self.mention, id: "Ev0FAR", team: "T0NOWHERE")
            #expect(answer.status == 200)
        }
    }

    @Test func `Slack's question for the address is answered`() async throws {
        try await Stage.set { stage in
            let answer = try await stage.slackSends(#"{"token":"t","challenge":"c3po","type":"url_verification"}"#)
            #expect(answer.status == 200)
            #expect(answer.text.contains("c3po"))
        }
    }

    @Test(arguments: ["", "{", "null", "[]", "\"text\"", "{\"type\":7}", "{\"type\":\"event_callback\"}"])
    func `a signed body that makes no sense is acknowledged`(body: String) async throws {
        try await Stage.set { stage in
            #expect(try await stage.slackSends(body).status == 200)
            try await stage.ada.types("/pd")
            try await stage.ada.sees("What you can do here")
        }
    }
}
