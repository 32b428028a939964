import Foundation

/// The statements of the painter: claims, and what became of them.
extension MessageTable {
    static func claim(
        _ kind: MessageWork, in place: MessagePlace, lane: JobLane?, limit: Int, at now: Date, leaseUntil: Date,
        in db: any SQLConnection
    ) throws -> [LiveMessage] {
        let time = try db.leaseTime(now)
        // Chosen first, once and for all: a query within the condition might be asked again for each row.
        return try db.rows(
            """
            WITH due AS MATERIALIZED (
                SELECT plugin, workspace, channel, key FROM messages
                WHERE workspace = :workspace AND channel = :channel AND \(isDue) AND \(work) = :work
                  AND lane >= :first AND lane <= :last
                ORDER BY lane, due_at, created_at, key LIMIT :limit \(db.dialect.skipLocked))
            UPDATE messages SET fence = fence + 1, lease_until = :lease
            WHERE (plugin, workspace, channel, key) IN (SELECT plugin, workspace, channel, key FROM due)
            RETURNING *
            """,
            [
                "lease": (time + leaseUntil.timeIntervalSince(now)).milliseconds, "now": now.milliseconds,
                "time": time.milliseconds, "workspace": place.workspace, "channel": place.channel,
                "work": kind.rawValue, "first": lane?.rawValue ?? 0, "last": lane?.rawValue ?? Int(Int32.max),
                "limit": Bounds.rows(limit, most: Bounds.bigPage),
            ]
        ).map(message).sorted {
            ($0.lane, $0.dueAt, $0.createdAt, $0.key.key) < ($1.lane, $1.dueAt, $1.createdAt, $1.key.key)
        }
    }

    static func intend(
        _ ticket: MessageTicket, intentID: String, channel: String, thread: String?, at now: Date,
        in db: any SQLConnection
    ) throws {
        try Bounds.checkID(intentID, "A message's intent id")
        try Bounds.checkID(channel, "A message's channel")
        try change(
            ticket, "state = 'intent', intent_id = ?, posted_channel = ?, thread = ?, ts = NULL, updated_at = ?",
            [intentID, channel, thread, now.milliseconds], in: db)
    }

    static func painted(
        _ ticket: MessageTicket, version: Int64, channel: String, ts: String, at now: Date, in db: any SQLConnection
    ) throws {
        try Bounds.checkID(channel, "A message's channel")
        try Bounds.checkID(ts, "A message's ts")
        let before = try message(ticket.key, in: db)
        try change(
            ticket,
            """
            state = 'posted', posted_channel = ?, ts = ?, lease_until = NULL, updated_at = ?,
            painted_version = CASE WHEN painted_version > ? THEN painted_version WHEN version < ? THEN version
                ELSE ? END
            """, [channel, ts, now.milliseconds, version, version, version], in: db)
        if let before, before.ts == nil, let digest = before.digestKey { try touch(digest, at: now, in: db) }
    }

    static func vanished(_ ticket: MessageTicket, dueAt: Date, at now: Date, in db: any SQLConnection) throws {
        // What is not wanted either needs nothing more; what is wanted is painted from the beginning.
        try change(
            ticket,
            """
            state = 'absent', ts = NULL, posted_channel = NULL, thread = NULL, intent_id = NULL, lease_until = NULL,
            due_at = ?, painted_version = CASE WHEN content IS NULL THEN version ELSE 0 END, updated_at = ?
            """, [dueAt.milliseconds, now.milliseconds], in: db)
    }

    static func postpone(_ ticket: MessageTicket, dueAt: Date, in db: any SQLConnection) throws {
        try change(ticket, "lease_until = NULL, due_at = ?", [dueAt.milliseconds], in: db)
    }

    static func bury(_ ticket: MessageTicket, reason: String, at now: Date, in db: any SQLConnection) throws {
        try change(
            ticket, "state = 'dead', reason = ?, lease_until = NULL, updated_at = ?",
            [Bounds.sentence(reason), now.milliseconds], in: db)
    }

    static func fold(
        _ tickets: [MessageTicket], into digest: MessageWish, unfoldAt: Date, at now: Date, in db: any SQLConnection
    ) throws {
        guard digest.key.plugin == MessageKey.host, tickets.count <= Bounds.bigPage,
            tickets.allSatisfy({ $0.key.place == digest.key.place })
        else { throw StoreError(.invalid, "A digest belongs to the host, and tells of its own channel.") }
        _ = try wish(digest, at: now, in: db)
        for ticket in tickets {
            try change(
                ticket, "digest = ?, lease_until = NULL, due_at = ?", [digest.key.key, unfoldAt.milliseconds],
                where: "state = 'absent' AND parent IS NULL", in: db)
        }
    }

    private static func change(
        _ ticket: MessageTicket, _ assignments: String, _ arguments: SQLArguments, where condition: String = "TRUE",
        in db: any SQLConnection
    ) throws {
        let changed = try db.run(
            """
            UPDATE messages SET \(assignments)
            WHERE \(byKey) AND fence = ? AND lease_until IS NOT NULL AND \(condition)
            """, arguments + ticket.key.arguments + [ticket.fence])
        guard changed == 1 else {
            throw StoreError(.lostLease, "The message '\(ticket.key.key)' was taken over in the meantime.")
        }
    }
}
