import Foundation

extension Migrator {
    /// How long a step may take, and how long a host waits for another one that is at it.
    private static let patience = Duration.seconds(600)

    /// Applies the steps that are missing, each in a transaction of its own. Hosts that start at the same time do so
    /// one after the other.
    func migrate(_ session: PostgreSQLSession, at now: Date) throws(StoreError) {
        do {
            while try step(session, at: now) {}
        } catch {
            guard let failure = error as? PostgreSQLFailure, failure.state == "55P03" else {
                throw StoreError(postgreSQLWork: error)
            }
            throw StoreError(
                .unavailable,
                "Something holds the tables that have to change (\(failure.sentence)): end it, and start again.")
        }
    }

    /// Applies the first step that is missing. Whether there was one.
    private func step(_ session: PostgreSQLSession, at now: Date) throws -> Bool {
        try session.execute("BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '60s'")
        do {
            _ = try run("SELECT pg_advisory_xact_lock(hashtextextended('bothost schema', 1))", [], on: session)
            guard let next = try missing(after: try applied(session)).first else {
                try session.execute("COMMIT")
                return false
            }
            try session.execute(next.sql(.postgreSQL), patience: Self.patience)
            _ = try run(
                "INSERT INTO schema_migrations (number, name, applied_at) VALUES (?, ?, ?)",
                [next.number, next.name, now.milliseconds], on: session)
            try session.execute("COMMIT", patience: Self.patience)
            return true
        } catch {
            try? session.execute("ROLLBACK")
            throw error
        }
    }

    /// The number of the last step that was applied; makes the table of steps where there is none.
    private func applied(_ session: PostgreSQLSession) throws -> Int {
        let columns = try run(
            """
            SELECT column_name::text AS name FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name = 'schema_migrations'
            """, [], on: session
        ).rows.compactMap { $0.value("name") }
        guard !columns.isEmpty else {
            try session.execute(
                """
                CREATE TABLE schema_migrations (
                    number BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL
                )
                """)
            return 0
        }
        guard columns.contains(.text("number")), columns.contains(.text("applied_at")) else {
            throw StoreError(
                .configuration,
                "The database is another program's: give BotHost one of its own, and set DATABASE_URL to it.")
        }
        let row = try run("SELECT MAX(number) AS number FROM schema_migrations", [], on: session).rows.first
        guard case .integer(let number) = row?.value("number") else { return 0 }
        return Int(clamping: number)
    }

    private func run(_ sql: String, _ arguments: SQLArguments, on session: PostgreSQLSession) throws
        -> PostgreSQLResult
    {
        try session.run(sql, arguments, patience: Self.patience)
    }
}
