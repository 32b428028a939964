import Foundation

extension TableStore {
    package func enqueue(_ jobs: [NewJob], at now: Date) async throws(StoreError) -> [EnqueuedJob] {
        if jobs.isEmpty { return [] }
        let enqueued = try await transact { db in try jobs.map { try JobTable.enqueue($0, at: now, in: db) } }
        wake()
        return enqueued
    }

    package func claim(_ claim: JobClaim) async throws(StoreError) -> [StoredJob] {
        try await transact { db in try JobTable.claim(claim, in: db) }
    }

    package func heartbeat(_ tickets: [JobTicket], leaseUntil: Date, at now: Date) async throws(StoreError)
        -> [JobTicket]
    {
        if tickets.isEmpty { return [] }
        return try await transact { db in try JobTable.heartbeat(tickets, leaseUntil: leaseUntil, at: now, in: db) }
    }

    package func complete(_ ticket: JobTicket, at now: Date) async throws(StoreError) {
        try await transact { db in try JobTable.complete(ticket, at: now, in: db) }
        // The next one with the same order key may run now.
        wake()
    }

    package func snooze(_ ticket: JobTicket, until: Date) async throws(StoreError) {
        try await transact { db in try JobTable.snooze(ticket, until: until, in: db) }
        wake()
    }

    package func retry(_ ticket: JobTicket, runAt: Date, failure: JobFailure)
        async throws(StoreError) -> JobState
    {
        let state = try await transact { db in try JobTable.retry(ticket, runAt: runAt, failure: failure, in: db) }
        wake()
        return state
    }

    package func discard(_ ticket: JobTicket, failure: JobFailure) async throws(StoreError) {
        try await transact { db in try JobTable.discard(ticket, failure: failure, in: db) }
        wake()
    }

    package func reclaimJobs(at now: Date, owner: String?) async throws(StoreError) -> Int {
        let count = try await transact { db in try JobTable.reclaim(at: now, owner: owner, in: db) }
        if count > 0 { wake() }
        return count
    }

    package func job(_ id: JobID) async throws(StoreError) -> StoredJob? {
        try await query { db in try JobTable.job(id, in: db) }
    }

    package func jobs(in state: JobState, limit: Int, before: JobID?) async throws(StoreError) -> [StoredJob] {
        try await query { db in try JobTable.jobs(in: state, limit: limit, before: before, in: db) }
    }

    package func jobStatistics(at now: Date) async throws(StoreError) -> JobStatistics {
        try await query { db in try JobTable.statistics(at: now, in: db) }
    }

    package func nextJobTime() async throws(StoreError) -> Date? {
        try await query { db in try JobTable.nextTime(in: db) }
    }

    package func cancelJob(_ id: JobID, at now: Date) async throws(StoreError) {
        try await transact { db in try JobTable.end(id, as: .cancelled, at: now, in: db) }
        wake()
    }

    package func cancelJobs(uniqueKey: String, at now: Date) async throws(StoreError) -> Int {
        let cancelled = try await transact { db in try JobTable.cancelWaiting(uniqueKey: uniqueKey, at: now, in: db) }
        if cancelled > 0 { wake() }
        return cancelled
    }

    package func discardJob(_ id: JobID, at now: Date) async throws(StoreError) {
        try await transact { db in try JobTable.end(id, as: .discarded, at: now, in: db) }
        wake()
    }

    package func retryDeadJob(_ id: JobID, at now: Date) async throws(StoreError) {
        try await transact { db in try JobTable.retryDead(id, at: now, in: db) }
        wake()
    }

    package func dismissDeadJob(_ id: JobID, at now: Date) async throws(StoreError) {
        try await transact { db in try JobTable.dismissDead(id, at: now, in: db) }
    }

    package func sweepJobs(finishedBefore before: Date, deadBefore: Date, limit: Int)
        async throws(StoreError) -> Int
    {
        try await transact { db in
            try JobTable.sweep(finishedBefore: before, deadBefore: deadBefore, limit: limit, in: db)
        }
    }
}
