import Foundation
import GRDB

extension Migrator {
    /// Marks our files (`PRAGMA application_id`), so that another program's database is not taken for ours: "bhst".
    static let applicationID: Int64 = 0x6268_7374

    /// Applies the steps that are missing.
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
        for migration in try missing(after: applied) {
            try db.inTransaction(.immediate) {
                try db.execute(sql: migration.sql(.sqlite))
                try db.execute(
                    sql: "INSERT INTO schema_migrations (number, name, applied_at) VALUES (?, ?, ?)",
                    arguments: [migration.number, migration.name, now.milliseconds])
                return .commit
            }
        }
    }
}
