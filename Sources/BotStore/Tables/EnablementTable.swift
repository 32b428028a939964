import Foundation

/// The statements about what administrators have switched.
enum EnablementTable {
    static func set(_ override: EnablementOverride, in db: any SQLConnection) throws {
        try Bounds.checkID(override.workspace, "A workspace's id")
        try Bounds.checkID(override.plugin, "A plugin's id")
        try db.run(
            """
            INSERT INTO enablement (workspace, plugin, is_enabled, by, at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (workspace, plugin) DO UPDATE SET is_enabled = excluded.is_enabled, by = excluded.by,
                at = excluded.at
            """,
            [
                override.workspace, override.plugin, override.isEnabled, Bounds.sentence(override.by),
                override.at.milliseconds,
            ])
    }

    static func clear(workspace: String, plugin: String, in db: any SQLConnection) throws -> Bool {
        try db.run("DELETE FROM enablement WHERE workspace = ? AND plugin = ?", [workspace, plugin]) == 1
    }

    static func all(in db: any SQLConnection) throws -> [EnablementOverride] {
        try db.rows("SELECT * FROM enablement ORDER BY workspace, plugin", []).map { columns in
            return EnablementOverride(
                workspace: try columns.text("workspace"), plugin: try columns.text("plugin"),
                isEnabled: try columns.flag("is_enabled"), by: try columns.text("by"), at: try columns.date("at"))
        }
    }
}
