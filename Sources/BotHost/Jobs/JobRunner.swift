import BotStore
import Foundation
import Logging
import PluginAPI
import ServiceLifecycle
import Synchronization

/// Runs jobs that are due: claims them under a lease, keeps the lease while they run, and writes back what became of
/// them.
///
/// A job that hangs keeps its place among those that run at once, and nothing else: the others go on.
final class JobRunner: Service {
    typealias Perform = @Sendable (StoredJob) async throws -> Void

    private let store: any JobStore
    private let wakeups: @Sendable () -> AsyncStream<Void>
    private let perform: Perform
    private let clock: HostClock
    private let metrics: HostMetrics
    private let logger: Logger
    private let owner: String
    private let random: @Sendable () -> Double
    /// The jobs that run.
    private let running = Inflight()
    private let held = Mutex<Set<JobTicket>>([])

    static let lease: TimeInterval = 30
    static let heartbeat = Duration.seconds(10)
    static let atOnce = 8
    /// The floor under the store's hints: jobs may come from another process.
    static let poll = Duration.seconds(1)
    /// How long a stop waits for jobs that run. What is not done then is run again after the next start.
    static let patience = Duration.seconds(3)

    init(
        store: any JobStore, wakeups: @escaping @Sendable () -> AsyncStream<Void>, clock: HostClock,
        metrics: HostMetrics, logger: Logger, owner: String,
        random: @escaping @Sendable () -> Double = { .random(in: 0..<1) }, perform: @escaping Perform
    ) {
        self.store = store
        self.wakeups = wakeups
        self.perform = perform
        self.clock = clock
        self.metrics = metrics
        self.logger = logger
        self.owner = owner
        self.random = random
    }

    func run() async throws {
        // What this host held when it was killed need not wait for its lease to run out.
        _ = try? await store.reclaimJobs(at: clock.now(), owner: owner)
        let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        await cancelWhenGracefulShutdown { [self] in
            await withTaskGroup(of: Void.self) { group in
                group.addTask { [wakeups] in
                    for await _ in wakeups() { signal.yield() }
                }
                group.addTask { [clock] in
                    while !Task.isCancelled {
                        signal.yield()
                        try? await clock.sleep(Self.poll)
                    }
                    signal.finish()
                }
                group.addTask { await self.reclaim() }
                for await _ in signals {
                    await startDue { signal.yield() }
                    if Task.isCancelled { break }
                }
                group.cancelAll()
            }
        }
        if await !running.drained(within: Self.patience, clock: clock) {
            logger.error("stopping while jobs still run", metadata: ["count": "\(running.count)"])
            await handBack()
        }
    }

    /// What is not done by the end of a stop is put back, so that it neither waits for its lease nor counts as a crash.
    private func handBack() async {
        let now = clock.now()
        for ticket in held.withLock({ $0 }) { try? await store.snooze(ticket, until: now) }
    }

    /// Takes back what another process holds that has stopped.
    private func reclaim() async {
        while !Task.isCancelled {
            _ = try? await store.reclaimJobs(at: clock.now(), owner: nil)
            try? await clock.sleep(Self.heartbeat)
        }
    }

    /// Starts what is due, as far as there is room.
    /// - Parameter freed: Called whenever one is done, so that there is room again.
    func startDue(_ freed: @escaping @Sendable () -> Void = {}) async {
        let room = Self.atOnce - running.count
        guard room > 0 else { return }
        let now = clock.now()
        let jobs: [StoredJob]
        do {
            jobs = try await store.claim(
                JobClaim(owner: owner, limit: room, now: now, leaseUntil: now.addingTimeInterval(Self.lease)))
        } catch {
            logger.error("jobs cannot be claimed: \(error)")
            return
        }
        for job in jobs {
            // A task of its own: the stop of the host must not cut a job in half that could finish in time.
            running.start {
                await self.run(job)
                freed()
            }
        }
    }

    /// Waits for what has been started.
    func idle(within limit: Duration) async -> Bool { await running.drained(within: limit, clock: clock) }

    private func run(_ job: StoredJob) async {
        held.withLock { _ = $0.insert(job.ticket) }
        defer { held.withLock { _ = $0.remove(job.ticket) } }
        let work = Task { try await self.perform(job) }
        let heartbeat = Task {
            while true {
                do { try await self.clock.sleep(Self.heartbeat) } catch { return }
                let now = self.clock.now()
                let until = now.addingTimeInterval(Self.lease)
                let kept = try? await self.store.heartbeat([job.ticket], leaseUntil: until, at: now)
                // Somebody else has it now, and what this one did no longer counts.
                if kept?.isEmpty == true { work.cancel() }
            }
        }
        let result = await work.result
        heartbeat.cancel()
        await settle(job, result)
    }

    private func settle(_ job: StoredJob, _ result: Result<Void, any Error>) async {
        let now = clock.now()
        do {
            switch result {
            case .success:
                try await store.complete(job.ticket, at: now)
                metrics.job(job.work.kind, outcome: "completed")
            case .failure(let snooze as Snooze):
                // A year is longer than anybody waits, and shorter than what a clock can hold.
                let delay = min(max(1, snooze.delay / .seconds(1)), 366 * 86_400)
                try await store.snooze(job.ticket, until: now.addingTimeInterval(delay))
                metrics.job(job.work.kind, outcome: "snoozed")
            case .failure(let abandon as Abandon):
                try await store.discard(job.ticket, failure: failure(job, abandon.reason, at: now))
                metrics.job(job.work.kind, outcome: "abandoned")
            case .failure(let error):
                let sentence = (error as? any PersonReadableError)?.sentence ?? "\(type(of: error))"
                let due = now.addingTimeInterval(Self.pause(afterAttempt: job.attempt, error: error, random: random()))
                let state = try await store.retry(job.ticket, runAt: due, failure: failure(job, sentence, at: now))
                metrics.job(job.work.kind, outcome: state.rawValue)
                logger.error(
                    "job failed",
                    metadata: [
                        "job": "\(job.id)", "kind": "\(job.work.kind)", "attempt": "\(job.attempt)",
                        "state": "\(state.rawValue)", "error": "\(sentence)", "trace": "\(job.work.traceID ?? "")",
                    ])
            }
        } catch {
            logger.error("what became of a job cannot be stored: \(error)", metadata: ["job": "\(job.id)"])
        }
    }

    private func failure(_ job: StoredJob, _ sentence: String, at now: Date) -> JobFailure {
        JobFailure(at: now, attempt: job.attempt, message: sentence)
    }

    /// 1, 4, 16, 64 … seconds, at most 15 minutes, so that ten attempts outlast an outage of an hour; a little more or
    /// less, so that many failures do not come back together; and never before the service that refused asked us to.
    static func pause(afterAttempt attempt: Int, error: any Error, random: Double) -> TimeInterval {
        let exponent = Double(min(max(attempt, 1), 6) - 1)
        let backoff = min(pow(4, exponent), 900) * (0.8 + 0.4 * random)
        let asked = (error as? SlackError)?.retryAfter.map { $0 / .seconds(1) } ?? 0
        return max(backoff, asked)
    }
}
