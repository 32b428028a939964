import Foundation
import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The file on the disk: its folder, its rights, and how a connection to it is set up.
struct SQLiteFile: Sendable {
    /// The path with links resolved, so that two names of one file have one lock.
    let path: String

    /// Makes the folder (0700) and the file (0600) where they are missing.
    init(path: String) throws(StoreError) {
        let url = URL(fileURLWithPath: path)
        try Self.makeFolder(forDatabaseAt: path)
        let descriptor = open(url.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw SystemFailure.error("The database \(url.path) cannot be opened", errno)
        }
        close(descriptor)
        guard let resolved = realpath(url.path, nil) else {
            throw SystemFailure.error("The database \(url.path) cannot be found", errno)
        }
        defer { free(resolved) }
        self.path = String(cString: resolved)
        if let kind = NetworkFolder.kind(of: self.path) {
            throw StoreError(
                .configuration,
                "The database \(self.path) is on a network folder (\(kind)), where SQLite cannot keep it safe: set "
                    + "DATABASE_URL to a local disk.")
        }
    }

    /// Makes the folder of a database, for its owner only, where it is missing.
    static func makeFolder(forDatabaseAt path: String) throws(StoreError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard access(folder, F_OK) != 0 else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StoreError(
                .noAccess,
                "The folder \(folder) for the database cannot be made: give the process the right to it, or set "
                    + "DATABASE_URL.")
        }
    }

    /// Opens the one connection, and makes sure that it keeps its promise.
    func connect() throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "bothost.store"
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        // The group commit opens and closes transactions by itself; a slip there must not end the process.
        configuration.allowsUnsafeTransactions = true
        // GRDB's own WAL mode would set synchronous=NORMAL, which may lose acknowledged writes with the power.
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try db.execute(sql: "PRAGMA fullfsync = ON")
            try db.execute(sql: "PRAGMA checkpoint_fullfsync = ON")
            // A full or missing /tmp must not look like a failing disk.
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
        }
        let connection = try DatabaseQueue(path: path, configuration: configuration)
        try connection.writeWithoutTransaction { db in
            let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode")
            let synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous")
            let foreignKeys = try Int.fetchOne(db, sql: "PRAGMA foreign_keys")
            guard mode == "wal", synchronous == 2, foreignKeys == 1 else {
                throw StoreError(
                    .configuration,
                    "SQLite did not take the settings that keep acknowledged writes (journal \(mode ?? "unknown"), "
                        + "synchronous \(synchronous ?? -1)): use a local disk and an unmodified SQLite.")
            }
        }
        return connection
    }
}
