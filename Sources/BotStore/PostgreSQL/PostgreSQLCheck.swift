import Foundation

/// Looks for damage that the server itself has noticed, on a connection and a thread of its own: it may take long.
enum PostgreSQLCheck {
    private static let patience = Duration.seconds(3600)

    static func run(at address: PostgreSQLAddress) async throws(StoreError) -> [String] {
        let result: Result<[String], StoreError> = await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: look(at: address)) }
            thread.name = "bothost.check"
            thread.start()
        }
        return try result.get()
    }

    private static func look(at address: PostgreSQLAddress) -> Result<[String], StoreError> {
        do {
            let session = try PostgreSQLSession(address)
            try session.execute("SET statement_timeout = 0")
            return .success(
                try run(
                    in: PostgreSQLConnection(
                        session: session, clock: PostgreSQLLeaseClock(.caller), patience: patience)))
        } catch {
            return .failure(StoreError(postgreSQLWork: error))
        }
    }

    /// - SeeAlso: [pg_stat_database](https://www.postgresql.org/docs/current/monitoring-stats.html)
    private static func run(in db: any SQLConnection) throws -> [String] {
        var problems: [String] = []
        let pages = try db.count(
            """
            SELECT coalesce(checksum_failures, 0) AS number FROM pg_stat_database WHERE datname = current_database()
            """, [])
        if pages > 0 { problems.append("\(pages) pages did not match their checksums") }
        for row in try db.rows(
            """
            SELECT relname::text AS name FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
            WHERE NOT indisvalid AND relnamespace = current_schema()::regnamespace LIMIT 20
            """, [])
        {
            problems.append("the index \(try row.text("name")) is not valid: REINDEX it")
        }
        // Reads every row once, so that a page that cannot be read is found.
        for row in try db.rows(
            "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename", [])
        {
            let name = try row.text("name")
            guard name.utf8.allSatisfy({ $0 == UInt8(ascii: "_") || (0x61...0x7A).contains($0) }) else { continue }
            _ = try db.count("SELECT COUNT(*) AS number FROM \(name)", [])
        }
        return problems
    }
}
