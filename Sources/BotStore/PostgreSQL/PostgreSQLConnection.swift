import Foundation

/// A session within a transaction, as the statements of the tables see it.
struct PostgreSQLConnection: SQLConnection {
    let session: PostgreSQLSession
    let clock: PostgreSQLLeaseClock
    var patience = PostgreSQLSession.patience

    var dialect: SQLDialect { .postgreSQL }

    func run(_ sql: String, _ arguments: SQLArguments) throws -> Int {
        try carryOut(sql, arguments).changed
    }

    func rows(_ sql: String, _ arguments: SQLArguments) throws -> [Columns] {
        try carryOut(sql, arguments).rows.map { Columns($0) }
    }

    func leaseTime(_ now: Date) throws -> Date {
        switch clock.mode {
        case .caller: return now
        case .own: break
        }
        if let time = clock.time { return time }
        let row = try row("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now", [])
        guard let time = try row?.date("now") else { throw StoreError(.corrupt, "PostgreSQL does not know the time.") }
        clock.time = time
        return time
    }

    func serialize(on name: String) throws {
        // 1 keeps these names apart from the order keys of jobs, which have 0.
        _ = try carryOut("SELECT pg_advisory_xact_lock(hashtextextended(?, 1))", [name])
    }

    private func carryOut(_ sql: String, _ arguments: SQLArguments) throws(StoreError) -> PostgreSQLResult {
        do { return try session.run(sql, arguments, patience: patience) } catch { throw StoreError(postgreSQL: error) }
    }
}

/// The clock of the leases: the server's, which all hosts share. It is asked once for each piece of work.
final class PostgreSQLLeaseClock {
    let mode: LeaseTime
    var time: Date?

    init(_ mode: LeaseTime) { self.mode = mode }
}
