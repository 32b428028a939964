import BotStore
import Foundation
import PluginAPI
import Testing

@testable import BotHost

/// What becomes of a job, whatever its handler does.
@Suite(.timeLimit(.minutes(10))) struct JobRunnerTests {
    private let clock = ManualClock()

    private func runner(_ store: any Store, _ perform: @escaping JobRunner.Perform) -> JobRunner {
        JobRunner(
            store: store, wakeups: { AsyncStream { $0.finish() } }, clock: clock.host, metrics: HostMetrics(),
            logger: .silent, owner: "test", random: { 0.5 }, perform: perform)
    }

    private func enqueue(_ store: any Store, attempts: Int = 5) async throws -> Int64 {
        let ids = try await store.enqueue(
            [
                NewJob(
                    kind: "coffee.brew", plugin: "coffee", workspace: "T0ACME", payload: Data("{}".utf8),
                    runAt: clock.now, maxAttempts: attempts)
            ], at: clock.now)
        return try #require(ids.first?.id)
    }

    /// Runs what is due once, and tells how the job stands.
    private func once(_ store: any Store, _ job: Int64, _ perform: @escaping JobRunner.Perform) async throws
        -> StoredJob
    {
        let runner = self.runner(store, perform)
        await runner.startDue()
        #expect(await runner.idle(within: .seconds(30)))
        return try #require(try await store.job(job))
    }

    @Test func `one that ends well is completed and does not run again`() async throws {
        let runs = Journal<Int64>()
        let runsOnce: JobRunner.Perform = { job in runs.note(job.id) }
        try await TestFolder.withStore { store in
            let job = try await enqueue(store)
            let first = try await once(store, job, runsOnce)
            #expect(first.state == .completed)
            _ = try await once(store, job, runsOnce)
            #expect(runs.entries == [job])
        }
    }

    @Test func `one that fails is tried again later, and at last set aside`() async throws {
        try await TestFolder.withStore { store in
            let job = try await enqueue(store, attempts: 2)
            let first = try await once(store, job) { _ in throw Refusal("Not on a Sunday.") }
            #expect(first.state == .retryable)
            #expect(first.work.runAt == clock.now.addingTimeInterval(1))
            #expect(first.failures.map(\.message) == ["Not on a Sunday."])
            clock.advance(by: .seconds(1))
            let second = try await once(store, job) { _ in throw Refusal("Not on a Monday.") }
            #expect(second.state == .discarded)
        }
    }

    @Test func `one that waits costs no attempt`() async throws {
        try await TestFolder.withStore { store in
            let job = try await enqueue(store, attempts: 1)
            for _ in 0..<3 {
                let waiting = try await once(store, job) { _ in throw Snooze(for: .seconds(60)) }
                #expect(waiting.state == .scheduled)
                #expect(waiting.attempt == 0)
                clock.advance(by: .seconds(60))
            }
            #expect(try await once(store, job) { _ in }.state == .completed)
        }
    }

    @Test func `one that gives up is set aside at once, with its last words`() async throws {
        try await TestFolder.withStore { store in
            let job = try await enqueue(store)
            let given = try await once(store, job) { _ in throw Abandon("The channel is gone.") }
            #expect(given.state == .discarded)
            #expect(given.failures.map(\.message) == ["The channel is gone."])
        }
    }

    @Test func `what an unknown error says is not kept`() async throws {
        try await TestFolder.withStore { store in
            let job = try await enqueue(store)
            let failed = try await once(store, job) { _ in throw Coffee.Broken() }
            #expect(failed.failures.map(\.message) == ["Broken"])
        }
    }

    @Test func `pauses grow to a quarter of an hour, and never end before a service said so`() {
        func pause(_ attempt: Int, _ error: any Error = Refusal("no"), _ random: Double = 0.5) -> TimeInterval {
            JobRunner.pause(afterAttempt: attempt, error: error, random: random)
        }
        #expect([1, 2, 3, 4, 5, 6, 60, .max].map { pause($0) } == [1, 4, 16, 64, 256, 900, 900, 900])
        #expect(pause(1, Refusal("no"), 0) == 0.8)
        #expect(abs(pause(1, Refusal("no"), 1) - 1.2) < 0.001)
        #expect([0, -1, .min].map { pause($0) } == [1, 1, 1])
        #expect(pause(1, SlackError(code: "rate_limited", retryAfter: .seconds(77))) == 77)
    }

    @Test func `only so many run at once, and one that hangs holds up no other`() async throws {
        try await TestFolder.withStore { store in
            for _ in 0..<(JobRunner.atOnce + 3) { _ = try await enqueue(store) }
            let gate = Gate()
            let started = Journal<Int64>()
            let runner = runner(store) { job in
                started.note(job.id)
                if job.id == 1 { await gate.pass() }
            }
            let freed = Journal<Bool>()
            await runner.startDue { freed.note(true) }
            for _ in 0..<JobRunner.atOnce { _ = await started.next() }
            // All but the one that hangs end and make room for the rest.
            for _ in 0..<(JobRunner.atOnce - 1) { _ = await freed.next() }
            #expect(started.entries.count == JobRunner.atOnce)
            await runner.startDue { freed.note(true) }
            for _ in 0..<3 { _ = await started.next() }
            gate.open()
            #expect(await runner.idle(within: .seconds(30)))
            #expect(Set(started.entries).count == started.entries.count)
        }
    }
}
