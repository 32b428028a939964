import BotStore
import Foundation
import Testing

@Suite struct JobConformanceTests {
    @Test(arguments: StoreFactory.all)
    func `a job comes back as it was enqueued, under a lease`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let job = NewJob(
                kind: "coffee.order", plugin: "coffee", workspace: "T1", origin: Data("who"), payload: Data([0, 255]),
                lane: .urgent, uniqueKey: "u", orderKey: "o", runAt: .start, maxAttempts: 3, traceID: "trace")
            let id = try await store.enqueue([job], at: .start)[0].id
            let claimed = try await store.claim(.some(10, at: .after(1)))
            #expect(claimed.count == 1)
            let stored = try #require(claimed.first)
            #expect(stored.id == id)
            #expect(stored.work == job)
            #expect(stored.state == .running)
            #expect(stored.attempt == 1)
            #expect(stored.owner == "host-a")
            #expect(stored.leaseUntil == .after(31))
            #expect(try await store.job(id) == stored)
            #expect(try await store.claim(.some(10, at: .after(2))).isEmpty)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `urgent jobs come first, then the longest due, and none before its time`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            _ = try await store.enqueue(
                [
                    .named("late", runAt: .after(5)), .named("early", runAt: .after(1)),
                    .named("background", runAt: .start, lane: .background), .named("future", runAt: .after(100)),
                    .named("urgent", runAt: .after(9), lane: .urgent),
                ], at: .start)
            #expect(try await store.nextJobTime() == .start)
            let kinds = try await store.claim(.some(10, at: .after(10))).map(\.work.kind)
            #expect(kinds == ["urgent", "early", "late", "background"])
            #expect(try await store.claim(.some(10, at: .after(99.999))).isEmpty)
            #expect(try await store.claim(.some(10, at: .after(100))).map(\.work.kind) == ["future"])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a claim keeps to its limit and its lanes`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            _ = try await store.enqueue(
                (0..<5).map { .named("n\($0)", runAt: .start) } + [.named("u", runAt: .start, lane: .urgent)],
                at: .start)
            #expect(try await store.claim(.some(2, at: .start)).map(\.work.kind) == ["u", "n0"])
            #expect(try await store.claim(.some(9, at: .start, lanes: [.urgent])).isEmpty)
            #expect(try await store.claim(.some(0, at: .start)).isEmpty)
            #expect(try await store.claim(.some(9, at: .start)).count == 4)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a unique key holds while a job is unfinished`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let job = NewJob(kind: "report", uniqueKey: "weekly", runAt: .start)
            let first = try await store.enqueue([job], at: .start)[0]
            #expect(try await store.enqueue([job], at: .start) == [.duplicate(of: first.id)])
            let ticket = try #require(try await store.claim(.some(1, at: .start)).first).ticket
            #expect(try await store.enqueue([job], at: .start) == [.duplicate(of: first.id)])
            try await store.complete(ticket, at: .after(1))
            let second = try await store.enqueue([job], at: .after(2))[0]
            #expect(second == .inserted(second.id))
            #expect(second.id != first.id)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `jobs with one order key run one at a time and in order, also past a retry`(factory: StoreFactory) async throws
    {
        try await factory.withStore { store in
            _ = try await store.enqueue(
                [
                    NewJob(kind: "second", orderKey: "incident", runAt: .after(2)),
                    NewJob(kind: "first", orderKey: "incident", runAt: .after(1)),
                    NewJob(kind: "tomorrow", orderKey: "incident", runAt: .after(86_400)),
                    NewJob(kind: "other", orderKey: "another", runAt: .after(3)),
                ], at: .start)
            let claimed = try await store.claim(.some(10, at: .after(5)))
            #expect(claimed.map(\.work.kind) == ["first", "other"])
            // The first one fails and waits: what comes after it waits too.
            _ = try await store.retry(claimed[0].ticket, runAt: .after(50), failure: .at(6, attempt: 1))
            #expect(try await store.claim(.some(10, at: .after(49))).isEmpty)
            let again = try await store.claim(.some(10, at: .after(50)))
            #expect(again.map(\.work.kind) == ["first"])
            // It is put off: still it is the first.
            try await store.snooze(again[0].ticket, until: .after(60))
            let last = try await store.claim(.some(10, at: .after(60)))
            #expect(last.map(\.work.kind) == ["first"])
            try await store.complete(last[0].ticket, at: .after(61))
            #expect(try await store.claim(.some(10, at: .after(62))).map(\.work.kind) == ["second"])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a job that was wanted earlier does not run beside a running one of its key`(factory: StoreFactory)
        async throws
    {
        try await factory.withStore { store in
            _ = try await store.enqueue([NewJob(kind: "running", orderKey: "k", runAt: .after(5))], at: .start)
            let running = try await store.claim(.some(1, at: .after(5)))
            _ = try await store.enqueue([NewJob(kind: "earlier", orderKey: "k", runAt: .start)], at: .after(6))
            #expect(try await store.claim(.some(1, at: .after(6))).isEmpty)
            try await store.complete(running[0].ticket, at: .after(7))
            #expect(try await store.claim(.some(1, at: .after(7))).map(\.work.kind) == ["earlier"])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a failed job runs again until it is out of attempts, and keeps its last failures`(factory: StoreFactory)
        async throws
    {
        try await factory.withStore { store in
            let id = try await store.enqueue([NewJob(kind: "flaky", runAt: .start, maxAttempts: 7)], at: .start)[0].id
            for attempt in 1...7 {
                let now = Double(attempt)
                let job = try #require(try await store.claim(.some(1, at: .after(now))).first)
                #expect(job.attempt == attempt)
                let state = try await store.retry(
                    job.ticket, runAt: .after(now), failure: .at(now, attempt: attempt, "no \(attempt)\n"))
                #expect(state == (attempt < 7 ? .retryable : .discarded))
            }
            let dead = try #require(try await store.job(id))
            #expect(dead.state == .discarded)
            #expect(dead.finishedAt == .after(7))
            #expect(dead.failures.map(\.message) == ["no 3 ", "no 4 ", "no 5 ", "no 6 ", "no 7 "])
            #expect(try await store.jobs(in: .discarded, limit: 10, before: nil) == [dead])
            #expect(try await store.claim(.some(1, at: .after(99))).isEmpty)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `snoozing costs no attempt`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            _ = try await store.enqueue([NewJob(kind: "patient", runAt: .start, maxAttempts: 1)], at: .start)
            for second in 0..<3 {
                let job = try #require(try await store.claim(.some(1, at: .after(Double(second)))).first)
                #expect(job.attempt == 1)
                try await store.snooze(job.ticket, until: .after(Double(second + 1)))
            }
            #expect(try await store.jobStatistics(at: .after(9)).counts == [.scheduled: 1])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a heartbeat keeps the lease, and a worker that was too slow can say nothing more`(factory: StoreFactory)
        async throws
    {
        try await factory.withStore { store in
            let id = try await store.enqueue([.named("slow", runAt: .start)], at: .start)[0].id
            let old = try #require(try await store.claim(.some(1, at: .start)).first).ticket
            #expect(try await store.heartbeat([old], leaseUntil: .after(60), at: .after(30)) == [old])
            #expect(try await store.reclaimJobs(at: .after(59), owner: nil) == 0)
            #expect(try await store.reclaimJobs(at: .after(60), owner: nil) == 1)
            let new = try #require(try await store.claim(.some(1, at: .after(61))).first)
            #expect(new.attempt == 2)
            #expect(new.failures.count == 1)
            #expect(new.fence > old.fence)
            #expect(
                try await store.heartbeat([old, new.ticket], leaseUntil: .after(99), at: .after(61)) == [new.ticket])
            await expectFailure(.lostLease) { try await store.complete(old, at: .after(62)) }
            await expectFailure(.lostLease) { try await store.snooze(old, until: .after(62)) }
            await expectFailure(.lostLease) {
                try await store.retry(old, runAt: .after(62), failure: .at(62, attempt: 1))
            }
            await expectFailure(.lostLease) { try await store.discard(old, failure: .at(62, attempt: 1)) }
            #expect(try await store.job(id)?.state == .running)
            try await store.complete(new.ticket, at: .after(63))
            await expectFailure(.lostLease) { try await store.complete(new.ticket, at: .after(64)) }
        }
    }

    @Test(arguments: StoreFactory.all)
    func `the leases of a process that ended are taken back at once`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            _ = try await store.enqueue([.named("a", runAt: .start), .named("b", runAt: .start)], at: .start)
            _ = try await store.claim(.some(1, at: .start))
            _ = try await store.claim(.some(1, at: .start, owner: "host-b"))
            #expect(try await store.reclaimJobs(at: .after(1), owner: "host-b") == 1)
            #expect(try await store.claim(.some(9, at: .after(1))).map(\.work.kind) == ["b"])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a job that ends the process at each attempt is discarded`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let id = try await store.enqueue([NewJob(kind: "poison", runAt: .start, maxAttempts: 3)], at: .start)[0].id
            for attempt in 1...3 {
                #expect(try await store.claim(.some(1, at: .after(Double(attempt)))).count == 1)
                #expect(try await store.reclaimJobs(at: .after(Double(attempt)), owner: "host-a") == 1)
            }
            #expect(try await store.job(id)?.state == .discarded)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `ends of the process are counted until an attempt ends by itself`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let id = try await store.enqueue([.named("poison", runAt: .start)], at: .start)[0].id
            for crash in 0..<3 {
                #expect(try await store.claim(.some(1, at: .start)).first?.crashes == crash)
                _ = try await store.reclaimJobs(at: .start, owner: "host-a")
            }
            let ticket = try #require(try await store.claim(.some(1, at: .start)).first).ticket
            #expect(try await store.job(id)?.crashes == 3)
            _ = try await store.retry(ticket, runAt: .start, failure: .at(0, attempt: 4))
            #expect(try await store.job(id)?.crashes == 0)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `jobs that ran when a process ended are claimed one at a time, beside the others`(factory: StoreFactory)
        async throws
    {
        try await factory.withStore { store in
            _ = try await store.enqueue((0..<3).map { .named("s\($0)", runAt: .start) }, at: .start)
            _ = try await store.claim(.some(3, at: .start))
            _ = try await store.reclaimJobs(at: .start, owner: "host-a")
            _ = try await store.enqueue((0..<2).map { .named("n\($0)", runAt: .start) }, at: .start)
            let first = try await store.claim(.some(9, at: .start))
            #expect(first.map(\.work.kind) == ["s0", "n0", "n1"])
            #expect(try await store.claim(.some(9, at: .start)).count == 0)
            try await store.complete(first[0].ticket, at: .start)
            #expect(try await store.claim(.some(9, at: .start)).map(\.work.kind) == ["s1"])
            // One that hangs holds up nobody for more than a minute.
            #expect(try await store.claim(.some(9, at: .after(61))).map(\.work.kind) == ["s2"])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `an administrator cancels, discards and runs again`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let ids = try await store.enqueue(
                [.named("a", runAt: .after(9)), NewJob(kind: "b", uniqueKey: "b", runAt: .start)], at: .start
            ).map(\.id)
            let running = try #require(try await store.claim(.some(1, at: .start)).first)
            try await store.cancelJob(ids[0], at: .after(1))
            try await store.discardJob(ids[1], at: .after(1))
            await expectFailure(.lostLease) { try await store.complete(running.ticket, at: .after(2)) }
            await expectFailure(.notFound) { try await store.cancelJob(ids[0], at: .after(2)) }
            await expectFailure(.notFound) { try await store.cancelJob(4711, at: .after(2)) }
            #expect(try await store.jobStatistics(at: .after(2)).counts == [.cancelled: 1, .discarded: 1])

            let twin = try await store.enqueue([NewJob(kind: "b", uniqueKey: "b", runAt: .start)], at: .start)[0].id
            await expectFailure(.conflict) { try await store.retryDeadJob(ids[1], at: .after(3)) }
            try await store.cancelJob(twin, at: .after(3))
            try await store.retryDeadJob(ids[1], at: .after(3))
            let again = try #require(try await store.claim(.some(9, at: .after(3))).first)
            #expect(again.id == ids[1])
            #expect(again.attempt == 1)
            await expectFailure(.notFound) { try await store.retryDeadJob(ids[1], at: .after(4)) }
        }
    }

    @Test(arguments: StoreFactory.all)
    func `the queue tells its length, its age and when to look again`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            #expect(try await store.nextJobTime() == nil)
            #expect(try await store.jobStatistics(at: .start) == JobStatistics(counts: [:], oldestDue: nil))
            _ = try await store.enqueue([.named("later", runAt: .after(100))], at: .start)
            #expect(try await store.jobStatistics(at: .start) == JobStatistics(counts: [.scheduled: 1], oldestDue: nil))
            #expect(try await store.nextJobTime() == .after(100))
            #expect(try await store.jobStatistics(at: .after(200)).oldestDue == .after(100))
            _ = try await store.claim(.some(1, at: .after(200)))
            #expect(try await store.nextJobTime() == .after(230))
        }
    }

    @Test(arguments: StoreFactory.all)
    func `finished jobs are swept when they are old enough, dead ones later`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            _ = try await store.enqueue((0..<3).map { .named("n\($0)", runAt: .start) }, at: .start)
            let jobs = try await store.claim(.some(3, at: .start))
            try await store.complete(jobs[0].ticket, at: .after(10))
            try await store.discard(jobs[1].ticket, failure: .at(10, attempt: 1))
            #expect(try await store.sweepJobs(finishedBefore: .after(10), deadBefore: .start, limit: 9) == 0)
            #expect(try await store.sweepJobs(finishedBefore: .after(11), deadBefore: .start, limit: 9) == 1)
            #expect(try await store.jobStatistics(at: .start).counts == [.running: 1, .discarded: 1])
            #expect(try await store.sweepJobs(finishedBefore: .after(11), deadBefore: .after(11), limit: 9) == 1)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a job that cannot be stored is refused, and none of its batch is stored`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let bad = [
                NewJob(kind: "", runAt: .start), NewJob(kind: "a\u{0}b", runAt: .start),
                NewJob(kind: String(repeating: "k", count: 256), runAt: .start),
                NewJob(kind: "k", payload: Data(count: Bounds.payload + 1), runAt: .start),
                NewJob(kind: "k", uniqueKey: String(repeating: "é", count: 257), runAt: .start),
                NewJob(kind: "k", runAt: .start, maxAttempts: 0),
            ]
            for job in bad {
                await expectFailure(.invalid) {
                    try await store.enqueue([.named("good", runAt: .start), job], at: .start)
                }
            }
            let counts = try await store.jobStatistics(at: .start).counts
            #expect(counts.isEmpty)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `times beyond all reason are kept without harm`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            for time in [Double.nan, .infinity, -.infinity, 1e300, -1e300] {
                let date = Date(timeIntervalSince1970: time)
                _ = try await store.enqueue([.named("odd", runAt: date)], at: .start)
            }
            _ = try await store.claim(.some(10, at: .start))
            _ = try await store.nextJobTime()
        }
    }

    @Test(arguments: StoreFactory.all)
    func `two workers never get the same job`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            _ = try await store.enqueue((0..<200).map { .named("n\($0)", runAt: .start) }, at: .start)
            let ids = try await withThrowingTaskGroup(of: [JobID].self) { group in
                for worker in 0..<8 {
                    group.addTask {
                        var ids: [JobID] = []
                        while true {
                            let jobs = try await store.claim(.some(3, at: .start, owner: "w\(worker)"))
                            if jobs.isEmpty { return ids }
                            ids += jobs.map(\.id)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(ids.count == 200)
            #expect(Set(ids).count == 200)
        }
    }
}

extension JobClaim {
    /// A claim with a lease of 30 s.
    static func some(
        _ limit: Int, at now: Date, lanes: Set<JobLane> = Set(JobLane.allCases), owner: String = "host-a"
    ) -> JobClaim {
        JobClaim(owner: owner, limit: limit, lanes: lanes, now: now, leaseUntil: now + 30)
    }
}

extension NewJob {
    static func named(_ kind: String, runAt: Date, lane: JobLane = .normal) -> NewJob {
        NewJob(kind: kind, lane: lane, runAt: runAt)
    }
}

extension JobFailure {
    static func at(_ seconds: Double, attempt: Int, _ message: String = "no") -> JobFailure {
        JobFailure(at: .after(seconds), attempt: attempt, message: message)
    }
}
