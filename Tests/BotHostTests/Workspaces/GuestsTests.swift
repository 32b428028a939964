import BotStore
import PluginAPI
import Testing

@testable import BotHost

/// Guests act in nobody's account.
@Suite struct GuestsTests {
    private let clock = ManualClock()

    private func asking(_ play: (FakeSlack, Guests) async throws -> Void) async throws {
        let slack = FakeSlack()
        try await slack.serving {
            let http = OutboundHTTP()
            let caller = SlackCaller(slackURL: slack.url, http: http, clock: clock.host, metrics: HostMetrics())
            do {
                try await play(slack, Guests(slack: caller, clock: clock.host, logger: .silent))
            } catch {
                await http.shutdown()
                throw error
            }
            await http.shutdown()
        }
    }

    @Test("Slack says who is a guest, and is asked once in five minutes")
    func asksOnce() async throws {
        try await asking { slack, guests in
            slack.answer(
                "users.info", .json(["ok": true, "user": ["is_restricted": true]]),
                .json(["ok": true, "user": ["is_restricted": false]]))
            #expect(await guests.contains(.ann, in: .acme))
            clock.advance(by: .seconds(299))
            #expect(await guests.contains(.ann, in: .acme))
            clock.advance(by: .seconds(2))
            #expect(await !guests.contains(.ann, in: .acme))
        }
    }

    @Test("a guest of one channel is a guest too")
    func ultraRestricted() async throws {
        try await asking { slack, guests in
            slack.answer("users.info", .json(["ok": true, "user": ["is_ultra_restricted": true]]))
            #expect(await guests.contains(.ann, in: .acme))
        }
    }

    @Test("where Slack does not say, what was known holds, and else nobody is a guest")
    func outage() async throws {
        try await asking { slack, guests in
            slack.answer("users.info", .error("missing_scope"))
            #expect(await !guests.contains(.ann, in: .acme))
            clock.advance(by: .seconds(301))
            slack.answer("users.info", .json(["ok": true, "user": ["is_restricted": true]]))
            #expect(await guests.contains(.ann, in: .acme))
            clock.advance(by: .seconds(301))
            slack.answer("users.info", .error("fatal_error"))
            #expect(await guests.contains(.ann, in: .acme))
        }
    }

    @Test("what a guest tries is refused in words, and noted for good")
    func refuses() async throws {
        try await asking { slack, guests in
            slack.answer("users.info", .json(["ok": true, "user": ["is_restricted": true]]))
            try await TestFolder.withStore { store in
                let refusal = await #expect(throws: Refusal.self) {
                    try await guests.refuse(.ann, from: "Coffee", in: .acme, audit: store)
                }
                #expect(refusal?.sentence.contains("cannot act in Coffee from Slack") == true)
                let line = try #require(try await store.auditEntries(limit: 1, before: nil).first?.line)
                #expect(line.action == "account.guest_refused" && line.actor == "T0ACME/U0ANN")
            }
        }
    }
}
