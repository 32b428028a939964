import Foundation

/// Some writes in one transaction. One that fails undoes nothing of the others: they are begun again, each in a
/// savepoint. As that is rare, they are spared the savepoints at first.
///
/// The transaction leaves its id in a table. Where the connection is lost during the commit, the id tells whether it
/// was committed. (The server's own number of the transaction would not do: after a failover another transaction may
/// have the same one.)
struct PostgreSQLTransaction {
    enum End {
        /// Committed, or rolled back because nothing in it went well: see what became of each write.
        case ended
        /// One of several failed: nothing was stored, and they are to be done again in savepoints.
        case failedTogether
        /// Nothing was stored, and the connection is of no use any more.
        case undone(StoreError)
        /// The connection was lost while it was committed.
        case unknown(StoreError)
    }

    /// The server's clock, in milliseconds.
    static let now = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"

    let session: PostgreSQLSession
    let view: PostgreSQLConnection
    let id: String
    private(set) var done: [@Sendable () -> Void] = []
    private(set) var failed: [(write: PostgreSQLWork, error: StoreError)] = []
    /// What should be tried once more.
    private(set) var again: [(write: PostgreSQLWork, error: StoreError)] = []
    /// What was not begun: one that waited in vain for a lock has used up the time of those behind it.
    private(set) var left: [PostgreSQLWork] = []

    init(session: PostgreSQLSession, view: PostgreSQLConnection) {
        self.session = session
        self.view = view
        var random = SystemRandomNumberGenerator()
        id = String(random.next() as UInt64, radix: 16) + "-" + String(random.next() as UInt64, radix: 16)
    }

    mutating func carryOut(_ writes: [PostgreSQLWork], inSavepoints isGuarded: Bool) -> End {
        var stored: [PostgreSQLWork] = []
        do {
            try session.execute(
                "BEGIN; INSERT INTO commits (id, at) VALUES ('\(id)', \(Self.now))"
                    + (isGuarded ? "; SAVEPOINT one" : "")
            )
        } catch {
            return end(error, writes)
        }
        var isFresh = true
        for (index, write) in writes.enumerated() {
            do {
                if isGuarded, !isFresh { try session.execute("RELEASE SAVEPOINT one; SAVEPOINT one") }
                isFresh = false
                session.forgetFailure()
                let tell = try perform(write)
                done.append(tell)
                stored.append(write)
            } catch {
                let error = StoreError(postgreSQLWork: error)
                let remedy = session.failure?.remedy ?? .none
                let isDelay = session.failure?.isDelay == true
                if case .reconnect = remedy { return .undone(error) }
                do {
                    try session.execute(isGuarded ? "ROLLBACK TO SAVEPOINT one" : "ROLLBACK")
                    if case .prepareAgain = remedy { try session.forgetStatements() }
                } catch {
                    return .undone(StoreError(postgreSQL: error))
                }
                guard isGuarded || writes.count == 1 else {
                    done = []
                    return .failedTogether
                }
                isFresh = true
                if case .none = remedy { failed.append((write, error)) } else { again.append((write, error)) }
                if isDelay {
                    left = Array(writes[(index + 1)...])
                    break
                }
            }
        }
        return commit(stored, isOpen: isGuarded || !stored.isEmpty)
    }

    /// A write that took an error for something else has nothing to show for: the server forgets all of it.
    private func perform(_ write: PostgreSQLWork) throws -> (@Sendable () -> Void) {
        let tell = try write.perform(view)
        if session.isTransactionBroken {
            throw StoreError(.unavailable, "PostgreSQL refused a part of the change.")
        }
        return tell
    }

    private mutating func commit(_ stored: [PostgreSQLWork], isOpen: Bool) -> End {
        guard isOpen else { return .ended }
        do {
            guard !stored.isEmpty else {
                try session.execute("ROLLBACK")
                return .ended
            }
            // A time-out would end the wait for a standby as if it had answered.
            // https://www.postgresql.org/docs/current/warm-standby.html#SYNCHRONOUS-REPLICATION
            try session.execute("SET LOCAL statement_timeout = 0; COMMIT")
            return .ended
        } catch {
            if error.isLost { return .unknown(StoreError(postgreSQL: error)) }
            done = []
            return end(error, stored)
        }
    }

    /// The server has refused to begin or to commit.
    private mutating func end(_ failure: PostgreSQLFailure, _ writes: [PostgreSQLWork]) -> End {
        let error = StoreError(postgreSQL: failure)
        if case .reconnect = failure.remedy { return .undone(error) }
        do { try session.execute("ROLLBACK") } catch { return .undone(StoreError(postgreSQL: error)) }
        if case .none = failure.remedy, writes.count == 1 {
            failed += writes.map { ($0, error) }
        } else {
            again += writes.map { ($0, error) }
        }
        return .ended
    }
}
