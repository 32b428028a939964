import Foundation

/// The statements about secrets that belong to no other row. Sealed on the way in, opened on the way out.
enum SecretTable {
    static func put(_ secret: Secret, _ name: SecretName, at now: Date, keys: KeyRing, in db: any SQLConnection) throws
    {
        try Bounds.checkKey(name.owner, "A secret's owner")
        try Bounds.checkKey(name.name, "A secret's name")
        let sealed = try keys.seal(secret, at: KeyTable.secret.place([name.owner, name.name]))
        try db.run(
            """
            INSERT INTO secrets (owner, name, sealed, updated_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (owner, name) DO UPDATE SET sealed = excluded.sealed, updated_at = excluded.updated_at
            """, [name.owner, name.name, sealed, now.milliseconds])
    }

    static func find(_ name: SecretName, keys: KeyRing, in db: any SQLConnection) throws -> Secret? {
        try db.row("SELECT sealed FROM secrets WHERE owner = ? AND name = ?", [name.owner, name.name]).map { row in
            try keys.open(try row.data("sealed"), at: KeyTable.secret.place([name.owner, name.name]))
        }
    }

    static func names(of owner: String, limit: Int, after: String?, in db: any SQLConnection) throws -> [String] {
        try db.rows(
            "SELECT name FROM secrets WHERE owner = ? AND name > ? ORDER BY name LIMIT ?",
            [owner, after ?? "", Bounds.rows(limit)]
        ).map { try $0.text("name") }
    }

    static func delete(_ name: SecretName, in db: any SQLConnection) throws -> Bool {
        try db.run("DELETE FROM secrets WHERE owner = ? AND name = ?", [name.owner, name.name]) == 1
    }
}
