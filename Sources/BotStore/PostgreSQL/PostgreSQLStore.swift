package import Foundation

/// The store in a PostgreSQL database, which any number of hosts share.
package final class PostgreSQLStore: TableStore {
    let holder: KeyHolder
    let pool: PostgreSQLPool
    package let warnings: [String]
    private let listeners = Listeners()
    private let line: WakeLine

    /// Connects, and brings the schema up to date. Blocks for as long as that takes, so call it at the start.
    ///
    /// Jobs that were running when a host ended run again when their leases have run out.
    package convenience init(url: Secret, keys: KeyRing, now: Date, leases: LeaseTime) throws(StoreError) {
        try self.init(url: url, keys: keys, now: now, leases: leases, migrator: .bothost)
    }

    init(
        url: Secret, keys: KeyRing, now: Date, leases: LeaseTime = .caller, migrator: Migrator = .bothost
    ) throws(StoreError) {
        let address = try PostgreSQLAddress(url)
        let session = try PostgreSQLSession(address)
        warnings = try PostgreSQLServer(session).warnings
        try migrator.migrate(session, at: now)
        try Self.check(keys, at: now, on: session)
        holder = KeyHolder(keys)
        pool = PostgreSQLPool(address: address, leases: leases)
        line = try WakeLine(address: address, listeners: listeners)
    }

    private static func check(_ keys: KeyRing, at now: Date, on session: PostgreSQLSession) throws(StoreError) {
        let db = PostgreSQLConnection(session: session, clock: PostgreSQLLeaseClock(.caller))
        do {
            try session.execute("BEGIN")
            // Two hosts that start with a new key must not both put its proof there.
            try db.serialize(on: "keys")
            try KeyTable.check(keys, at: now, in: db)
            try session.execute("COMMIT")
        } catch {
            throw StoreError(postgreSQLWork: error)
        }
    }

    func transact<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws(StoreError) -> Value {
        try await pool.carryOut(isWrite: true, body)
    }

    func query<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws(StoreError) -> Value {
        try await pool.carryOut(isWrite: false, body)
    }

    func wake() {
        listeners.wake()
        line.notify()
    }

    package func wakeups() -> AsyncStream<Void> { listeners.stream() }

    package func check() async throws(StoreError) -> [String] {
        try pool.requireOpen()
        return try await PostgreSQLCheck.run(at: pool.address)
    }

    package func close() async {
        await pool.end()
        await line.end()
        listeners.finish()
    }
}
