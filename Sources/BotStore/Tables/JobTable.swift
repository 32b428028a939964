import Foundation

/// The statements about jobs. The conditions of a state change are in its `WHERE`, so that the same statements stay
/// right where several processes share a database.
enum JobTable {
    static let waiting = "('available', 'scheduled', 'retryable')"
    static let unfinished = "('available', 'scheduled', 'running', 'retryable')"

    static func enqueue(_ job: NewJob, at now: Date, in db: any SQLConnection) throws -> EnqueuedJob {
        try check(job)
        let state: JobState = job.runAt.milliseconds <= now.milliseconds ? .available : .scheduled
        let arguments: SQLArguments = [
            "state": state.rawValue, "kind": job.kind, "plugin": job.plugin, "workspace": job.workspace,
            "origin": job.origin, "payload": job.payload, "lane": job.lane.rawValue, "unique": job.uniqueKey,
            "order": job.orderKey, "runAt": job.runAt.milliseconds, "attempts": job.maxAttempts,
            "trace": job.traceID, "now": now.milliseconds,
        ]
        // Between the two statements another process may finish the job that has the key: then there is room again.
        for _ in 0..<3 {
            let inserted = try db.row(
                """
                INSERT INTO jobs (state, kind, plugin, workspace, origin, payload, lane, unique_key, order_key, order_at,
                    run_at, max_attempts, trace_id, created_at)
                VALUES (:state, :kind, :plugin, :workspace, :origin, :payload, :lane, :unique, :order, :runAt,
                    :runAt, :attempts, :trace, :now)
                ON CONFLICT DO NOTHING RETURNING id
                """, arguments)
            if let inserted { return .inserted(try inserted.integer("id")) }
            let other = try db.row(
                "SELECT id FROM jobs WHERE unique_key = ? AND state IN \(unfinished)", [job.uniqueKey])
            if let other { return .duplicate(of: try other.integer("id")) }
        }
        throw StoreError(.conflict, "The job \(job.kind) could not be enqueued.")
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

    static func claim(_ claim: JobClaim, in db: any SQLConnection) throws -> [StoredJob] {
        try Bounds.checkID(claim.owner, "The owner of a claim")
        let limit = Bounds.rows(claim.limit, most: Bounds.bigPage)
        let time = try db.leaseTime(claim.now)
        let lease = time + claim.leaseUntil.timeIntervalSince(claim.now)
        var jobs: [StoredJob] = []
        // Lane by lane, so that each is a walk along its index that stops as soon as there are enough.
        let lanes = claim.lanes.sorted()
        let isSuspectFree = try isSuspectFree(at: claim.now, in: db)
        for (lane, areSuspects) in lanes.map({ ($0, true) }) + lanes.map({ ($0, false) }) where jobs.count < limit {
            guard !areSuspects || isSuspectFree && jobs.isEmpty else { continue }
            let limit = areSuspects ? min(1, limit) : limit - jobs.count
            let due = try due(lane, suspects: areSuspects, at: claim.now, limit: limit, in: db)
            var claimed: [StoredJob] = []
            for id in due {
                // The order is looked at again: in PostgreSQL a job with the same key may have been claimed before
                // this transaction had the right to the key.
                claimed += try db.rows(
                    """
                    UPDATE jobs SET state = 'running', attempt = attempt + 1, fence = fence + 1,
                        lease_until = ?, owner = ?
                    WHERE id = ? AND state IN \(waiting) AND (order_key IS NULL OR NOT EXISTS (
                        SELECT 1 FROM jobs AS other
                        WHERE other.order_key = jobs.order_key AND other.state = 'running'))
                    RETURNING *
                    """, [lease.milliseconds, claim.owner, id]
                ).map(job)
            }
            jobs += claimed
        }
        return jobs
    }

    /// Jobs that ran when a process ended are claimed one at a time: one of them may have ended it, and the others must not
    /// be counted as ending the next one too. One that seems to hang does not hold up the others.
    private static func isSuspectFree(at now: Date, in db: any SQLConnection) throws -> Bool {
        try db.count(
            "SELECT COUNT(*) AS number FROM jobs WHERE crashes > 0 AND state = 'running' AND run_at > ?",
            [now.addingTimeInterval(-60).milliseconds]) == 0
    }

    /// Jobs that may be claimed, in their order. Nobody else can claim them until the transaction ends.
    private static func due(
        _ lane: JobLane, suspects: Bool, at now: Date, limit: Int, in db: any SQLConnection
    ) throws -> [JobID] {
        let choice = """
            SELECT id, order_key FROM jobs AS job
            WHERE state IN \(waiting) AND crashes \(suspects ? ">" : "=") 0 AND lane = ? AND run_at <= ?
              AND (order_key IS NULL OR NOT EXISTS (
                  SELECT 1 FROM jobs AS other
                  WHERE other.order_key = job.order_key AND other.state IN \(unfinished)
                    AND other.id <> job.id
                    AND (other.state = 'running' OR (other.order_at, other.id) < (job.order_at, job.id))))
            ORDER BY run_at, id LIMIT ?
            """
        let sql =
            switch db.dialect {
            case .sqlite: choice
            case .postgreSQL:
                // Whoever else looks for jobs with the same order key leaves them out for as long as this
                // transaction lasts.
                """
                WITH due AS MATERIALIZED (\(choice) FOR UPDATE SKIP LOCKED)
                SELECT id FROM due
                WHERE order_key IS NULL OR pg_try_advisory_xact_lock(hashtextextended(order_key, 0))
                """
            }
        return try db.rows(sql, [lane.rawValue, now.milliseconds, limit]).map { try $0.integer("id") }
    }

    static func heartbeat(
        _ tickets: [JobTicket], leaseUntil: Date, at now: Date, in db: any SQLConnection
    ) throws -> [JobTicket] {
        let lease = try db.leaseTime(now) + leaseUntil.timeIntervalSince(now)
        return try tickets.filter { ticket in
            try db.run(
                "UPDATE jobs SET lease_until = ? WHERE id = ? AND fence = ? AND state = 'running'",
                [lease.milliseconds, ticket.id, ticket.fence]) == 1
        }
    }

    static func complete(_ ticket: JobTicket, at now: Date, in db: any SQLConnection) throws {
        try held(
            ticket,
            try db.run(
                """
                UPDATE jobs SET state = 'completed', finished_at = ?, lease_until = NULL
                WHERE id = ? AND fence = ? AND state = 'running'
                """, [now.milliseconds, ticket.id, ticket.fence]))
    }

    static func snooze(_ ticket: JobTicket, until: Date, in db: any SQLConnection) throws {
        try held(
            ticket,
            try db.run(
                """
                UPDATE jobs SET state = 'scheduled', run_at = ?, attempt = attempt - 1, crashes = 0, lease_until = NULL,
                    owner = NULL
                WHERE id = ? AND fence = ? AND state = 'running'
                """, [until.milliseconds, ticket.id, ticket.fence]))
    }

    static func retry(_ ticket: JobTicket, runAt: Date, failure: JobFailure, in db: any SQLConnection) throws
        -> JobState
    {
        let job = try running(ticket, in: db)
        let isOut = job.attempt >= job.work.maxAttempts
        try held(
            ticket,
            try db.run(
                """
                UPDATE jobs SET state = :state, run_at = :runAt, failures = :failures, crashes = 0, lease_until = NULL,
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

    static func discard(_ ticket: JobTicket, failure: JobFailure, in db: any SQLConnection) throws {
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
    static func reclaim(at now: Date, owner: String?, in db: any SQLConnection) throws -> Int {
        let rows = try db.rows(
            """
            SELECT * FROM jobs WHERE state = 'running' AND (lease_until <= ? OR owner = ?)
            LIMIT \(Bounds.page) \(db.dialect.skipLocked)
            """, [try db.leaseTime(now).milliseconds, owner])
        return try reclaim(rows, at: now, because: "The worker stopped answering.", in: db)
    }

    static func reclaimAll(at now: Date, in db: any SQLConnection) throws {
        let rows = try db.rows("SELECT * FROM jobs WHERE state = 'running'", [])
        _ = try reclaim(rows, at: now, because: "The process ended during the attempt.", in: db)
    }

    private static func reclaim(_ rows: [Columns], at now: Date, because reason: String, in db: any SQLConnection)
        throws -> Int
    {
        for columns in rows {
            let job = try job(columns)
            let isOut = job.attempt >= job.work.maxAttempts
            let failure = JobFailure(at: now, attempt: job.attempt, message: reason)
            try db.run(
                """
                UPDATE jobs SET state = ?, run_at = ?, failures = ?, crashes = crashes + 1, fence = fence + 1,
                    lease_until = NULL, owner = NULL, finished_at = ?
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

    static func end(_ id: JobID, as state: JobState, at now: Date, in db: any SQLConnection) throws {
        let changed = try db.run(
            """
            UPDATE jobs SET state = ?, finished_at = ?, fence = fence + 1, lease_until = NULL, owner = NULL
            WHERE id = ? AND state IN \(unfinished)
            """, [state.rawValue, now.milliseconds, id])
        guard changed == 1 else { throw StoreError(.notFound, "There is no unfinished job \(id).") }
    }

    /// A running one is left alone: it has begun to have its effect.
    static func cancelWaiting(uniqueKey: String, at now: Date, in db: any SQLConnection) throws -> Int {
        try db.run(
            """
            UPDATE jobs SET state = 'cancelled', finished_at = ?, fence = fence + 1, lease_until = NULL, owner = NULL
            WHERE unique_key = ? AND state IN ('available', 'scheduled', 'retryable')
            """, [now.milliseconds, uniqueKey])
    }

    static func retryDead(_ id: JobID, at now: Date, in db: any SQLConnection) throws {
        let changed: Int
        do {
            changed = try db.run(
                """
                UPDATE jobs SET state = 'available', run_at = ?, attempt = 0, crashes = 0, finished_at = NULL
                WHERE id = ? AND state IN ('discarded', 'cancelled')
                """, [now.milliseconds, id])
        } catch {
            guard (error as? StoreError)?.code == .conflict else { throw error }
            throw StoreError(.conflict, "Another job does the same as job \(id) already: wait for it, or cancel it.")
        }
        guard changed == 1 else { throw StoreError(.notFound, "There is no dead job \(id).") }
    }

    static func dismissDead(_ id: JobID, at now: Date, in db: any SQLConnection) throws {
        let changed = try db.run(
            "UPDATE jobs SET state = 'cancelled', finished_at = ? WHERE id = ? AND state = 'discarded'",
            [now.milliseconds, id])
        guard changed == 1 else { throw StoreError(.notFound, "There is no dead letter \(id).") }
    }

    // MARK: Reading

    static func job(_ id: JobID, in db: any SQLConnection) throws -> StoredJob? {
        try db.row("SELECT * FROM jobs WHERE id = ?", [id]).map(job)
    }

    static func jobs(in state: JobState, limit: Int, before: JobID?, in db: any SQLConnection) throws -> [StoredJob] {
        try db.rows(
            "SELECT * FROM jobs WHERE state = ? AND id < ? ORDER BY id DESC LIMIT ?",
            [state.rawValue, before ?? .max, Bounds.rows(limit, most: Bounds.bigPage)]
        ).map(job)
    }

    static func statistics(at now: Date, in db: any SQLConnection) throws -> JobStatistics {
        var counts: [JobState: Int] = [:]
        for columns in try db.rows("SELECT state, COUNT(*) AS number FROM jobs GROUP BY state", []) {
            counts[try columns.word("state", as: JobState.self)] = try columns.count("number")
        }
        let oldest = try db.row("SELECT MIN(run_at) AS at FROM jobs WHERE state IN \(waiting)", [])
        let due = try oldest.flatMap { try $0.optionalDate("at") }
        return JobStatistics(counts: counts, oldestDue: due.flatMap { $0 <= now ? $0 : nil })
    }

    static func nextTime(in db: any SQLConnection) throws -> Date? {
        let row = try db.row(
            """
            SELECT MIN(at) AS at FROM (
                SELECT MIN(run_at) AS at FROM jobs WHERE state IN \(waiting)
                UNION ALL SELECT MIN(lease_until) FROM jobs WHERE state = 'running') AS times
            """, [])
        return try row.flatMap { try $0.optionalDate("at") }
    }

    static func sweep(finishedBefore before: Date, deadBefore: Date, limit: Int, in db: any SQLConnection) throws -> Int
    {
        try db.run(
            """
            DELETE FROM jobs WHERE id IN (
                SELECT id FROM jobs WHERE finished_at IS NOT NULL
                  AND ((state IN ('completed', 'cancelled') AND finished_at < ?)
                    OR (state = 'discarded' AND finished_at < ?))
                LIMIT ? \(db.dialect.skipLocked))
            """, [before.milliseconds, deadBefore.milliseconds, Bounds.rows(limit)])
    }

    // MARK: Rows

    private static func running(_ ticket: JobTicket, in db: any SQLConnection) throws -> StoredJob {
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

    private static func job(_ columns: Columns) throws -> StoredJob {
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
            attempt: try columns.count("attempt"), crashes: try columns.count("crashes"),
            fence: try columns.integer("fence"),
            leaseUntil: try columns.optionalDate("lease_until"), owner: try columns.optionalText("owner"),
            failures: try columns.optionalData("failures") == nil
                ? [] : try columns.json("failures", as: [JobFailure].self),
            createdAt: try columns.date("created_at"), finishedAt: try columns.optionalDate("finished_at"))
    }
}
