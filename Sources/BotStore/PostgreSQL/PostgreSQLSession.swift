import CLibPQ
import Foundation

/// One connection of libpq's. It blocks while it waits, so it belongs to a thread of its own; and it never waits
/// longer than it was told, whatever has become of the server.
final class PostgreSQLSession {
    /// How long a server may take to let us in.
    static let connectPatience = Duration.seconds(3)
    /// How long a statement may take until nobody waits for it any more. The server gives up before that.
    static let patience = Duration.seconds(6)
    /// Statements that are kept prepared. There are about a hundred; more would mean that text is put together.
    private static let mostPrepared = 500

    private let connection: OpaquePointer
    private var prepared: [String: (name: String, statement: PostgreSQLStatement)] = [:]
    private var counter = 0
    private var isGivenUp = false
    /// What the last statement met with.
    private(set) var failure: PostgreSQLFailure?

    var isUsable: Bool { !isGivenUp && PQstatus(connection) == CONNECTION_OK }
    var socket: Int32 { PQsocket(connection) }
    /// The number of the server's process that serves this connection.
    var process: Int32 { PQbackendPID(connection) }

    /// Connects, and makes the settings that each session has.
    init(_ address: PostgreSQLAddress) throws(StoreError) {
        let names = address.parameters.map { strdup($0.keyword) } + [nil]
        let values = address.parameters.map { strdup($0.value) } + [nil]
        defer { (names + values).forEach { free($0) } }
        let started = PQconnectStartParams(
            names.map { $0.map { UnsafePointer($0) } }, values.map { $0.map { UnsafePointer($0) } }, 1)
        guard let started else { throw StoreError(.unavailable, "There is not enough memory for a connection.") }
        connection = started
        bothost_pq_keep_quiet(started)
        // The verbose form is the only one that has the five characters of what went wrong.
        PQsetErrorVerbosity(started, PQERRORS_VERBOSE)
        let deadline = ContinuousClock.now + Self.connectPatience * address.hosts
        if let failure = Self.finish(started, until: deadline) {
            // A class whose initializer throws after all properties are set is released, and the connection with it.
            throw StoreError(connecting: failure)
        }
        PQsetErrorVerbosity(started, PQERRORS_DEFAULT)
        PQsetnonblocking(started, 1)
        do {
            try execute(
                """
                SET statement_timeout = '4s'; SET lock_timeout = '2s'; SET idle_in_transaction_session_timeout = '10s';
                SET client_min_messages = warning
                """)
        } catch {
            throw StoreError(postgreSQL: error)
        }
    }

    deinit { PQfinish(connection) }

    private static func finish(_ connection: OpaquePointer, until deadline: ContinuousClock.Instant)
        -> PostgreSQLFailure?
    {
        var state = PQstatus(connection) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
        while true {
            let isReady: Bool
            switch state {
            case PGRES_POLLING_OK: return nil
            case PGRES_POLLING_READING: isReady = SocketWait.forReading(PQsocket(connection), until: deadline)
            case PGRES_POLLING_WRITING: isReady = SocketWait.forWriting(PQsocket(connection), until: deadline)
            default: return PostgreSQLFailure(connecting: message(of: connection))
            }
            guard isReady else { return .silence }
            state = PQconnectPoll(connection)
        }
    }

    private static func message(of connection: OpaquePointer) -> String {
        PQerrorMessage(connection).map { String(cString: $0) } ?? "no message"
    }

    /// Whether the transaction can only be rolled back, because a statement in it has failed.
    var isTransactionBroken: Bool { PQtransactionStatus(connection) == PQTRANS_INERROR }

    func forgetFailure() { failure = nil }

    // MARK: Statements

    /// Carries out constant text, which may be several statements. None of them returns rows that matter.
    func execute(_ sql: String, patience: Duration = PostgreSQLSession.patience) throws(PostgreSQLFailure) {
        _ = try finish(PQsendQuery(connection, sql), until: .now + patience)
    }

    /// Carries out a statement that is kept prepared.
    func run(_ sql: String, _ arguments: SQLArguments, patience: Duration = PostgreSQLSession.patience)
        throws(PostgreSQLFailure) -> PostgreSQLResult
    {
        let deadline = ContinuousClock.now + patience
        let (name, statement) = try prepare(sql, until: deadline)
        let parameters = PostgreSQLParameters(statement.values(arguments))
        let sent = parameters.withPointers { values, lengths, formats in
            // 1: the rows come in the binary form.
            PQsendQueryPrepared(connection, name, Int32(truncatingIfNeeded: values.count), values, lengths, formats, 1)
        }
        return try finish(sent, until: deadline)
    }

    /// Forgets what was prepared, for example because the tables are others now.
    func forgetStatements() throws(PostgreSQLFailure) {
        prepared = [:]
        try execute("DEALLOCATE ALL")
    }

    private func prepare(_ sql: String, until deadline: ContinuousClock.Instant) throws(PostgreSQLFailure)
        -> (name: String, statement: PostgreSQLStatement)
    {
        if let known = prepared[sql] { return known }
        if prepared.count >= Self.mostPrepared { try forgetStatements() }
        counter += 1
        let new = (name: "s\(counter)", statement: PostgreSQLStatement(sql))
        _ = try finish(PQsendPrepare(connection, new.name, new.statement.sql, 0, nil), until: deadline)
        prepared[sql] = new
        return new
    }

    /// Waits for the answer to what was sent.
    private func finish(_ sent: Int32, until deadline: ContinuousClock.Instant) throws(PostgreSQLFailure)
        -> PostgreSQLResult
    {
        failure = nil
        guard isUsable, sent == 1 else { throw note(lost()) }
        while true {
            let unsent = PQflush(connection)
            if unsent == 0 { break }
            guard unsent == 1 else { throw note(lost()) }
            guard SocketWait.forBoth(socket, until: deadline) else { throw note(giveUp()) }
            guard PQconsumeInput(connection) == 1 else { throw note(lost()) }
        }
        var found = PostgreSQLResult.nothing
        var refusal: PostgreSQLFailure?
        while true {
            while PQisBusy(connection) == 1 {
                guard SocketWait.forReading(socket, until: deadline) else { throw note(giveUp()) }
                guard PQconsumeInput(connection) == 1 else { throw note(lost(after: refusal)) }
            }
            guard let result = PQgetResult(connection) else { break }
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: found = PostgreSQLResult(reading: result)
            default: refusal = refusal ?? Self.refusal(result)
            }
        }
        guard isUsable else { throw note(lost(after: refusal)) }
        if let refusal { throw note(refusal) }
        return found
    }

    private func note(_ failure: PostgreSQLFailure) -> PostgreSQLFailure {
        self.failure = failure
        return failure
    }

    /// A server that does not answer may do so at any time later: nothing may be read from that connection any more.
    private func giveUp() -> PostgreSQLFailure {
        isGivenUp = true
        return .silence
    }

    /// A server may say why before it ends a connection.
    private func lost(after refusal: PostgreSQLFailure? = nil) -> PostgreSQLFailure {
        isGivenUp = true
        return PostgreSQLFailure(
            state: refusal?.state ?? "", refusal?.sentence ?? Self.message(of: connection), isLost: true)
    }

    private static func refusal(_ result: OpaquePointer) -> PostgreSQLFailure {
        PostgreSQLFailure(
            state: bothost_pq_state(result).map { String(cString: $0) } ?? "",
            bothost_pq_sentence(result).map { String(cString: $0) } ?? "no answer", isLost: false)
    }

    // MARK: Notifications

    /// Reads what has arrived without waiting. Whether another process than our own has notified.
    func hasNews() throws(PostgreSQLFailure) -> Bool {
        guard PQconsumeInput(connection) == 1 else { throw note(lost()) }
        var isNews = false
        while let notification = PQnotifies(connection) {
            if notification.pointee.be_pid != process { isNews = true }
            PQfreemem(notification)
        }
        return isNews
    }
}
