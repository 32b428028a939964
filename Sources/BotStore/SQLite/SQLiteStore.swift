package import Foundation
import GRDB
import Synchronization

/// The store in one SQLite file: one connection, write-ahead log, `synchronous=FULL`, writes committed in groups.
///
/// Each concern is an extension in a file of its own; the statements are in the `…Table` enums.
package final class SQLiteStore: Store {
    let commits: GroupCommit
    let keys: KeyRing
    private let connection: DatabaseQueue
    private let lock: Mutex<FileLock?>
    private let listeners = Listeners()

    /// Opens the database at `path`, making it and its folder where they are missing, and brings its schema up to
    /// date. Blocks for as long as that takes, so call it at the start.
    ///
    /// Jobs that were running when the last process ended run again: nobody else can hold the file.
    package convenience init(path: String, keys: KeyRing, now: Date) throws(StoreError) {
        try self.init(path: path, keys: keys, now: now, migrator: .bothost)
    }

    init(path: String, keys: KeyRing, now: Date, migrator: Migrator) throws(StoreError) {
        let file = try SQLiteFile(path: path)
        let lock = try FileLock(path: file.path + ".lock", database: file.path)
        do {
            let connection = try file.connect()
            try connection.writeWithoutTransaction { db in
                try migrator.migrate(db, at: now)
                try db.inTransaction(.immediate) {
                    try KeyTable.check(keys, at: now, in: db)
                    try JobTable.reclaimAll(at: now, in: db)
                    try MessageTable.releaseAll(in: db)
                    try LeaseTable.releaseAll(in: db)
                    return .commit
                }
            }
            self.connection = connection
        } catch {
            throw StoreError(database: error)
        }
        self.keys = keys
        self.lock = Mutex(lock)
        commits = GroupCommit(connection: connection)
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        try await commits.write(body)
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        try await commits.read(body)
    }

    /// Tells those who wait for work that there may be some.
    func wake() { listeners.wake() }

    package func wakeups() -> AsyncStream<Void> { listeners.stream() }

    package func commit(_ commit: Commit) async throws(StoreError) -> CommitReceipt {
        if commit.isEmpty { return CommitReceipt() }
        let receipt = try await write { db in
            // First what may be refused, so that a lost lease or a conflict costs little.
            for ticket in commit.completed { try JobTable.complete(ticket, at: commit.at, in: db) }
            let versions = try commit.values.map { try ValueTable.change($0, at: commit.at, in: db) }
            let jobs = try commit.jobs.map { try JobTable.enqueue($0, at: commit.at, in: db) }
            for wish in commit.messages { _ = try MessageTable.wish(wish, at: commit.at, in: db) }
            for id in commit.handled { try InboxTable.settle(id, as: .handled, reason: nil, at: commit.at, in: db) }
            try AuditTable.append(commit.audit, in: db)
            return CommitReceipt(versions: versions, jobs: jobs)
        }
        if !(commit.jobs.isEmpty && commit.messages.isEmpty && commit.completed.isEmpty) { wake() }
        return receipt
    }

    package func ping() async throws(StoreError) {
        try await write { db in
            // Changes nothing, yet takes the write lock and fails where the file cannot be written.
            _ = try db.run("UPDATE counters SET value = value WHERE name = 'ping'", [])
        }
    }

    package func check() async throws(StoreError) -> [String] {
        try await read { db in
            try String.fetchAll(db, sql: "PRAGMA quick_check(100)").filter { $0 != "ok" }
        }
    }

    package func close() async {
        await commits.end()
        listeners.finish()
        // Closing checkpoints the log. Where that fails the log stays, and the next start reads it.
        try? connection.close()
        lock.withLock { $0 = nil }
    }
}
