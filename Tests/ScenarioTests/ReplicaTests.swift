import BotHost
import BotStore
import Foundation
import PluginAPI
import ServiceLifecycle
import Testing

@testable import Sandbox

/// Two hosts on one PostgreSQL database, behind one address that hands each request to the other one in turn.
@Suite struct ReplicaTests {
    private static let two: Stage.Setup = {
        var setup = Stage.Setup()
        setup.hosts = 2
        return setup
    }()

    private static let twoWithProbes: Stage.Setup = {
        var setup = Stage.withProbe
        setup.plugins = #"{"plugins": {"help": {}, "probe": {}, "ticker": {}}}"#
        setup.further.append(RegisteredPlugin(TickerPlugin.self))
        setup.hosts = 2
        return setup
    }()

    /// Writes down each minute that it is called for.
    struct TickerPlugin: Plugin {
        static let manifest = Manifest("ticker", "Counts minutes")

        var routes: [Route<TickerPlugin>] {
            Every(.seconds(60), "minute") { context in
                let minute = Int(context.now.timeIntervalSince1970 / 60)
                _ = try await context.store.update("minutes", as: [Int].self) { ($0 ?? []) + [minute] }
            }
        }
    }

    @Test func `an install that one host learned serves people at the other`() async throws {
        try await Stage.set(Self.two) { stage in
            for _ in stage.replicas {
                let deed = try await stage.ada.types("/pd help")
                #expect(deed.outcome == "ok")
                #expect(try await stage.ada.last().reads.contains("What you can do here"))
            }
        }
    }

    @Test func `what a person begins at one host they end at the other`() async throws {
        try await Stage.set(Self.two) { stage in
            // Each step is a request of its own, and none is answered by the host before.
            try await stage.ada.links()
            try await stage.ada.types("/pd trigger checkout Carts are slow")
            try await stage.ada.seesForm("Trigger an incident")
            try await stage.ada.fills()
            try await stage.ada.sees("Triggered <http")
            #expect(stage.pagerDuty.incidents(titled: "Carts are slow").count == 1)
        }
    }

    @Test func `each incident is shown once, whichever hosts heard of it, and stays in step`() async throws {
        try await Stage.set(Self.two) { stage in
            try await stage.ada.connects("Checkout", to: .incidents)
            let titles = (1...8).map { "Number \($0) of eight" }
            var ids: [String] = []
            for title in titles { ids.append(try stage.triggers(title)) }
            for title in titles {
                try await stage.letTimePass(until: "\(title) is not shown") {
                    try await stage.ada.reads(.incidents).first { $0.reads.contains(title) }
                }
            }
            stage.pass(.seconds(5))
            try stage.happens { account, now in
                for id in ids { account.resolve(id, .init(agent: .user("PBENO01"), channel: "web", date: now)) }
            }
            for title in titles {
                try await stage.letTimePass(until: "\(title) is not shown as resolved") {
                    try await stage.ada.reads(.incidents).first {
                        $0.reads.contains(title) && $0.reads.contains("Resolved")
                    }
                }
            }
            let shown = try await stage.ada.reads(.incidents)
            for title in titles { #expect(shown.filter { $0.reads.contains(title) }.count == 1, "\(title)") }
        }
    }

    @Test func `an event that comes to both hosts at once is handled once`() async throws {
        try await Stage.set(Self.twoWithProbes) { stage in
            for number in 1...5 {
                let mention: JSON = [
                    "type": "app_mention", "user": "U0ADA0001", "text": "hello", "channel": "C0RANDOM1",
                    "ts": .string("1767625200.00010\(number)"), "event_ts": .string("1767625200.00010\(number)"),
                ]
                async let first = stage.slackSends(event: mention, id: "Ev0TWICE\(number)")
                async let second = stage.slackSends(event: mention, id: "Ev0TWICE\(number)", retry: 1)
                #expect(try await first.status == 200)
                #expect(try await second.status == 200)
                try await stage.letTimePass(until: "mention \(number) is not shown") {
                    try await stage.ada.reads(.random).first { $0.reads.hasPrefix("Mentioned, number \(number).") }
                }
            }
            // Nothing is left to be done that could make a sixth.
            let statistics = try await stage.host.store.jobStatistics(at: stage.clock.now)
            #expect(statistics.counts[.completed] ?? 0 >= 5)
            #expect(try await stage.ada.reads(.random).filter { $0.reads.hasPrefix("Mentioned") }.count == 5)
        }
    }

    @Test func `a schedule runs once for each time, not once for each host`() async throws {
        try await Stage.set(Self.twoWithProbes) { stage in
            let scope = ValueScope(plugin: "ticker", workspace: "T0ACME001")
            func minutes() async throws -> [Int] {
                let stored = try await stage.host.store.value("minutes", in: scope, at: stage.clock.now)
                return try stored.map { try JSONDecoder().decode([Int].self, from: $0.data) } ?? []
            }
            for wanted in 1...4 {
                try await stage.letTimePass(until: "minute \(wanted) does not come") {
                    stage.pass(.seconds(2))
                    return try await minutes().count >= wanted ? true : nil
                }
            }
            let seen = try await minutes()
            #expect(Set(seen).count == seen.count, "\(seen)")
        }
    }

    @Test func `what an administrator switches at one host holds at the other within five seconds`() async throws {
        try await Stage.set(Self.two) { stage in
            let other = try #require(stage.replicas.last).host
            for isEnabled in [false, true] {
                try await stage.host.store.setEnablement(
                    EnablementOverride(
                        workspace: "T0ACME001", plugin: "oncall", isEnabled: isEnabled, by: "U0ADA0001",
                        at: stage.clock.now))
                let began = ContinuousClock.now
                try await stage.eventually("it is not in force at the other host", at: #_sourceLocation) {
                    other.policySource.policy.terms(for: "oncall", in: "T0ACME001")?.isEnabled == isEnabled ? true : nil
                }
                #expect(ContinuousClock.now - began < .seconds(5))
            }
        }
    }

    @Test func `when one host stops the other goes on, and nothing is lost or shown twice`() async throws {
        try await Stage.set(Self.two) { stage in
            try await stage.ada.connects("Checkout", to: .incidents)
            var titles: [String] = []
            for number in 1...6 {
                titles.append("Carts are slow, part \(number)")
                _ = try stage.triggers(titles[number - 1])
                if number == 3 { await stage.replicas.last?.group.triggerGracefulShutdown() }
            }
            for title in titles {
                try await stage.letTimePass(until: "\(title) is not shown") {
                    stage.pass(.seconds(1))
                    return try await stage.ada.reads(.incidents).first { $0.reads.contains(title) }
                }
            }
            let shown = try await stage.ada.reads(.incidents)
            for title in titles { #expect(shown.filter { $0.reads.contains(title) }.count == 1, "\(title)") }
        }
    }

    @Test func `a token that may be refreshed once is refreshed by one host, and the other waits`() async throws {
        try await Stage.set(Self.two) { stage in
            let (one, other) = (stage.replicas[0].host.store, stage.replicas[1].host.store)
            let now = stage.clock.now
            let lease = try #require(
                try await one.takeLease("refresh/T0ACME001", holder: "one", until: now + 30, at: now))
            #expect(try await other.takeLease("refresh/T0ACME001", holder: "other", until: now + 30, at: now) == nil)
            try await one.returnLease(lease)
            #expect(try await other.takeLease("refresh/T0ACME001", holder: "other", until: now + 30, at: now) != nil)
        }
    }
}
