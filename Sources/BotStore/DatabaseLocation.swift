package import Foundation

/// Where `DATABASE_URL` says the data are.
package enum DatabaseLocation: Sendable, Equatable {
    /// A file; the path may be relative to the working directory.
    case sqlite(path: String)
    /// A PostgreSQL server; the address may hold a password.
    case postgres(Secret)

    /// Reads `sqlite:PATH` or `postgres://…`.
    package init(_ text: String) throws(StoreError) {
        let scheme = text.prefix { $0 != ":" }.lowercased()
        guard scheme.utf8.count < text.utf8.count else { throw Self.malformed("has no scheme") }
        switch scheme {
        case "postgres", "postgresql":
            _ = try PostgreSQLAddress(Secret(text))
            self = .postgres(Secret(text))
        case "sqlite":
            self = .sqlite(path: try Self.path(String(text.utf8.dropFirst("sqlite:".utf8.count)) ?? ""))
        default:
            throw Self.malformed("has a scheme that is not known")
        }
    }

    private static func path(_ rest: String) throws(StoreError) -> String {
        var path = rest
        if path.hasPrefix("//") {
            // sqlite:///var/lib/… is how others write an absolute path; with two strokes it would name a host.
            guard path.hasPrefix("///") else { throw malformed("has two strokes after sqlite:") }
            path = String(path.dropFirst(2))
        }
        guard !path.isEmpty else { throw malformed("has no path") }
        guard path != ":memory:" else {
            throw malformed("asks for a database in memory, where nothing survives a restart; use a file")
        }
        guard !path.hasSuffix("/") else { throw malformed("names a folder, not a file") }
        guard path.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { throw malformed("holds control characters") }
        return path
    }

    /// The keys to open it with: those of `BOTHOST_KEYS` where it is set; for SQLite otherwise the key file beside the
    /// database, which is made on the first start. `madeFile` is its path when that has just happened, for a notice.
    package func keys(environment: Secret?) throws(StoreError) -> (ring: KeyRing, madeFile: String?) {
        if let environment, !environment.isEmpty { return (try KeyRing(parsing: environment), nil) }
        switch self {
        case .sqlite(let path):
            let (ring, isNew) = try KeyFile.load(besideDatabaseAt: path)
            return (ring, isNew ? KeyFile.path(besideDatabaseAt: path) : nil)
        case .postgres:
            throw StoreError(
                .configuration,
                "BOTHOST_KEYS is not set: with PostgreSQL it is needed. Make a key with: "
                    + "echo \"k1:$(head -c 32 /dev/urandom | base64)\"")
        }
    }

    /// Puts a new key into the key file, before the others.
    /// - Returns: `nil` where the keys come from `BOTHOST_KEYS`, which only its owner can change.
    package func addKey(environment: Secret?) throws(StoreError) -> KeyRing? {
        guard case .sqlite(let path) = self, environment?.isEmpty ?? true else { return nil }
        return try KeyFile.addKey(besideDatabaseAt: path)
    }

    /// Opens the store that is there.
    package func openStore(
        keys: KeyRing, now: Date, leases: LeaseTime = .own
    ) throws(StoreError) -> any Store {
        switch self {
        case .sqlite(let path):
            return try SQLiteStore(path: path, keys: keys, now: now, leases: leases)
        case .postgres(let url):
            return try PostgreSQLStore(url: url, keys: keys, now: now, leases: leases)
        }
    }

    /// The text itself is left out: it may hold a password.
    private static func malformed(_ problem: String) -> StoreError {
        StoreError(
            .configuration,
            "DATABASE_URL \(problem). Examples: sqlite:./data/bothost.sqlite, sqlite:/var/lib/bothost/bothost.sqlite, "
                + "postgres://bothost@db.internal/bothost.")
    }
}
