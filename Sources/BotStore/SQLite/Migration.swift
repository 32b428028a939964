import Foundation
import GRDB

/// One numbered step of the schema.
struct Migration: Sendable {
    let number: Int
    let name: String
    let sql: String
}

/// Brings a database to the schema that this version knows.
///
/// Steps are counted in a table of our own rather than by GRDB's migrator, because the same numbers must mean the
/// same schema in PostgreSQL, which GRDB does not speak. Each step is one transaction with its line in the table: one
/// that is interrupted is done again from its beginning.
struct Migrator: Sendable {
    let migrations: [Migration]

    /// Marks our files (`PRAGMA application_id`), so that another program's database is not taken for ours: "bhst".
    static let applicationID: Int64 = 0x6268_7374

    /// Applies the steps that are missing. Throws `newerSchema` when there are more than this version knows.
    func migrate(_ db: Database, at now: Date) throws {
        let mark = try Int64.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let isEmpty = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_master") == 0
        guard mark == Self.applicationID || (mark == 0 && isEmpty) else {
            throw StoreError(
                .configuration, "The file is another program's database: set DATABASE_URL to a path of its own.")
        }
        if isEmpty {
            try db.inTransaction(.immediate) {
                try db.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
                try db.execute(
                    sql: """
                        CREATE TABLE schema_migrations (
                            number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL
                        ) STRICT
                        """)
                return .commit
            }
        }
        let applied = try Int.fetchOne(db, sql: "SELECT MAX(number) FROM schema_migrations") ?? 0
        let known = migrations.map(\.number).max() ?? 0
        guard applied <= known else {
            throw StoreError(
                .newerSchema,
                "The database was written by a newer version (schema \(applied), this version knows \(known)): start "
                    + "that version or a later one, or restore a backup made before the upgrade.")
        }
        for migration in migrations.sorted(by: { $0.number < $1.number }) where migration.number > applied {
            try db.inTransaction(.immediate) {
                try db.execute(sql: migration.sql)
                try db.execute(
                    sql: "INSERT INTO schema_migrations (number, name, applied_at) VALUES (?, ?, ?)",
                    arguments: [migration.number, migration.name, now.milliseconds])
                return .commit
            }
        }
    }
}
