import Crypto
import Foundation

/// The statements about the audit log, and the chain of its hashes.
enum AuditTable {
    private static let beginning = Data(repeating: 0, count: 32)

    static func append(_ lines: [AuditLine], in db: any SQLConnection) throws {
        if lines.isEmpty { return }
        // Each line has the hash of the one before, so they come one after the other, from however many processes.
        try db.serialize(on: "audit")
        let last = try db.row("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1", [])
        var number = try last.map { try $0.integer("number") } ?? 0
        var previous = try last.map { try $0.data("hash") } ?? beginning
        for var line in lines {
            line.actor = Bounds.sentence(line.actor)
            line.subject = Bounds.sentence(line.subject)
            try Bounds.checkID(line.action, "An audited action")
            try Bounds.checkOptionalID(line.workspace, "An audited workspace")
            try Bounds.check(line.detail, "The detail of an audit line", longest: Bounds.payload)
            number += 1
            let hash = hash(of: line, number: number, after: previous)
            try db.run(
                """
                INSERT INTO audit (number, at, actor, action, subject, workspace, detail, previous_hash, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    number, line.at.milliseconds, line.actor, line.action, line.subject, line.workspace, line.detail,
                    previous, hash,
                ])
            previous = hash
        }
    }

    static func entries(limit: Int, before: Int64?, in db: any SQLConnection) throws -> [AuditEntry] {
        try db.rows(
            "SELECT * FROM audit WHERE number < ? ORDER BY number DESC LIMIT ?", [before ?? .max, Bounds.rows(limit)]
        ).map(entry)
    }

    static func verify(in db: any SQLConnection) throws -> AuditVerdict {
        var (count, previous) = (0, beginning)
        // Page by page, so that a long log takes no more memory than a short one.
        while true {
            let page = try db.rows(
                "SELECT * FROM audit WHERE number > ? ORDER BY number LIMIT 200", [Int64(count)]
            ).map(entry)
            if page.isEmpty { break }
            for entry in page {
                guard entry.number == Int64(count) + 1, entry.previousHash == previous,
                    entry.hash == hash(of: entry.line, number: entry.number, after: previous)
                else { return .broken(at: entry.number) }
                count += 1
                previous = entry.hash
            }
        }
        return .sound(lines: count, lastHash: previous)
    }

    /// Each part with its length before it, so that no two lines have the same bytes.
    private static func hash(of line: AuditLine, number: Int64, after previous: Data) -> Data {
        var hasher = SHA256()
        func add(_ bytes: some Sequence<UInt8>) {
            let bytes = Array(bytes)
            withUnsafeBytes(of: UInt64(bytes.count).bigEndian) { hasher.update(bufferPointer: $0) }
            hasher.update(data: bytes)
        }
        add(previous)
        for integer in [number, line.at.milliseconds] { withUnsafeBytes(of: integer.bigEndian) { add($0) } }
        for text in [line.actor, line.action, line.subject, line.workspace] { add(text.utf8) }
        add(line.detail == nil ? [0] : [1])
        add(line.detail ?? Data())
        return Data(hasher.finalize())
    }

    private static func entry(_ columns: Columns) throws -> AuditEntry {
        return AuditEntry(
            number: try columns.integer("number"),
            line: AuditLine(
                at: try columns.date("at"), actor: try columns.text("actor"), action: try columns.text("action"),
                subject: try columns.text("subject"), workspace: try columns.text("workspace"),
                detail: try columns.optionalData("detail")),
            previousHash: try columns.data("previous_hash"), hash: try columns.data("hash"))
    }
}
