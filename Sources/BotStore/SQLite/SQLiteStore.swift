package import Foundation
import GRDB
import Synchronization

/// The store in one SQLite file: one connection, write-ahead log, `synchronous=FULL`, writes committed in groups.
package final class SQLiteStore: TableStore {
    let commits: GroupCommit
    let holder: KeyHolder
    private let connection: DatabaseQueue
    private let lock: Mutex<FileLock?>
    private let listeners = Listeners()
    private let leaseClock: SQLiteLeaseClock

    /// Opens the database at `path`, making it and its folder where they are missing, and brings its schema up to
    /// date. Blocks for as long as that takes, so call it at the start.
    ///
    /// Jobs that were running when the last process ended run again: nobody else can hold the file.
    package convenience init(path: String, keys: KeyRing, now: Date, leases: LeaseTime) throws(StoreError) {
        try self.init(path: path, keys: keys, now: now, leases: leases, migrator: .bothost)
    }

    init(
        path: String, keys: KeyRing, now: Date, leases: LeaseTime = .caller, migrator: Migrator = .bothost
    ) throws(StoreError) {
        let leaseClock = SQLiteLeaseClock(leases, startedAt: now)
        let file = try SQLiteFile(path: path)
        let lock = try FileLock(path: file.path + ".lock", database: file.path)
        do {
            let connection = try file.connect()
            try connection.writeWithoutTransaction { database in
                try migrator.migrate(database, at: now)
                try database.inTransaction(.immediate) {
                    let db = SQLiteConnection(database: database, leaseClock: leaseClock)
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
        holder = KeyHolder(keys)
        self.leaseClock = leaseClock
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

    func transact<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws(StoreError) -> Value {
        try await commits.write { [leaseClock] database in
            try body(SQLiteConnection(database: database, leaseClock: leaseClock))
        }
    }

    func query<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws(StoreError) -> Value {
        try await commits.read { [leaseClock] database in
            try body(SQLiteConnection(database: database, leaseClock: leaseClock))
        }
    }

    func wake() { listeners.wake() }

    /// What would be one with SQLite stops the start.
    package var warnings: [String] { [] }

    package func wakeups() -> AsyncStream<Void> { listeners.stream() }

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
