import Foundation

/// Which keys the database knows, and a proof for each that the one with that id is the right one.
enum KeyTable {
    private static let proof = Secret("bothost")

    /// A column with sealed secrets, and how to find its rows.
    struct SealedColumn: Sendable {
        let table: String
        let column: String
        let key: [String]

        func place(_ row: [String]) -> SecretPlace { SecretPlace(table: table, column: column, row: row) }
    }

    static let botToken = SealedColumn(table: "installations", column: "bot_token", key: ["id"])
    static let botRefreshToken = SealedColumn(table: "installations", column: "bot_refresh_token", key: ["id"])
    static let credential = SealedColumn(
        table: "accounts", column: "credential", key: ["provider", "enterprise_id", "team_id", "user_id"])
    static let secret = SealedColumn(table: "secrets", column: "sealed", key: ["owner", "name"])
    /// Every column that holds secrets: the rotation and the check at the start go through all of them.
    static let sealedColumns = [botToken, botRefreshToken, credential, secret]

    /// Refuses keys that do not open what is stored, before anything is served.
    static func check(_ keys: KeyRing, at now: Date, in db: any SQLConnection) throws {
        let known = try db.rows("SELECT id, proof FROM keys", []).map { columns in
            (id: try columns.text("id"), proof: try columns.data("proof"))
        }
        for id in keys.ids {
            let place = SecretPlace(table: "keys", column: "proof", row: [id])
            if let row = known.first(where: { $0.id == id }) {
                do { _ = try keys.open(row.proof, at: place) } catch {
                    throw StoreError(
                        .wrongKey,
                        "The key '\(id)' is not the one this database was sealed with: correct BOTHOST_KEYS (or put "
                            + "the right key file back).")
                }
            } else {
                try db.run(
                    "INSERT INTO keys (id, proof, created_at) VALUES (?, ?, ?)",
                    [id, try keys.seal(proof, at: place, with: id), now.milliseconds])
            }
        }
        for row in known where !keys.ids.contains(row.id) {
            let sealed = try sealedColumns.reduce(0) { try $0 + count(sealedWith: row.id, $1, in: db) }
            guard sealed == 0 else {
                throw StoreError(
                    .wrongKey,
                    "Stored secrets (\(sealed)) are sealed with the key '\(row.id)', which BOTHOST_KEYS lacks: add it "
                        + "(after the first one), or put the right key file back.")
            }
        }
    }

    private static func count(sealedWith id: String, _ column: SealedColumn, in db: any SQLConnection) throws -> Int {
        let header = KeyRing.header(id)
        return try db.count(
            "SELECT COUNT(*) AS number FROM \(column.table) WHERE substr(\(column.column), 1, ?) = ?",
            [header.count, header])
    }

    /// Seals up to `limit` secrets anew that are not under the first key.
    static func rotate(_ keys: KeyRing, limit: Int, in db: any SQLConnection) throws -> Rotation {
        let header = keys.currentHeader
        var (resealed, remaining) = (0, 0)
        var unreadable: [String] = []
        for column in sealedColumns {
            let stale = "\(column.column) IS NOT NULL AND substr(\(column.column), 1, ?) <> ?"
            let matches = column.key.map { "\($0) = ?" }.joined(separator: " AND ")
            var last: [String]?
            // One that does not open must not keep the ones behind it from their turn.
            while resealed < limit {
                let page = try page(of: column, where: stale, header: header, after: last, in: db)
                if page.isEmpty { break }
                for (key, sealed) in page where resealed < limit {
                    last = key
                    do {
                        let secret = try keys.open(sealed, at: column.place(key))
                        let renewed = try keys.seal(secret, at: column.place(key))
                        // Unless somebody has put another secret there in the meantime.
                        resealed += try db.run(
                            "UPDATE \(column.table) SET \(column.column) = ? WHERE \(column.column) = ? AND \(matches)",
                            [renewed, sealed] + SQLArguments(key))
                    } catch {
                        guard let error = error as? StoreError, [.wrongKey, .corrupt].contains(error.code) else {
                            throw error
                        }
                        if unreadable.count < 20 { unreadable.append(error.sentence) }
                    }
                }
            }
            remaining += try db.count(
                "SELECT COUNT(*) AS number FROM \(column.table) WHERE \(stale)", [header.count, header])
        }
        return Rotation(resealed: resealed, remaining: remaining, unreadable: unreadable)
    }

    /// Rows in the order of their keys. Names of tables and columns are ours; only values are arguments.
    private static func page(
        of column: SealedColumn, where condition: String, header: Data, after last: [String]?,
        in db: any SQLConnection
    ) throws -> [(key: [String], sealed: Data)] {
        let names = column.key.joined(separator: ", ")
        let holders = column.key.map { _ in "?" }.joined(separator: ", ")
        return try db.rows(
            "SELECT \(names), \(column.column) AS sealed FROM \(column.table) WHERE \(condition)"
                + (last == nil ? "" : " AND (\(names)) > (\(holders))") + " ORDER BY \(names) LIMIT 100",
            [header.count, header] + SQLArguments(last ?? [])
        ).map { columns in (try column.key.map { try columns.text($0) }, try columns.data("sealed")) }
    }
}
