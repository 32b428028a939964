import Foundation

/// The statements about plugins' values.
enum ValueTable {
    private static let columns = "key, data, version, expires_at, updated_at"
    private static let byKey = "plugin = ? AND workspace = ? AND key = ?"
    private static let isLive = "(expires_at IS NULL OR expires_at > ?)"

    static func value(_ key: String, in scope: ValueScope, at now: Date, in db: any SQLConnection) throws
        -> PluginValue?
    {
        try db.row(
            """
            SELECT \(columns) FROM plugin_values WHERE \(byKey) AND \(isLive)
            """, [scope.plugin, scope.workspace, key, now.milliseconds]
        ).map(value)
    }

    static func change(_ change: ValueChange, at now: Date, in db: any SQLConnection) throws -> Int64? {
        try Bounds.checkID(change.scope.plugin, "A value's plugin")
        try Bounds.checkOptionalID(change.scope.workspace, "A value's workspace")
        try Bounds.checkKey(change.key, "A value's key")
        try Bounds.check(change.data, "The value '\(change.key)'", longest: Bounds.value)
        let place: SQLArguments = [change.scope.plugin, change.scope.workspace, change.key]
        guard let data = change.data else {
            try delete(change, at: place, now: now, in: db)
            return nil
        }
        let version = try nextVersion(in: db)
        let new: SQLArguments = [data, version, change.expiresAt?.milliseconds, now.milliseconds]
        let upsert = """
            INSERT INTO plugin_values (plugin, workspace, key, data, version, expires_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (plugin, workspace, key) DO UPDATE SET data = excluded.data, version = excluded.version,
                expires_at = excluded.expires_at, updated_at = excluded.updated_at
            """
        // What is expected is part of the statement, so that it holds at the moment of the change.
        let changed =
            switch change.expected {
            case .anything:
                try db.run(upsert, place + new)
            case .absent:
                try db.run("\(upsert) WHERE plugin_values.expires_at <= ?", place + new + [now.milliseconds])
            case .version(let version):
                try db.run(
                    """
                    UPDATE plugin_values SET data = ?, version = ?, expires_at = ?, updated_at = ?
                    WHERE \(byKey) AND version = ? AND \(isLive)
                    """, new + place + [version, now.milliseconds])
            }
        guard changed == 1 else { throw conflict(change) }
        return version
    }

    private static func delete(
        _ change: ValueChange, at place: SQLArguments, now: Date, in db: any SQLConnection
    ) throws {
        switch change.expected {
        case .anything:
            try db.run("DELETE FROM plugin_values WHERE \(byKey)", place)
        case .absent:
            guard try value(change.key, in: change.scope, at: now, in: db) == nil else { throw conflict(change) }
        case .version(let version):
            let changed = try db.run(
                "DELETE FROM plugin_values WHERE \(byKey) AND version = ? AND \(isLive)",
                place + [version, now.milliseconds])
            guard changed == 1 else { throw conflict(change) }
        }
    }

    private static func conflict(_ change: ValueChange) -> StoreError {
        StoreError(.conflict, "The value '\(change.key)' was changed in the meantime: read it again.")
    }

    static func values(
        prefix: String, in scope: ValueScope, at now: Date, limit: Int, after: String?, in db: any SQLConnection
    ) throws -> [PluginValue] {
        // No key holds the last scalar, so this range is exactly the keys with that prefix.
        try db.rows(
            """
            SELECT \(columns) FROM plugin_values WHERE plugin = ? AND workspace = ?
              AND key >= ? AND key < ? AND key > ? AND \(isLive)
            ORDER BY key LIMIT ?
            """,
            [
                scope.plugin, scope.workspace, prefix, prefix + String(Bounds.lastScalar), after ?? "",
                now.milliseconds, Bounds.rows(limit),
            ]
        ).map(value)
    }

    static func sweep(at now: Date, limit: Int, in db: any SQLConnection) throws -> Int {
        try db.run(
            """
            DELETE FROM plugin_values WHERE (plugin, workspace, key) IN (
                SELECT plugin, workspace, key FROM plugin_values WHERE expires_at <= ?
                LIMIT ? \(db.dialect.skipLocked))
            """, [now.milliseconds, Bounds.rows(limit)])
    }

    /// One counter for all, so that a version never comes back when a value is deleted and put again.
    static func nextVersion(in db: any SQLConnection) throws -> Int64 {
        guard let row = try db.row(db.dialect.nextVersion, []) else {
            throw StoreError(.corrupt, "The counter of versions is missing.")
        }
        return try row.integer("value")
    }

    private static func value(_ columns: Columns) throws -> PluginValue {
        return PluginValue(
            key: try columns.text("key"), data: try columns.data("data"), version: try columns.integer("version"),
            expiresAt: try columns.optionalDate("expires_at"), updatedAt: try columns.date("updated_at"))
    }
}
