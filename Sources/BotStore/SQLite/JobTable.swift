import Foundation
import GRDB

/// The statements about jobs. The conditions of a state change are in its `WHERE`, so that the same statements stay
/// right where several processes share a database.
enum JobTable {
    static let waiting = "('available', 'scheduled', 'retryable')"
    static let unfinished = "('available', 'scheduled', 'running', 'retryable')"

    static func enqueue(_ job: NewJob, at now: Date, in db: Database) throws -> EnqueuedJob {
        try check(job)
        let state: JobState = job.runAt.milliseconds <= now.milliseconds ? .available : .scheduled
        let inserted = try db.run(
            """
            INSERT INTO jobs (state, kind, plugin, workspace, origin, payload, lane, unique_key, order_key, order_at,
                run_at, max_attempts, trace_id, created_at)
            VALUES (:state, :kind, :plugin, :workspace, :origin, :payload, :lane, :unique, :order, :runAt,
                :runAt, :attempts, :trace, :now)
            ON CONFLICT DO NOTHING
            """,
            [
                "state": state.rawValue, "kind": job.kind, "plugin": job.plugin, "workspace": job.workspace,
                "origin": job.origin, "payload": job.payload, "lane": job.lane.rawValue, "unique": job.uniqueKey,
                "order": job.orderKey, "runAt": job.runAt.milliseconds, "attempts": job.maxAttempts,
                "trace": job.traceID, "now": now.milliseconds,
            ])
        if inserted == 1 { return .inserted(db.lastInsertedRowID) }
        let row = try db.row(
            "SELECT id FROM jobs WHERE unique_key = ? AND state IN \(unfinished)", [job.uniqueKey])
        guard let row else { throw StoreError(.conflict, "The job \(job.kind) could not be enqueued.") }
        return .duplicate(of: try Columns(row).integer("id"))
    }

    private static func check(_ job: NewJob) throws {
        try Bounds.checkID(job.kind, "A job's kind")
        try Bounds.checkOptionalID(job.plugin, "A job's plugin")
        try Bounds.checkOptionalID(job.workspace, "A job's workspace")
        try Bounds.checkOptionalID(job.traceID ?? "", "A job's trace id")
        if let key = job.uniqueKey { try Bounds.checkKey(key, "A job's unique key") }
        if let key = job.orderKey { try Bounds.checkKey(key, "A job's order key") }
        try Bounds.check(job.payload, "A job's payload", longest: Bounds.payload)
        try Bounds.check(job.origin, "A job's origin", longest: Bounds.payload)
        guard job.maxAttempts >= 1 else { throw StoreError(.invalid, "A job needs at least one attempt.") }
    }

    static func claim(_ claim: JobClaim, in db: Database) throws -> [StoredJob] {
        try Bounds.checkID(claim.owner, "The owner of a claim")
        let limit = Bounds.rows(claim.limit, most: Bounds.bigPage)
        var jobs: [StoredJob] = []
        // Lane by lane, so that each is a walk along its index that stops as soon as there are enough.
        for lane in claim.lanes.sorted() where jobs.count < limit {
            let rows = try db.rows(
                """
                UPDATE jobs SET state = 'running', attempt = attempt + 1, fence = fence + 1,
                    lease_until = :lease, owner = :owner
                WHERE id IN (
                    SELECT id FROM jobs AS job
                    WHERE state IN \(waiting) AND lane = :lane AND run_at <= :now
                      AND (order_key IS NULL OR NOT EXISTS (
                          SELECT 1 FROM jobs AS other
                          WHERE other.order_key = job.order_key AND other.state IN \(unfinished)
                            AND other.id <> job.id
                            AND (other.state = 'running' OR (other.order_at, other.id) < (job.order_at, job.id))))
                    ORDER BY run_at, id LIMIT :limit)
                RETURNING *
                """,
                [
                    "lease": claim.leaseUntil.milliseconds, "owner": claim.owner, "lane": lane.rawValue,
                    "now": claim.now.milliseconds, "limit": limit - jobs.count,
                ])
            // RETURNING has no order of its own.
            jobs += try rows.map(job).sorted { ($0.work.runAt, $0.id) < ($1.work.runAt, $1.id) }
        }
        return jobs
    }

    static func heartbeat(_ tickets: [JobTicket], leaseUntil: Date, in db: Database) throws -> [JobTicket] {
        try tickets.filter { ticket in
            try db.run(
                "UPDATE jobs SET lease_until = ? WHERE id = ? AND fence = ? AND state = 'running'",
                [leaseUntil.milliseconds, ticket.id, ticket.fence]) == 1
        }
    }

    static func complete(_ ticket: JobTicket, at now: Date, in db: Database) throws {
        try held(
            ticket,
            try db.run(
                """
                UPDATE jobs SET state = 'completed', finished_at = ?, lease_until = NULL
                WHERE id = ? AND fence = ? AND state = 'running'
                """, [now.milliseconds, ticket.id, ticket.fence]))
    }

    static func snooze(_ ticket: JobTicket, until: Date, in db: Database) throws {
        try held(
            ticket,
            try db.run(
                """
                UPDATE jobs SET state = 'scheduled', run_at = ?, attempt = attempt - 1, lease_until = NULL, owner = NULL
                WHERE id = ? AND fence = ? AND state = 'running'
                """, [until.milliseconds, ticket.id, ticket.fence]))
    }

    static func retry(_ ticket: JobTicket, runAt: Date, failure: JobFailure, in db: Database) throws -> JobState {
        let job = try running(ticket, in: db)
        let isOut = job.attempt >= job.work.maxAttempts
        try held(
            ticket,
            try db.run(
                """
                UPDATE jobs SET state = :state, run_at = :runAt, failures = :failures, lease_until = NULL,
                    owner = NULL, finished_at = :finished
                WHERE id = :id AND fence = :fence AND state = 'running'
                """,
                [
                    "state": (isOut ? JobState.discarded : .retryable).rawValue, "runAt": runAt.milliseconds,
                    "failures": try failures(of: job, with: failure),
                    "finished": isOut ? failure.at.milliseconds : nil, "id": ticket.id, "fence": ticket.fence,
                ]))
        return isOut ? .discarded : .retryable
    }

    static func discard(_ ticket: JobTicket, failure: JobFailure, in db: Database) throws {
        let job = try running(ticket, in: db)
        try held(
            ticket,
            try db.run(
                """
                UPDATE jobs SET state = 'discarded', failures = ?, finished_at = ?, lease_until = NULL, owner = NULL
                WHERE id = ? AND fence = ? AND state = 'running'
                """, [try failures(of: job, with: failure), failure.at.milliseconds, ticket.id, ticket.fence]))
    }

    /// Takes back leases that ran out or whose owner ended. The fence grows, so that a worker that was only slow
    /// cannot write any more.
    static func reclaim(at now: Date, owner: String?, in db: Database) throws -> Int {
        let rows = try db.rows(
            "SELECT * FROM jobs WHERE state = 'running' AND (lease_until <= ? OR owner = ?)",
            [now.milliseconds, owner])
        return try reclaim(rows, at: now, because: "The worker stopped answering.", in: db)
    }

    static func reclaimAll(at now: Date, in db: Database) throws {
        let rows = try db.rows("SELECT * FROM jobs WHERE state = 'running'", [])
        _ = try reclaim(rows, at: now, because: "The process ended during the attempt.", in: db)
    }

    private static func reclaim(_ rows: [Row], at now: Date, because reason: String, in db: Database) throws -> Int {
        for row in rows {
            let job = try job(row)
            let isOut = job.attempt >= job.work.maxAttempts
            let failure = JobFailure(at: now, attempt: job.attempt, message: reason)
            try db.run(
                """
                UPDATE jobs SET state = ?, run_at = ?, failures = ?, fence = fence + 1, lease_until = NULL,
                    owner = NULL, finished_at = ?
                WHERE id = ? AND fence = ? AND state = 'running'
                """,
                [
                    (isOut ? JobState.discarded : .retryable).rawValue, now.milliseconds,
                    try failures(of: job, with: failure), isOut ? now.milliseconds : nil, job.id, job.fence,
                ])
        }
        return rows.count
    }

    // MARK: An administrator's

    static func end(_ id: JobID, as state: JobState, at now: Date, in db: Database) throws {
        let changed = try db.run(
            """
            UPDATE jobs SET state = ?, finished_at = ?, fence = fence + 1, lease_until = NULL, owner = NULL
            WHERE id = ? AND state IN \(unfinished)
            """, [state.rawValue, now.milliseconds, id])
        guard changed == 1 else { throw StoreError(.notFound, "There is no unfinished job \(id).") }
    }

    /// A running one is left alone: it has begun to have its effect.
    static func cancelWaiting(uniqueKey: String, at now: Date, in db: Database) throws -> Int {
        try db.run(
            """
            UPDATE jobs SET state = 'cancelled', finished_at = ?, fence = fence + 1, lease_until = NULL, owner = NULL
            WHERE unique_key = ? AND state IN ('available', 'scheduled', 'retryable')
            """, [now.milliseconds, uniqueKey])
    }

    static func retryDead(_ id: JobID, at now: Date, in db: Database) throws {
        let changed: Int
        do {
            changed = try db.run(
                """
                UPDATE jobs SET state = 'available', run_at = ?, attempt = 0, finished_at = NULL
                WHERE id = ? AND state IN ('discarded', 'cancelled')
                """, [now.milliseconds, id])
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            throw StoreError(.conflict, "Another job does the same as job \(id) already: wait for it, or cancel it.")
        }
        guard changed == 1 else { throw StoreError(.notFound, "There is no dead job \(id).") }
    }

    // MARK: Reading

    static func job(_ id: JobID, in db: Database) throws -> StoredJob? {
        try db.row("SELECT * FROM jobs WHERE id = ?", [id]).map(job)
    }

    static func jobs(in state: JobState, limit: Int, before: JobID?, in db: Database) throws -> [StoredJob] {
        try db.rows(
            "SELECT * FROM jobs WHERE state = ? AND id < ? ORDER BY id DESC LIMIT ?",
            [state.rawValue, before ?? .max, Bounds.rows(limit, most: Bounds.bigPage)]
        ).map(job)
    }

    static func statistics(at now: Date, in db: Database) throws -> JobStatistics {
        var counts: [JobState: Int] = [:]
        for row in try db.rows("SELECT state, COUNT(*) AS number FROM jobs GROUP BY state", []) {
            let columns = Columns(row)
            counts[try columns.word("state", as: JobState.self)] = try columns.count("number")
        }
        let oldest = try db.row("SELECT MIN(run_at) AS at FROM jobs WHERE state IN \(waiting)", [])
        let due = try oldest.flatMap { try Columns($0).optionalDate("at") }
        return JobStatistics(counts: counts, oldestDue: due.flatMap { $0 <= now ? $0 : nil })
    }

    static func nextTime(in db: Database) throws -> Date? {
        let row = try db.row(
            """
            SELECT MIN(at) AS at FROM (
                SELECT MIN(run_at) AS at FROM jobs WHERE state IN \(waiting)
                UNION ALL SELECT MIN(lease_until) FROM jobs WHERE state = 'running')
            """, [])
        return try row.flatMap { try Columns($0).optionalDate("at") }
    }

    static func sweep(finishedBefore before: Date, deadBefore: Date, limit: Int, in db: Database) throws -> Int {
        try db.run(
            """
            DELETE FROM jobs WHERE id IN (
                SELECT id FROM jobs WHERE finished_at IS NOT NULL
                  AND ((state IN ('completed', 'cancelled') AND finished_at < ?)
                    OR (state = 'discarded' AND finished_at < ?))
                LIMIT ?)
            """, [before.milliseconds, deadBefore.milliseconds, limit])
    }

    // MARK: Rows

    private static func running(_ ticket: JobTicket, in db: Database) throws -> StoredJob {
        guard let job = try job(ticket.id, in: db), job.fence == ticket.fence, job.state == .running else {
            throw lost(ticket)
        }
        return job
    }

    private static func held(_ ticket: JobTicket, _ changed: Int) throws {
        guard changed == 1 else { throw lost(ticket) }
    }

    private static func lost(_ ticket: JobTicket) -> StoreError {
        StoreError(.lostLease, "Job \(ticket.id) was taken over, cancelled or finished in the meantime.")
    }

    private static func failures(of job: StoredJob, with failure: JobFailure) throws -> Data {
        var failure = failure
        failure.message = Bounds.sentence(failure.message)
        return try JSONEncoder().encode(Array((job.failures + [failure]).suffix(Bounds.failures)))
    }

    private static func job(_ row: Row) throws -> StoredJob {
        let columns = Columns(row)
        guard let lane = JobLane(rawValue: try columns.count("lane")) else {
            throw StoreError(.corrupt, "A job has a lane that does not exist.")
        }
        return StoredJob(
            id: try columns.integer("id"),
            work: NewJob(
                kind: try columns.text("kind"), plugin: try columns.text("plugin"),
                workspace: try columns.text("workspace"), origin: try columns.optionalData("origin"),
                payload: try columns.data("payload"), lane: lane,
                uniqueKey: try columns.optionalText("unique_key"), orderKey: try columns.optionalText("order_key"),
                runAt: try columns.date("run_at"), maxAttempts: try columns.count("max_attempts"),
                traceID: try columns.optionalText("trace_id")),
            state: try columns.word("state", as: JobState.self),
            attempt: try columns.count("attempt"), fence: try columns.integer("fence"),
            leaseUntil: try columns.optionalDate("lease_until"), owner: try columns.optionalText("owner"),
            failures: try columns.optionalData("failures") == nil
                ? [] : try columns.json("failures", as: [JobFailure].self),
            createdAt: try columns.date("created_at"), finishedAt: try columns.optionalDate("finished_at"))
    }
}
