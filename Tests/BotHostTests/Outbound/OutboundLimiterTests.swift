import PluginAPI
import SlackKit
import Testing

@testable import BotHost

/// Slack's limits, kept before Slack has to say so.
@Suite struct OutboundLimiterTests {
    private func call(
        _ method: String = "chat.postMessage", in channel: String = "C1", workspace: String = "T1", ts: String = "1.1"
    ) throws -> LimitedCall {
        LimitedCall(
            try #require(WebAPIMethod.named(method)), workspace: workspace, channel: channel, message: ts)
    }

    /// A limiter that expectations may change.
    private final class Limits {
        private var limiter = OutboundLimiter()
        var count: Int { limiter.count }

        func take(_ call: LimitedCall, leaving reserve: Double = 0, at now: Duration) -> Duration? {
            limiter.take(call, leaving: reserve, at: now)
        }
        func wait(for call: LimitedCall, leaving reserve: Double = 0, at now: Duration) -> Duration? {
            limiter.wait(for: call, leaving: reserve, at: now)
        }
        func room(for call: LimitedCall, leaving reserve: Double = 0, at now: Duration) -> Int {
            limiter.room(for: call, leaving: reserve, at: now)
        }
        func refuse(_ call: LimitedCall, retryAfter pause: Duration, at now: Duration) {
            limiter.refuse(call, retryAfter: pause, at: now)
        }

        /// How many calls go through at one moment.
        func burst(_ call: LimitedCall, at now: Duration = .zero) -> Int {
            var count = 0
            while count < 1_000, take(call, at: now) == nil { count += 1 }
            return count
        }
    }

    @Test(arguments: [
        ("chat.postMessage", 4, 1.0), ("chat.update", 8, 3), ("users.info", 100, 0.6), ("users.list", 20, 3),
        ("conversations.history", 50, 1.2), ("apps.connections.open", 5, 60), ("auth.test", 600, 0.1),
    ])
    func `each method has its burst, and then its pace`(method: String, most: Int, pace: Double) throws {
        let limiter = Limits()
        let call = try call(method)
        #expect(limiter.burst(call) == most)
        let wait = try #require(limiter.wait(for: call, at: .zero))
        #expect(abs(wait / .seconds(1) - pace) < 0.001)
        #expect(limiter.take(call, at: .seconds(pace * 0.99)) != nil)
        #expect(limiter.take(call, at: .seconds(pace * 1.01)) == nil)
        #expect(limiter.take(call, at: .seconds(pace * 1.02)) != nil)
    }

    @Test func `posts count by channel, and a workspace's channels share a larger budget`() throws {
        let limiter = Limits()
        #expect(limiter.burst(try call()) == 4)
        #expect(limiter.burst(try call(in: "C2")) == 4)
        #expect(limiter.burst(try call(workspace: "T2")) == 4)
        let others = try (3...40).reduce(0) { $0 + limiter.burst(try call(in: "C\($1)")) }
        #expect(others == 40 - 8)
        #expect(try limiter.take(call(in: "C9", workspace: "T2"), at: .zero) == nil)
    }

    @Test func `edits count by workspace, and one message cannot use them all up`() throws {
        let limiter = Limits()
        #expect(limiter.burst(try call("chat.update", ts: "1.1")) == 8)
        let others = try (2...9).reduce(0) { $0 + limiter.burst(try call("chat.update", ts: "1.\($1)")) }
        #expect(others == 25 - 8)
    }

    @Test func `in the long run Slack is asked no more often than it says`() throws {
        for (method, perMinute) in [("chat.postMessage", 60), ("users.list", 20), ("conversations.info", 50)] {
            let limiter = Limits()
            let call = try call(method)
            _ = limiter.burst(call)
            let made = (1...6_000).count { limiter.take(call, at: .milliseconds($0 * 100)) == nil }
            #expect((perMinute * 10 - 1...perMinute * 10).contains(made), "\(method): \(made) in ten minutes")
        }
    }

    @Test func `what is in no hurry leaves something to what is`() throws {
        let limiter = Limits()
        let call = try call()
        #expect(limiter.room(for: call, leaving: 5, at: .zero) == 3)
        for _ in 1...3 { #expect(limiter.take(call, leaving: 5, at: .zero) == nil) }
        #expect(limiter.room(for: call, leaving: 5, at: .zero) == 0)
        #expect(limiter.wait(for: call, leaving: 5, at: .zero) == .seconds(1))
        #expect(limiter.take(call, at: .zero) == nil)
    }

    @Test func `a pause that Slack asks for stops its own key and no other`() throws {
        let limiter = Limits()
        limiter.refuse(try call(), retryAfter: .seconds(30), at: .zero)
        #expect(try limiter.wait(for: call(), at: .zero) == .seconds(30))
        #expect(try limiter.wait(for: call(), at: .seconds(29)) == .seconds(1))
        for other in [try call(in: "C2"), try call("chat.update"), try call(workspace: "T2")] {
            #expect(limiter.wait(for: other, at: .zero) == nil)
        }
        // Whatever gathered before is gone: one call, then the usual pace.
        #expect(limiter.burst(try call(), at: .seconds(30)) == 1)
        #expect(try limiter.take(call(), at: .seconds(31)) == nil)
        // Slack counts everything else by workspace, whatever the channel.
        limiter.refuse(try call("conversations.info"), retryAfter: .seconds(9), at: .zero)
        #expect(try limiter.wait(for: call("conversations.info", in: "C2"), at: .zero) == .seconds(9))
    }

    @Test func `a shorter pause does not end a longer one, and a pause of nothing is none`() throws {
        let limiter = Limits()
        limiter.refuse(try call(), retryAfter: .seconds(30), at: .zero)
        limiter.refuse(try call(), retryAfter: .seconds(1), at: .zero)
        #expect(try limiter.wait(for: call(), at: .zero) == .seconds(30))
        limiter.refuse(try call(in: "C2"), retryAfter: .seconds(-7), at: .zero)
        #expect(try limiter.wait(for: call(in: "C2"), at: .zero) == nil)
    }

    @Test func `its memory is bounded, and pauses are the last to be forgotten`() throws {
        let limiter = Limits()
        limiter.refuse(try call(in: "CPAUSED"), retryAfter: .seconds(900), at: .zero)
        for number in 0..<20_000 {
            _ = limiter.take(try call(in: "C\(number)", workspace: "T\(number)"), at: .milliseconds(number))
        }
        #expect(limiter.count <= OutboundLimiter.capacity + 2)
        #expect(try limiter.wait(for: call(in: "CPAUSED"), at: .seconds(20)) == .seconds(880))
    }
}
