import Foundation
import GRDB
import TestDatabase
import Testing

@testable import BotStore

/// A copy that is made while the store is used holds what was acknowledged, and opens.
@Suite struct BackupTests {
    private func fill(_ store: any Store) async throws {
        try await store.saveInstallation(.acme())
        _ = try await store.enqueue([.named("kept", runAt: .start)], at: .start)
        try await store.appendAudit([AuditLine(at: .start, actor: "U1", action: "test", subject: "s")])
    }

    private func expectFilled(_ store: any Store) async throws {
        #expect(try await store.installations() == [.acme()])
        #expect(try await store.claim(.some(9, at: .start)).map(\.work.kind) == ["kept"])
        guard case .sound(let lines, _) = try await store.verifyAudit() else {
            Issue.record("the audit log is broken")
            return
        }
        #expect(lines == 1)
        // Numbers go on where they were.
        #expect(try await store.enqueue([.named("new", runAt: .start)], at: .start).count == 1)
        #expect(try await store.check() == [])
    }

    @Test func `a SQLite file is copied while the host runs`() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let store = try SQLiteStore(path: folder.path("bothost.sqlite"), keys: .test, now: .start)
        try await fill(store)
        // What `.backup` of the sqlite3 program does.
        let (source, copy) = (
            try DatabaseQueue(path: folder.path("bothost.sqlite")), try DatabaseQueue(path: folder.path("copy.sqlite"))
        )
        try source.backup(to: copy)
        try source.close()
        try copy.close()
        _ = try await store.enqueue([.named("later", runAt: .start)], at: .start)
        await store.close()
        let restored = try SQLiteStore(path: folder.path("copy.sqlite"), keys: .test, now: .start)
        try await expectFilled(restored)
        await restored.close()
    }

    @Test func `a PostgreSQL database is dumped while the host runs, and restored into another`() async throws {
        let server = try TestServer.shared()
        let (database, other) = (try server.makeDatabase(), try server.makeDatabase())
        let folder = try TemporaryFolder()
        defer {
            server.drop(database)
            server.drop(other)
            folder.remove()
        }
        let store = try PostgreSQLStore(url: Secret(server.url(of: database)), keys: .test, now: .start)
        try await fill(store)
        try server.run("pg_dump", ["--format=custom", "--file=\(folder.path("dump"))", server.url(of: database)])
        _ = try await store.enqueue([.named("later", runAt: .start)], at: .start)
        await store.close()
        try server.run("pg_restore", ["--no-owner", "--dbname=\(server.url(of: other))", folder.path("dump")])
        let restored = try PostgreSQLStore(url: Secret(server.url(of: other)), keys: .test, now: .start)
        try await expectFilled(restored)
        await restored.close()
    }
}
