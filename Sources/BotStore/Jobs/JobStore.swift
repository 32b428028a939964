package import Foundation

/// What a worker asks for.
package struct JobClaim: Sendable {
    /// The claiming process, so that its own leases can be told from others' after a restart.
    package var owner: String
    package var limit: Int
    package var lanes: Set<JobLane>
    package var now: Date
    /// Until when the jobs are held without a heartbeat.
    package var leaseUntil: Date

    package init(
        owner: String, limit: Int, lanes: Set<JobLane> = Set(JobLane.allCases), now: Date, leaseUntil: Date
    ) {
        self.owner = owner
        self.limit = limit
        self.lanes = lanes
        self.now = now
        self.leaseUntil = leaseUntil
    }
}

/// The queue in numbers.
package struct JobStatistics: Sendable, Equatable {
    package var counts: [JobState: Int]
    /// Since when the longest waiting job has been due; nil when none is.
    package var oldestDue: Date?

    package init(counts: [JobState: Int], oldestDue: Date?) {
        self.counts = counts
        self.oldestDue = oldestDue
    }
}

/// Jobs: enqueued in the transaction of their cause, run at least once.
///
/// Calls that take a `JobTicket` are the worker's, and throw `lostLease` when the job is no longer its own. Calls
/// that take a `JobID` are an administrator's.
package protocol JobStore: Sendable {
    func enqueue(_ jobs: [NewJob], at now: Date) async throws(StoreError) -> [EnqueuedJob]

    /// Takes up to `limit` due jobs: urgent first, then the longest due. Counts an attempt for each.
    func claim(_ claim: JobClaim) async throws(StoreError) -> [StoredJob]

    /// Holds claimed jobs until a later time. Returns the tickets that are still good; work on the others must stop.
    func heartbeat(_ tickets: [JobTicket], leaseUntil: Date, at now: Date) async throws(StoreError) -> [JobTicket]

    func complete(_ ticket: JobTicket, at now: Date) async throws(StoreError)

    /// Puts a job off without counting the attempt: the time has not come, or a rate limit says wait.
    func snooze(_ ticket: JobTicket, until: Date) async throws(StoreError)

    /// Notes a failure, and has the job run again at `runAt`, or discards it when it is out of attempts. Returns the
    /// state it is in then.
    func retry(_ ticket: JobTicket, runAt: Date, failure: JobFailure) async throws(StoreError) -> JobState

    /// Gives a job up for good.
    func discard(_ ticket: JobTicket, failure: JobFailure) async throws(StoreError)

    /// Takes back the jobs whose lease has run out at `now`, and all those of `owner` where one is given (a process
    /// that is known to have ended). They run again at once, or are discarded when out of attempts. Returns how many.
    func reclaimJobs(at now: Date, owner: String?) async throws(StoreError) -> Int

    func job(_ id: JobID) async throws(StoreError) -> StoredJob?

    /// Jobs in a state, newest first; `before` is the last id of the page before.
    func jobs(in state: JobState, limit: Int, before: JobID?) async throws(StoreError) -> [StoredJob]

    func jobStatistics(at now: Date) async throws(StoreError) -> JobStatistics

    /// When the next job is due or the next lease runs out; it may be in the past. Nil when nothing waits.
    func nextJobTime() async throws(StoreError) -> Date?

    /// Stops a job that is not finished. If it is running, its worker loses the lease.
    func cancelJob(_ id: JobID, at now: Date) async throws(StoreError)

    /// Stops jobs with this unique key that wait and have not begun; returns how many. One that runs is left alone.
    func cancelJobs(uniqueKey: String, at now: Date) async throws(StoreError) -> Int

    /// Makes a job that is not finished a dead letter. If it is running, its worker loses the lease.
    func discardJob(_ id: JobID, at now: Date) async throws(StoreError)

    /// Runs a discarded or cancelled job again, with all its attempts. Throws `conflict` when an unfinished job has
    /// its unique key meanwhile.
    func retryDeadJob(_ id: JobID, at now: Date) async throws(StoreError)

    /// Puts a dead letter away, so that it is no longer counted among them. Throws `notFound`.
    func dismissDeadJob(_ id: JobID, at now: Date) async throws(StoreError)

    /// Removes up to `limit` jobs that completed or were cancelled before `before`, and dead letters discarded before
    /// `deadBefore`; returns how many.
    func sweepJobs(finishedBefore before: Date, deadBefore: Date, limit: Int) async throws(StoreError) -> Int
}
