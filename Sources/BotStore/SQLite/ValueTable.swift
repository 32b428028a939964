import Foundation
import GRDB

/// The statements about plugins' values.
enum ValueTable {
    private static let columns = "key, data, version, expires_at, updated_at"

    static func value(_ key: String, in scope: ValueScope, at now: Date, in db: Database) throws -> PluginValue? {
        try db.row(
            """
            SELECT \(columns) FROM plugin_values WHERE plugin = ? AND workspace = ? AND key = ?
              AND (expires_at IS NULL OR expires_at > ?)
            """, [scope.plugin, scope.workspace, key, now.milliseconds]
        ).map(value)
    }

    static func change(_ change: ValueChange, at now: Date, in db: Database) throws -> Int64? {
        try Bounds.checkID(change.scope.plugin, "A value's plugin")
        try Bounds.checkOptionalID(change.scope.workspace, "A value's workspace")
        try Bounds.checkKey(change.key, "A value's key")
        try Bounds.check(change.data, "The value '\(change.key)'", longest: Bounds.value)
        let stored = try value(change.key, in: change.scope, at: now, in: db)?.version
        let isExpected: Bool =
            switch change.expected {
            case .anything: true
            case .absent: stored == nil
            case .version(let version): stored == version
            }
        guard isExpected else {
            throw StoreError(.conflict, "The value '\(change.key)' was changed in the meantime: read it again.")
        }
        guard let data = change.data else {
            try db.run(
                "DELETE FROM plugin_values WHERE plugin = ? AND workspace = ? AND key = ?",
                [change.scope.plugin, change.scope.workspace, change.key])
            return nil
        }
        let version = try nextVersion(in: db)
        try db.run(
            """
            INSERT INTO plugin_values (plugin, workspace, key, data, version, expires_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (plugin, workspace, key) DO UPDATE SET data = excluded.data, version = excluded.version,
                expires_at = excluded.expires_at, updated_at = excluded.updated_at
            """,
            [
                change.scope.plugin, change.scope.workspace, change.key, data, version,
                change.expiresAt?.milliseconds, now.milliseconds,
            ])
        return version
    }

    static func values(
        prefix: String, in scope: ValueScope, at now: Date, limit: Int, after: String?, in db: Database
    ) throws -> [PluginValue] {
        // No key holds the last scalar, so this range is exactly the keys with that prefix.
        try db.rows(
            """
            SELECT \(columns) FROM plugin_values WHERE plugin = ? AND workspace = ?
              AND key >= ? AND key < ? AND key > ? AND (expires_at IS NULL OR expires_at > ?)
            ORDER BY key LIMIT ?
            """,
            [
                scope.plugin, scope.workspace, prefix, prefix + String(Bounds.lastScalar), after ?? "",
                now.milliseconds, Bounds.rows(limit),
            ]
        ).map(value)
    }

    static func sweep(at now: Date, limit: Int, in db: Database) throws -> Int {
        try db.run(
            """
            DELETE FROM plugin_values WHERE rowid IN (
                SELECT rowid FROM plugin_values WHERE expires_at <= ? LIMIT ?)
            """, [now.milliseconds, limit])
    }

    /// One counter for all, so that a version never comes back when a value is deleted and put again.
    static func nextVersion(in db: Database) throws -> Int64 {
        guard
            let row = try db.row(
                "UPDATE counters SET value = value + 1 WHERE name = 'value_version' RETURNING value", [])
        else { throw StoreError(.corrupt, "The counter of versions is missing.") }
        return try Columns(row).integer("value")
    }

    private static func value(_ row: Row) throws -> PluginValue {
        let columns = Columns(row)
        return PluginValue(
            key: try columns.text("key"), data: try columns.data("data"), version: try columns.integer("version"),
            expiresAt: try columns.optionalDate("expires_at"), updatedAt: try columns.date("updated_at"))
    }
}
