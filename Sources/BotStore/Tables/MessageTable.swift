import Foundation

/// The statements about live messages.
enum MessageTable {
    private static let isDue = "state <> 'dead' AND painted_version < version"
    private static let byKey = "plugin = ? AND workspace = ? AND key = ?"

    static func wish(_ wish: MessageWish, at now: Date, in db: any SQLConnection) throws -> Int64 {
        try Bounds.checkID(wish.key.plugin, "A message's plugin")
        try Bounds.checkID(wish.key.workspace, "A message's workspace")
        try Bounds.checkKey(wish.key.key, "A message's key")
        try Bounds.checkID(wish.channel, "A message's channel")
        try Bounds.check(wish.content, "A message's content", longest: Bounds.content)
        // A dead message begins anew. One that waits longer keeps its place in the queue. To wish for what is wished
        // for already changes nothing, so that nobody paints the same thing twice.
        let row = try db.row(
            """
            INSERT INTO messages (plugin, workspace, key, channel, content, version, lane, due_at, created_at,
                updated_at)
            VALUES (:plugin, :workspace, :key, :channel, :content, 1, :lane, :now, :now, :now)
            ON CONFLICT (plugin, workspace, key) DO UPDATE SET channel = excluded.channel,
                content = excluded.content, lane = excluded.lane, version = messages.version + 1,
                updated_at = excluded.updated_at,
                due_at = CASE WHEN messages.state <> 'dead' AND messages.painted_version < messages.version
                    THEN messages.due_at ELSE excluded.due_at END,
                ts = CASE WHEN messages.state = 'dead' THEN NULL ELSE messages.ts END,
                posted_channel = CASE WHEN messages.state = 'dead' THEN NULL ELSE messages.posted_channel END,
                intent_id = CASE WHEN messages.state = 'dead' THEN NULL ELSE messages.intent_id END,
                reason = NULL,
                state = CASE WHEN messages.state = 'dead' THEN 'absent' ELSE messages.state END
            WHERE messages.state = 'dead' OR messages.content \(db.dialect.differs) excluded.content
                OR messages.channel <> excluded.channel
            RETURNING version
            """,
            [
                "plugin": wish.key.plugin, "workspace": wish.key.workspace, "key": wish.key.key,
                "channel": wish.channel, "content": wish.content, "lane": wish.lane.rawValue,
                "now": now.milliseconds,
            ])
        if let row { return try row.integer("version") }
        guard let same = try message(wish.key, in: db) else {
            throw StoreError(.conflict, "The message '\(wish.key.key)' could not be stored.")
        }
        return same.version
    }

    /// The leases of a process that ended.
    static func releaseAll(in db: any SQLConnection) throws {
        try db.run("UPDATE messages SET lease_until = NULL, fence = fence + 1 WHERE lease_until IS NOT NULL", [])
    }

    static func message(_ key: MessageKey, in db: any SQLConnection) throws -> LiveMessage? {
        try db.row("SELECT * FROM messages WHERE \(byKey)", [key.plugin, key.workspace, key.key]).map(message)
    }

    static func message(workspace: String, channel: String, ts: String, in db: any SQLConnection) throws -> LiveMessage?
    {
        try db.row(
            "SELECT * FROM messages WHERE workspace = ? AND posted_channel = ? AND ts = ?", [workspace, channel, ts]
        ).map(message)
    }

    static func claim(limit: Int, at now: Date, leaseUntil: Date, in db: any SQLConnection) throws -> [LiveMessage] {
        let time = try db.leaseTime(now)
        // Chosen first, once and for all: a query within the condition might be asked again for each row.
        return try db.rows(
            """
            WITH due AS MATERIALIZED (
                SELECT plugin, workspace, key FROM messages
                WHERE \(isDue) AND due_at <= :now AND (lease_until IS NULL OR lease_until <= :time)
                ORDER BY lane, due_at LIMIT :limit \(db.dialect.skipLocked))
            UPDATE messages SET fence = fence + 1, lease_until = :lease
            WHERE (plugin, workspace, key) IN (SELECT plugin, workspace, key FROM due)
            RETURNING *
            """,
            [
                "lease": (time + leaseUntil.timeIntervalSince(now)).milliseconds, "now": now.milliseconds,
                "time": time.milliseconds, "limit": Bounds.rows(limit, most: Bounds.bigPage),
            ]
        ).map(message).sorted { ($0.lane, $0.dueAt) < ($1.lane, $1.dueAt) }
    }

    static func intend(
        _ ticket: MessageTicket, intentID: String, channel: String, at now: Date, in db: any SQLConnection
    ) throws {
        try Bounds.checkID(intentID, "A message's intent id")
        try Bounds.checkID(channel, "A message's channel")
        try change(
            ticket, "state = 'intent', intent_id = ?, posted_channel = ?, ts = NULL, updated_at = ?",
            [intentID, channel, now.milliseconds], in: db)
    }

    static func painted(
        _ ticket: MessageTicket, version: Int64, channel: String, ts: String, at now: Date, in db: any SQLConnection
    ) throws {
        try Bounds.checkID(channel, "A message's channel")
        try Bounds.checkID(ts, "A message's ts")
        try change(
            ticket,
            """
            state = 'posted', posted_channel = ?, ts = ?, lease_until = NULL, updated_at = ?,
            painted_version = CASE WHEN painted_version > ? THEN painted_version WHEN version < ? THEN version
                ELSE ? END
            """, [channel, ts, now.milliseconds, version, version, version], in: db)
    }

    static func vanished(_ ticket: MessageTicket, dueAt: Date, at now: Date, in db: any SQLConnection) throws {
        // What is not wanted either needs nothing more; what is wanted is painted from the beginning.
        try change(
            ticket,
            """
            state = 'absent', ts = NULL, posted_channel = NULL, intent_id = NULL, lease_until = NULL, due_at = ?,
            painted_version = CASE WHEN content IS NULL THEN version ELSE 0 END, updated_at = ?
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

    static func backlog(limit: Int, in db: any SQLConnection) throws -> [MessageBacklog] {
        try db.rows(
            """
            SELECT workspace, channel, COUNT(*) AS number FROM messages WHERE \(isDue)
            GROUP BY workspace, channel ORDER BY number DESC, workspace, channel LIMIT ?
            """, [Bounds.rows(limit)]
        ).map { columns in
            return MessageBacklog(
                workspace: try columns.text("workspace"), channel: try columns.text("channel"),
                waiting: try columns.count("number"))
        }
    }

    static func nextTime(in db: any SQLConnection) throws -> Date? {
        let row = try db.row(
            """
            SELECT MIN(CASE WHEN lease_until > due_at THEN lease_until ELSE due_at END) AS at FROM messages
            WHERE \(isDue)
            """, [])
        return try row.flatMap { try $0.optionalDate("at") }
    }

    static func sweep(before: Date, limit: Int, in db: any SQLConnection) throws -> Int {
        try db.run(
            """
            DELETE FROM messages WHERE (plugin, workspace, key) IN (
                SELECT plugin, workspace, key FROM messages
                WHERE (state = 'dead' OR content IS NULL) AND updated_at < ?
                  AND (state = 'dead' OR (state = 'absent' AND painted_version = version))
                LIMIT ? \(db.dialect.skipLocked))
            """, [before.milliseconds, Bounds.rows(limit)])
    }

    private static func change(
        _ ticket: MessageTicket, _ assignments: String, _ arguments: SQLArguments, in db: any SQLConnection
    ) throws {
        let changed = try db.run(
            "UPDATE messages SET \(assignments) WHERE \(byKey) AND fence = ? AND lease_until IS NOT NULL",
            arguments + [ticket.key.plugin, ticket.key.workspace, ticket.key.key, ticket.fence])
        guard changed == 1 else {
            throw StoreError(.lostLease, "The message '\(ticket.key.key)' was taken over in the meantime.")
        }
    }

    private static func message(_ columns: Columns) throws -> LiveMessage {
        guard let lane = JobLane(rawValue: try columns.count("lane")) else {
            throw StoreError(.corrupt, "A message has a lane that does not exist.")
        }
        return LiveMessage(
            key: MessageKey(
                plugin: try columns.text("plugin"), workspace: try columns.text("workspace"),
                key: try columns.text("key")),
            channel: try columns.text("channel"), content: try columns.optionalData("content"),
            version: try columns.integer("version"), paintedVersion: try columns.integer("painted_version"),
            state: try columns.word("state", as: LiveMessage.State.self),
            postedChannel: try columns.optionalText("posted_channel"), ts: try columns.optionalText("ts"),
            intentID: try columns.optionalText("intent_id"), lane: lane, dueAt: try columns.date("due_at"),
            leaseUntil: try columns.optionalDate("lease_until"), fence: try columns.integer("fence"),
            reason: try columns.optionalText("reason"), createdAt: try columns.date("created_at"),
            updatedAt: try columns.date("updated_at"))
    }
}
