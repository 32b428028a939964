import CLibPQ
import Foundation

/// The address of a PostgreSQL server, as `DATABASE_URL` gives it. It may hold a password, so it is never printed.
struct PostgreSQLAddress: Sendable {
    private let url: Secret
    /// Servers that are tried one after the other.
    let hosts: Int

    /// Checks that libpq understands the address. What libpq says of one that it does not may repeat parts of it.
    ///
    /// - SeeAlso: [Connection URIs](https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS)
    init(_ url: Secret) throws(StoreError) {
        let text = url.reveal()
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw Self.malformed("holds blanks or characters that an address must escape (as %20, for example)")
        }
        guard let options = PQconninfoParse(text, nil) else {
            throw Self.malformed("is no address that PostgreSQL understands")
        }
        defer { PQconninfoFree(options) }
        var hosts = 1
        var database: String?
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                switch String(cString: keyword) {
                case "host": hosts = String(cString: value).utf8.count { $0 == UInt8(ascii: ",") } + 1
                case "dbname": database = String(cString: value)
                default: break
                }
            }
            option += 1
        }
        guard database?.isEmpty == false else { throw Self.malformed("names no database") }
        self.url = url
        self.hosts = hosts
    }

    /// What a connection is asked for: the address, what it may change, and what it may not.
    ///
    /// - SeeAlso: [Parameters](https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS)
    var parameters: [(keyword: String, value: String)] {
        [
            ("fallback_application_name", "bothost"),
            // A server that vanished without a word is noticed within seconds, not after the two hours of TCP.
            ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "5000"),
            // Of several servers the one that takes writes: after a failover it is another one.
            ("target_session_attrs", "read-write"),
            ("dbname", url.reveal()),
            ("client_encoding", "UTF8"),
        ]
    }

    private static func malformed(_ problem: String) -> StoreError {
        StoreError(
            .configuration,
            "DATABASE_URL \(problem). Examples: postgres://bothost@db.internal/bothost?sslmode=verify-full, "
                + "postgres://bothost:PASSWORD@127.0.0.1:5432/bothost, postgres:///bothost?host=/run/postgresql.")
    }
}
