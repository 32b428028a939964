import BotStore
import HTTPTypes
import PluginAPI
import Testing

@testable import BotHost

/// Calls of Slack's Web API over a socket.
@Suite(.timeLimit(.minutes(10))) struct SlackCallerTests {
    private let clock = ManualClock()

    private func calling(_ body: (SlackCaller, FakeSlack) async throws -> Void) async throws {
        let slack = FakeSlack()
        let http = OutboundHTTP()
        try await slack.serving {
            try await body(
                SlackCaller(slackURL: slack.url, http: http, clock: clock.host, metrics: HostMetrics()), slack)
        }
        await http.shutdown()
    }

    private func failure(
        _ caller: SlackCaller, _ method: String = "chat.postMessage", channel: String = "C1", workspace: String = "T1"
    ) async -> SlackError? {
        do throws(SlackError) {
            _ = try await caller.call(
                method, ["channel": .string(channel), "text": "hi"], token: Secret("xoxb-1"), workspace: workspace)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a call carries its token, its arguments as a form, and objects as JSON`() async throws {
        try await calling { caller, slack in
            _ = try await caller.call(
                "chat.postMessage",
                ["channel": "C1", "text": "a&b=c", "blocks": [["type": "divider"]], "unfurl_links": false],
                token: Secret("xoxb-secret"), workspace: "T1")
            let call = await slack.next("chat.postMessage")
            #expect(call.headers[.authorization] == "Bearer xoxb-secret")
            #expect(call.fields["text"] == "a&b=c")
            #expect(call.fields["blocks"] == #"[{"type":"divider"}]"#)
            #expect(call.fields["unfurl_links"] == "false")
        }
    }

    @Test func `a 429 stops only its own method, workspace and channel, for as long as Slack said`() async throws {
        try await calling { caller, slack in
            slack.answer(
                "chat.postMessage", .status(429, ["Retry-After": "30", "Content-Type": "application/json"]),
                .json(["ok": true]))
            #expect(await failure(caller)?.code == "rate_limited")
            // Not even asked.
            let calls = slack.calls(to: "chat.postMessage").entries.count
            #expect(await failure(caller)?.code == "rate_limited")
            #expect(slack.calls(to: "chat.postMessage").entries.count == calls)
            #expect(await failure(caller, channel: "C2") == nil)
            #expect(await failure(caller, workspace: "T2") == nil)
            #expect(await failure(caller, "chat.update") == nil)
            clock.advance(by: .seconds(29))
            #expect(await failure(caller)?.retryAfter == .seconds(1))
            clock.advance(by: .seconds(1))
            #expect(await failure(caller) == nil)
        }
    }

    @Test func `Slack's own errors, and answers that are none, are told apart`() async throws {
        try await calling { caller, slack in
            slack.answer("chat.postMessage", .error("not_in_channel"))
            #expect(await failure(caller)?.code == "not_in_channel")
            for junk in ["", "<html>", "[]", #"{"ok":"yes"}"#, "{"] {
                slack.answer("chat.postMessage", .status(200, ["Content-Type": "application/json"], junk))
                #expect(await failure(caller) != nil, "\(junk)")
            }
            slack.answer("chat.postMessage", .status(500, [:], "oh no"))
            #expect(await failure(caller) != nil)
        }
    }

    @Test func `a method that nobody knows is not sent`() async throws {
        try await calling { caller, slack in
            #expect(await failure(caller, "admin.destroy/../everything")?.code == "unknown_method")
            #expect(slack.calls(to: "everything").entries.isEmpty)
        }
    }

    @Test func `whose token it is, and what it may do, is learned from one call`() async throws {
        try await calling { caller, slack in
            slack.answer(
                "auth.test",
                .status(
                    200, ["Content-Type": "application/json", "x-oauth-scopes": "chat:write, users:read"],
                    #"{"ok":true,"team_id":"T1","user_id":"U1"}"#))
            let (identity, scopes) = try await caller.identify(Secret("xoxb-1"))
            #expect(identity["team_id"].string == "T1")
            #expect(scopes == ["chat:write", "users:read"])
        }
    }
}
