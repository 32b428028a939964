/// One numbered step of the schema.
struct Migration: Sendable {
    let number: Int
    let name: String
    /// The statements of the step, in the words of each database.
    let sql: @Sendable (SQLDialect) -> String

    init(number: Int, name: String, sql: @escaping @Sendable (SQLDialect) -> String) {
        self.number = number
        self.name = name
        self.sql = sql
    }

    /// A step whose statements are the same for every database.
    init(number: Int, name: String, sql: String) {
        self.init(number: number, name: name) { _ in sql }
    }
}

/// The steps that make a database the one that this version knows.
///
/// They are counted in a table of our own rather than by GRDB's migrator, because the same numbers must mean the same
/// schema in PostgreSQL, which GRDB does not speak. Each step is one transaction with its line in the table: one that
/// is interrupted is done again from its beginning.
struct Migrator: Sendable {
    let migrations: [Migration]

    /// The steps that are missing where the first `applied` ones were done. Throws `newerSchema` when there are more
    /// than this version knows.
    func missing(after applied: Int) throws -> [Migration] {
        let known = migrations.map(\.number).max() ?? 0
        guard applied <= known else {
            throw StoreError(
                .newerSchema,
                "The database was written by a newer version (schema \(applied), this version knows \(known)): start "
                    + "that version or a later one, or restore a backup made before the upgrade.")
        }
        return migrations.sorted { $0.number < $1.number }.filter { $0.number > applied }
    }
}
