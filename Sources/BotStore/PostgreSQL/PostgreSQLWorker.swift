import Foundation

/// What a thread of the pool does: it takes work, connects when there is need, and finds out what became of a
/// transaction whose end was not heard.
final class PostgreSQLWorker {
    /// How often one piece of work is begun.
    private static let attempts = 3
    /// How long it is tried to find out whether a transaction was committed.
    static let doubt = Duration.seconds(8)

    private let pool: PostgreSQLPool
    private var session: PostgreSQLSession?

    init(pool: PostgreSQLPool) { self.pool = pool }

    func run() {
        while let group = pool.next() {
            if group.first?.isWrite == true { write(group) } else { group.forEach { read($0) } }
        }
        drop()
    }

    // MARK: Connections

    /// The session, or a new one where there is none. Nil where there is no way to get one; then somebody else has
    /// the work, or it has failed.
    private func connect(for group: [PostgreSQLWork]) -> PostgreSQLSession? {
        if session?.isUsable == false { drop() }
        if let session { return session }
        if let error = pool.unreachable() {
            group.forEach { $0.fail(error) }
            return nil
        }
        do {
            return try connect()
        } catch {
            if pool.couldNotConnect(error, for: group) { SocketWait.rest(PostgreSQLPool.pause) }
            return nil
        }
    }

    private func connect() throws(StoreError) -> PostgreSQLSession {
        if let session, session.isUsable { return session }
        drop()
        let new = try PostgreSQLSession(pool.address)
        session = new
        pool.connected()
        return new
    }

    private func drop() {
        if session != nil { pool.disconnected() }
        session = nil
    }

    private func view(of session: PostgreSQLSession) -> PostgreSQLConnection {
        PostgreSQLConnection(session: session, clock: PostgreSQLLeaseClock(pool.leases))
    }

    // MARK: Reading

    /// Each statement sees its own moment: no read of ours needs one moment for several.
    private func read(_ work: PostgreSQLWork) {
        var error = StoreError(.unavailable, "PostgreSQL did not answer.")
        for _ in 0..<Self.attempts {
            guard let session = connect(for: [work]) else { return }
            session.forgetFailure()
            do {
                let tell = try work.perform(view(of: session))
                return tell()
            } catch let met {
                error = StoreError(postgreSQLWork: met)
            }
            switch session.failure?.remedy ?? .none {
            case .none: return work.fail(error)
            case .again: break
            case .prepareAgain: do { try session.forgetStatements() } catch { drop() }
            case .reconnect: drop()
            }
        }
        work.fail(error)
    }

    // MARK: Writing

    private func write(_ writes: [PostgreSQLWork], attempt: Int = 1, inSavepoints: Bool = false) {
        guard let session = connect(for: writes) else { return }
        var transaction = PostgreSQLTransaction(session: session, view: view(of: session))
        switch transaction.carryOut(writes, inSavepoints: inSavepoints) {
        case .ended:
            report(transaction, attempt: attempt)
        case .failedTogether:
            write(writes, attempt: attempt, inSavepoints: true)
        case .undone(let error):
            drop()
            writeAgain(writes, attempt: attempt, error)
        case .unknown(let error):
            drop()
            switch outcome(of: transaction.id) {
            case .committed: report(transaction, attempt: attempt)
            case .undone: writeAgain(writes, attempt: attempt, error)
            case .unknown:
                let error = StoreError(
                    .unavailable, "\(error.sentence) Whether the change was stored could not be found out.")
                writes.forEach { $0.fail(error) }
            }
        }
    }

    private func report(_ transaction: PostgreSQLTransaction, attempt: Int) {
        transaction.done.forEach { $0() }
        transaction.failed.forEach { $0.write.fail($0.error) }
        pool.putBack(transaction.left)
        // Alone, so that whatever was in the way of one is not in the way of the others.
        for (write, error) in transaction.again { writeAgain([write], attempt: attempt, error) }
    }

    private func writeAgain(_ writes: [PostgreSQLWork], attempt: Int, _ error: StoreError) {
        if attempt < Self.attempts {
            write(writes, attempt: attempt + 1)
        } else {
            writes.forEach { $0.fail(error) }
        }
    }

    private enum Outcome { case committed, undone, unknown }

    /// Finds out by its id whether a transaction was committed.
    ///
    /// The id is put where the transaction would have put it. While the server still works on the transaction that
    /// waits for its end; afterwards either the transaction's own id is there, or it is taken from it for good.
    private func outcome(of id: String) -> Outcome {
        let deadline = ContinuousClock.now + Self.doubt
        while ContinuousClock.now < deadline {
            do {
                let session = try connect()
                _ = try session.run(
                    """
                    INSERT INTO commits (id, at, is_withdrawn) VALUES (?, \(PostgreSQLTransaction.now), 1)
                    ON CONFLICT (id) DO NOTHING
                    """, [id])
                let row = try session.run("SELECT is_withdrawn FROM commits WHERE id = ?", [id]).rows.first
                if let row { return row.value("is_withdrawn") == .integer(0) ? .committed : .undone }
            } catch {
                SocketWait.rest(.milliseconds(100))
            }
        }
        return .unknown
    }
}
