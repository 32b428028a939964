public import FoundationEssentials

/// Work for later. A job that belongs to an answer goes with the answer: see ``Reply/then(_:after:)``.
public struct JobQueue: Sendable {
    let core: ContextCore

    /// Stores a job; it is run at least once, also after a restart.
    /// - Parameter delay: How long after now it becomes due.
    public func enqueue(_ job: some Job, after delay: Duration = .zero) async throws {
        try await core.services.enqueue(JobRequest(job, after: delay), for: core)
    }

    /// Stores a job to be run at a time.
    public func enqueue(_ job: some Job, at date: Date) async throws {
        let seconds = date.timeIntervalSince(core.services.now())
        let delay = seconds.isFinite ? min(max(seconds, 0), 10 * 366 * 86_400) : 0
        try await core.services.enqueue(JobRequest(job, after: .milliseconds(Int64(delay * 1_000))), for: core)
    }

    /// Takes back a job that has not started, found by its unique key; nothing happens where there is none.
    public func cancel(uniqueKey: String) async throws {
        try await core.services.cancelJobs(uniqueKey: uniqueKey, for: core)
    }
}
