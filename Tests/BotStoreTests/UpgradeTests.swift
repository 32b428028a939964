import Foundation
import GRDB
import TestDatabase
import Testing

@testable import BotStore

/// From each schema that there was to the present one, on both databases, with rows in it.
@Suite struct UpgradeTests {
    static let earlier = Array(1..<Migrator.bothost.migrations.count)

    private func migrator(_ version: Int) -> Migrator {
        Migrator(migrations: Array(Migrator.bothost.migrations.prefix(version)))
    }

    /// Rows as a host of that version left them.
    private func rows(_ version: Int, _ db: SQLDialect) -> String {
        let bytes = db == .sqlite ? "X'7B7D'" : #"'\x7b7d'::bytea"#
        let key = version < 3 ? "C1/incident/Q1" : "incident/Q1"
        return """
            INSERT INTO plugin_values (plugin, workspace, key, data, version, updated_at)
                VALUES ('p', 'T1', 'k', \(bytes), 7, 0);
            INSERT INTO inbox (source, id, body, received_at) VALUES ('slack', 'Ev1', \(bytes), 0);
            INSERT INTO jobs (state, kind, plugin, workspace, payload, lane, order_at, run_at, max_attempts, created_at)
                VALUES ('available', 'kept', 'p', 'T1', \(bytes), 1, 0, 0, 3, 0);
            INSERT INTO messages (plugin, workspace, key, channel, content, version, painted_version, state,
                    posted_channel, ts, lane, due_at, created_at, updated_at)
                VALUES ('incidents', 'T1', '\(key)', 'C1', \(bytes), 2, 2, 'posted', 'C1', '17.1', 1, 0, 0, 0);
            INSERT INTO enablement (workspace, plugin, is_enabled, by, at) VALUES ('T1', 'p', 0, 'U1', 0);
            """
    }

    private func expectKept(in store: any Store) async throws {
        let value = try await store.value("k", in: ValueScope(plugin: "p", workspace: "T1"), at: .start)
        #expect(value?.data == Data("{}"))
        #expect(value?.version == 7)
        #expect(try await store.delivery(InboxID(source: "slack", id: "Ev1"))?.delivery.body == Data("{}"))
        #expect(try await store.claim(.some(9, at: .start)).map(\.work.kind) == ["kept"])
        let key = MessageKey(plugin: "incidents", workspace: "T1", channel: "C1", key: "incident/Q1")
        let message = try await store.liveMessage(key)
        #expect(message?.ts == "17.1")
        #expect(message?.version == 2)
        #expect(try await store.enablementOverrides().map(\.isEnabled) == [false])
        #expect(
            try await store.change(.put(Data("n"), for: "n", in: ValueScope(plugin: "p", workspace: "T1")), at: .start)
                != nil)
        try await store.ping()
        #expect(try await store.check() == [])
    }

    @Test(arguments: earlier)
    func `a SQLite file of an earlier version is brought up to date with all that is in it`(version: Int) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.path("bothost.sqlite")
        let old = try DatabaseQueue(path: path)
        try await old.writeWithoutTransaction { [migrator = migrator(version), rows = rows(version, .sqlite)] db in
            try migrator.migrate(db, at: .start)
            try db.execute(sql: rows)
        }
        try old.close()
        let store = try SQLiteStore(path: path, keys: .test, now: .start)
        try await expectKept(in: store)
        await store.close()
    }

    @Test(arguments: earlier)
    func `a PostgreSQL database of an earlier version is brought up to date with all that is in it`(version: Int)
        async throws
    {
        let server = try TestServer.shared()
        let database = try server.makeDatabase()
        defer { server.drop(database) }
        let url = Secret(server.url(of: database))
        try migrator(version).migrate(try PostgreSQLSession(PostgreSQLAddress(url)), at: .start)
        try server.execute(rows(version, .postgreSQL), in: database)
        let store = try PostgreSQLStore(url: url, keys: .test, now: .start)
        try await expectKept(in: store)
        await store.close()
    }
}
