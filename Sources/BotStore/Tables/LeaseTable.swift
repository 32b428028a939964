import Foundation

/// The statements about leases.
enum LeaseTable {
    static func take(
        _ name: String, holder: String, until: Date, at now: Date, in db: any SQLConnection
    ) throws -> LeaseTicket? {
        try Bounds.checkKey(name, "A lease's name")
        try Bounds.checkID(holder, "A lease's holder")
        // A number that no lease had before, so that the row may go when the lease is given back.
        let fence = try ValueTable.nextVersion(in: db)
        let time = try db.leaseTime(now)
        let taken = try db.run(
            """
            INSERT INTO leases (name, fence, holder, held_until) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET fence = excluded.fence, holder = excluded.holder,
                held_until = excluded.held_until
            WHERE leases.held_until <= ?
            """,
            [
                name, fence, holder, (time + until.timeIntervalSince(now)).milliseconds, time.milliseconds,
            ])
        return taken == 1 ? LeaseTicket(name: name, fence: fence) : nil
    }

    static func extend(_ ticket: LeaseTicket, until: Date, at now: Date, in db: any SQLConnection) throws {
        let changed = try db.run(
            "UPDATE leases SET held_until = ? WHERE name = ? AND fence = ?",
            [(try db.leaseTime(now) + until.timeIntervalSince(now)).milliseconds, ticket.name, ticket.fence])
        guard changed == 1 else {
            throw StoreError(.lostLease, "The lease '\(Bounds.sentence(ticket.name))' has run out, and is another's.")
        }
    }

    static func giveBack(_ ticket: LeaseTicket, in db: any SQLConnection) throws {
        try db.run("DELETE FROM leases WHERE name = ? AND fence = ?", [ticket.name, ticket.fence])
    }

    static func sweep(at now: Date, limit: Int, in db: any SQLConnection) throws -> Int {
        try db.run(
            """
            DELETE FROM leases WHERE name IN (
                SELECT name FROM leases WHERE held_until <= ? LIMIT ? \(db.dialect.skipLocked))
            """, [try db.leaseTime(now).milliseconds, Bounds.rows(limit)])
    }

    /// The leases of a process that ended.
    static func releaseAll(in db: any SQLConnection) throws {
        try db.run("DELETE FROM leases", [])
    }
}
