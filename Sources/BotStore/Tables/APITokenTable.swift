import Foundation

/// The statements about API tokens.
enum APITokenTable {
    static func add(_ token: APIToken, in db: any SQLConnection) throws {
        try Bounds.checkID(token.id, "A token's id")
        try Bounds.checkID(token.name, "A token's name")
        let added = try db.run(
            """
            INSERT INTO api_tokens (id, name, hash, created_at, last_used_at) VALUES (?, ?, ?, ?, NULL)
            ON CONFLICT DO NOTHING
            """, [token.id, token.name, token.hash, token.createdAt.milliseconds])
        guard added == 1 else {
            throw StoreError(.conflict, "There is a token called “\(Bounds.sentence(token.name))” already.")
        }
    }

    static func find(_ id: String, in db: any SQLConnection) throws -> APIToken? {
        try db.row("SELECT * FROM api_tokens WHERE id = ?", [id]).map(token)
    }

    static func all(in db: any SQLConnection) throws -> [APIToken] {
        try db.rows("SELECT * FROM api_tokens ORDER BY created_at, id LIMIT ?", [Bounds.page]).map(token)
    }

    static func touch(_ id: String, at now: Date, in db: any SQLConnection) throws {
        try db.run("UPDATE api_tokens SET last_used_at = ? WHERE id = ?", [now.milliseconds, id])
    }

    static func remove(_ id: String, in db: any SQLConnection) throws -> Bool {
        try db.run("DELETE FROM api_tokens WHERE id = ?", [id]) == 1
    }

    private static func token(_ columns: Columns) throws -> APIToken {
        APIToken(
            id: try columns.text("id"), name: try columns.text("name"), hash: try columns.data("hash"),
            createdAt: try columns.date("created_at"), lastUsedAt: try columns.optionalDate("last_used_at"))
    }
}
