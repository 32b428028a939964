/// What the server is like: whether it can keep the store's promises at all, and how well.
struct PostgreSQLServer: Sendable {
    /// What makes the promises weaker than they should be, in sentences with the mend.
    let warnings: [String]

    /// Asks the server. Throws where it cannot be used.
    init(_ session: PostgreSQLSession) throws(StoreError) {
        let row: PostgreSQLRow?
        do {
            row = try session.run(
                """
                SELECT current_setting('server_version_num')::int AS version,
                    current_setting('server_encoding') AS encoding, current_schema()::text AS schema,
                    current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
                    current_setting('synchronous_commit') AS synchronous_commit
                """, []
            ).rows.first
        } catch {
            throw StoreError(postgreSQL: error)
        }
        if case .integer(let version) = row?.value("version"), version < 120_000 {
            throw StoreError(
                .configuration, "PostgreSQL \(version / 10_000) is too old: 12 is needed, and 15 or newer recommended.")
        }
        guard row?.value("encoding") == .text("UTF8") else {
            throw StoreError(
                .configuration, "The database does not hold UTF-8: make one with createdb --encoding=UTF8.")
        }
        guard case .text = row?.value("schema") else {
            throw StoreError(
                .configuration,
                "The role in DATABASE_URL has no schema to make tables in: GRANT CREATE, USAGE ON SCHEMA public, or set "
                    + "its search_path.")
        }
        var warnings: [String] = []
        for (setting, loss) in [
            ("fsync", "what was acknowledged may be lost, and the database damaged, when the power fails"),
            ("full_page_writes", "the database may be damaged when the power fails"),
            ("synchronous_commit", "what was acknowledged may be lost when the server fails"),
        ] where row?.value(setting) == .text("off") {
            warnings.append("PostgreSQL runs with \(setting) = off: \(loss); set it to on.")
        }
        self.warnings = warnings
    }
}
