import Foundation

/// A store behind which is a database with tables: the same statements, whatever the database. What differs is in
/// `SQLDialect`, and how a connection is kept and a transaction made is the store's own.
///
/// Each concern is an extension in a file of its own; the statements are in the `…Table` enums.
protocol TableStore: Store {
    var holder: KeyHolder { get }

    /// Carries out `body` in a transaction, together with others or alone, and returns when that is on disk. Where the
    /// connection is lost before it was, `body` is carried out again.
    func transact<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws(StoreError) -> Value

    /// Carries out `body`, which only reads.
    func query<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws(StoreError) -> Value

    /// Tells those who wait for work that there may be some.
    func wake()
}

extension TableStore {
    var keys: KeyRing { holder.keys }

    package func commit(_ commit: Commit) async throws(StoreError) -> CommitReceipt {
        if commit.isEmpty { return CommitReceipt() }
        let receipt = try await transact { db in
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
        try await transact { db in
            // Changes nothing, yet asks for the right to write, and fails where there is none.
            _ = try db.run("UPDATE counters SET value = value WHERE name = 'ping'", [])
        }
    }
}
