import Foundation

/// The statements about deliveries.
enum InboxTable {
    static func receive(
        _ delivery: InboxDelivery, attempts: Int = 0, jobs: [NewJob], in db: any SQLConnection
    ) throws -> Receipt {
        try Bounds.checkID(delivery.id.source, "A delivery's source")
        try Bounds.checkKey(delivery.id.id, "A delivery's id")
        try Bounds.checkOptionalID(delivery.traceID ?? "", "A delivery's trace id")
        try Bounds.check(delivery.body, "A delivery's body", longest: Bounds.body)
        try Bounds.check(delivery.context, "A delivery's context", longest: Bounds.payload)
        let inserted = try db.run(
            """
            INSERT INTO inbox (source, id, body, context, trace_id, received_at, attempts) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (source, id) DO NOTHING
            """,
            [
                delivery.id.source, delivery.id.id, delivery.body, delivery.context, delivery.traceID,
                delivery.receivedAt.milliseconds, attempts,
            ])
        guard inserted == 0 else {
            for job in jobs { _ = try JobTable.enqueue(job, at: delivery.receivedAt, in: db) }
            return .inserted
        }
        let row = try db.row(
            "SELECT state FROM inbox WHERE source = ? AND id = ?", [delivery.id.source, delivery.id.id])
        guard let row else { throw unknown }
        return .duplicate(try row.word("state", as: StoredDelivery.State.self))
    }

    static func delivery(_ id: InboxID, in db: any SQLConnection) throws -> StoredDelivery? {
        try db.row("SELECT * FROM inbox WHERE source = ? AND id = ?", [id.source, id.id]).map(delivery)
    }

    static func unread(keptBefore before: Date, limit: Int, in db: any SQLConnection) throws -> [StoredDelivery] {
        try db.rows(
            """
            SELECT * FROM inbox WHERE source >= ? AND source < ? AND state = 'pending' AND received_at < ?
            ORDER BY received_at, source, id LIMIT ?
            """,
            [
                InboxID.unreadPrefix, InboxID.behindUnread, before.milliseconds,
                Bounds.rows(limit, most: Bounds.bodyPage),
            ]
        ).map(delivery)
    }

    static func forget(_ id: InboxID, in db: any SQLConnection) throws {
        try db.run("DELETE FROM inbox WHERE source = ? AND id = ?", [id.source, id.id])
    }

    static func beginAttempt(_ id: InboxID, in db: any SQLConnection) throws -> Int {
        let row = try db.row(
            """
            UPDATE inbox SET attempts = attempts + 1 WHERE source = ? AND id = ? AND state = 'pending'
            RETURNING attempts
            """, [id.source, id.id])
        guard let row else { throw unknown }
        return try row.count("attempts")
    }

    static func settle(
        _ id: InboxID, as state: StoredDelivery.State, reason: String?, at now: Date, in db: any SQLConnection
    ) throws {
        let changed = try db.run(
            "UPDATE inbox SET state = ?, reason = ?, settled_at = ? WHERE source = ? AND id = ?",
            [state.rawValue, reason.map(Bounds.sentence), now.milliseconds, id.source, id.id])
        guard changed == 1 else { throw unknown }
    }

    static func requeue(_ id: InboxID, in db: any SQLConnection) throws {
        let changed = try db.run(
            """
            UPDATE inbox SET state = 'pending', reason = NULL, settled_at = NULL, attempts = 0
            WHERE source = ? AND id = ? AND state = 'quarantined'
            """, [id.source, id.id])
        guard changed == 1 else { throw unknown }
    }

    static func deliveries(
        in state: StoredDelivery.State, receivedBefore before: Date?, limit: Int, in db: any SQLConnection
    ) throws -> [StoredDelivery] {
        try db.rows(
            "SELECT * FROM inbox WHERE state = ? AND received_at < ? ORDER BY received_at, source, id LIMIT ?",
            [state.rawValue, before?.milliseconds ?? .max, Bounds.rows(limit, most: Bounds.bodyPage)]
        ).map(delivery)
    }

    static func newest(
        in state: StoredDelivery.State, receivedBefore before: Date?, limit: Int, in db: any SQLConnection
    ) throws -> [StoredDelivery] {
        try db.rows(
            "SELECT * FROM inbox WHERE state = ? AND received_at < ? ORDER BY received_at DESC LIMIT ?",
            [state.rawValue, before?.milliseconds ?? .max, Bounds.rows(limit, most: Bounds.bodyPage)]
        ).map(delivery)
    }

    static func counts(in db: any SQLConnection) throws -> [StoredDelivery.State: Int] {
        var counts: [StoredDelivery.State: Int] = [:]
        for columns in try db.rows("SELECT state, COUNT(*) AS number FROM inbox GROUP BY state", []) {
            counts[try columns.word("state", as: StoredDelivery.State.self)] = try columns.count("number")
        }
        return counts
    }

    static func sweep(settledBefore before: Date, limit: Int, in db: any SQLConnection) throws -> Int {
        try db.run(
            """
            DELETE FROM inbox WHERE (source, id) IN (
                SELECT source, id FROM inbox WHERE settled_at < ? LIMIT ? \(db.dialect.skipLocked))
            """, [before.milliseconds, Bounds.rows(limit)])
    }

    private static let unknown = StoreError(.notFound, "There is no such delivery in that state.")

    private static func delivery(_ columns: Columns) throws -> StoredDelivery {
        return StoredDelivery(
            delivery: InboxDelivery(
                id: InboxID(source: try columns.text("source"), id: try columns.text("id")),
                body: try columns.data("body"), context: try columns.optionalData("context"),
                receivedAt: try columns.date("received_at"), traceID: try columns.optionalText("trace_id")),
            state: try columns.word("state", as: StoredDelivery.State.self),
            attempts: try columns.count("attempts"), reason: try columns.optionalText("reason"),
            settledAt: try columns.optionalDate("settled_at"))
    }
}
