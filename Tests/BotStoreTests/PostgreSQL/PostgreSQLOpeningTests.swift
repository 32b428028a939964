import Foundation
import TestDatabase
import Testing

@testable import BotStore

@Suite struct PostgreSQLOpeningTests {
    private func open(
        _ database: String, user: String = "bothost", keys: String = KeyRing.testText, migrator: Migrator = .bothost
    ) throws -> PostgreSQLStore {
        try PostgreSQLStore(
            url: Secret(try TestServer.shared().url(of: database, user: user)), keys: KeyRing(parsing: Secret(keys)),
            now: .start, migrator: migrator)
    }

    /// Lets a test have a database of its own.
    private func withDatabase(_ body: (TestServer, String) async throws -> Void) async throws {
        await StoreDoor.shared.enter()
        do {
            let server = try TestServer.shared()
            let database = try server.makeDatabase()
            defer { server.drop(database) }
            try await body(server, database)
        } catch {
            await StoreDoor.shared.leave()
            throw error
        }
        await StoreDoor.shared.leave()
    }

    private func refusal(of user: String, in database: String) -> StoreError? {
        #expect(throws: StoreError.self) { try open(database, user: user) }
    }

    @Test func `who is not let in reads why, and what mends it`() async throws {
        try await withDatabase { server, database in
            let id = database
            try server.execute(
                """
                CREATE ROLE right_\(id) LOGIN PASSWORD 'right'; CREATE ROLE barred_\(id) LOGIN;
                CREATE ROLE asleep_\(id) NOLOGIN; CREATE ROLE reader_\(id) LOGIN
                """, in: database)
            try server.admit("local all right_\(id) scram-sha-256\nlocal all barred_\(id) reject")
            for (user, code, words) in [
                ("right_\(id)&password=wrong", StoreError.Code.noAccess, "refused the password in DATABASE_URL"),
                (
                    "right_\(id)&passfile=/dev/null", .noAccess,
                    "PostgreSQL asks for a password, and DATABASE_URL has none"
                ),
                ("asleep_\(id)", .noAccess, "may not log in"),
                ("nobody_\(id)", .noAccess, "does not exist"),
                ("barred_\(id)", .noAccess, "pg_hba.conf"),
                ("reader_\(id)", .noAccess, "lacks a right"),
            ] {
                let error = refusal(of: user, in: database)
                #expect(error?.code == code, "\(user)")
                #expect(error?.sentence.contains(words) == true, "\(error?.sentence ?? "")")
                #expect(error?.sentence.contains("wrong") == false)
            }
            let missing = refusal(of: "bothost", in: "missing_\(id)")
            #expect(missing?.code == .configuration)
            #expect(missing?.sentence.contains("make it with createdb") == true)
            await (try open(database, user: "bothost&password=whatever")).close()
        }
    }

    @Test func `a server that is not there is named`() {
        let folder = "/nowhere-\(UUID().uuidString)"
        let refusal = #expect(throws: StoreError.self) {
            try PostgreSQLStore(
                url: Secret("postgres:///b?host=\(folder.replacing("/", with: "%2F"))&password=CANARY"),
                keys: .test, now: .start)
        }
        #expect(refusal?.code == .unavailable)
        #expect(refusal?.sentence.hasPrefix("PostgreSQL cannot be reached (") == true)
        #expect(refusal?.sentence.contains(folder) == true)
        #expect(refusal?.sentence.contains("CANARY") == false)
    }

    @Test func `a server that takes no writes is told from one that is away`() async throws {
        try await withDatabase { server, database in
            try server.execute("ALTER DATABASE \(database) SET default_transaction_read_only = on", in: "postgres")
            let refusal = refusal(of: "bothost", in: database)
            #expect(refusal?.code == .unavailable)
            #expect(refusal?.sentence.contains("takes no writes") == true, "\(refusal?.sentence ?? "")")
        }
    }

    @Test func `a database that is not UTF-8 is refused`() async throws {
        try await withDatabase { server, database in
            let other = "\(database)_ascii"
            try server.execute("CREATE DATABASE \(other) ENCODING 'SQL_ASCII' TEMPLATE template0", in: "postgres")
            defer { server.drop(other) }
            #expect(refusal(of: "bothost", in: other)?.sentence.contains("does not hold UTF-8") == true)
        }
    }

    @Test(arguments: ["CREATE TABLE schema_migrations (version text)", "CREATE TABLE jobs (x int)"])
    func `another program's database is refused, and left as it is`(theirs: String) async throws {
        try await withDatabase { server, database in
            try server.execute(theirs, in: database)
            let refusal = refusal(of: "bothost", in: database)
            #expect(refusal?.code == .configuration)
            #expect(refusal?.sentence.contains("another program") == true, "\(refusal?.sentence ?? "")")
            let tables = try server.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'", in: database)
            #expect(tables.count <= 2)
        }
    }

    @Test func `a newer schema is refused, and left as it is`() async throws {
        try await withDatabase { _, database in
            let known = Migrator.bothost.migrations.count
            let newer = Migrator(
                migrations: Migrator.bothost.migrations + [Migration(number: known + 1, name: "later", sql: "SELECT 1")]
            )
            await (try open(database, migrator: newer)).close()
            let refusal = refusal(of: "bothost", in: database)
            #expect(refusal?.code == .newerSchema)
            #expect(
                refusal?.sentence
                    == "The database was written by a newer version (schema \(known + 1), this version knows \(known)): "
                    + "start that version or a later one, or restore a backup made before the upgrade.")
            await (try open(database, migrator: newer)).close()
        }
    }

    @Test func `an upgrade that breaks off leaves the old schema, and is done again`() async throws {
        try await withDatabase { server, database in
            let first = try open(database)
            _ = try await first.enqueue([.named("kept", runAt: .start)], at: .start)
            await first.close()
            let step = Migration(
                number: Migrator.bothost.migrations.count + 1, name: "two",
                sql: "CREATE TABLE two (x BIGINT); SELECT nonsense")
            #expect(throws: StoreError.self) {
                try open(database, migrator: Migrator(migrations: Migrator.bothost.migrations + [step]))
            }
            #expect(try server.execute("SELECT to_regclass('two') IS NULL", in: database) == ["t"])
            let mended = Migration(number: step.number, name: "two", sql: "CREATE TABLE two (x BIGINT)")
            let second = try open(database, migrator: Migrator(migrations: Migrator.bothost.migrations + [mended]))
            #expect(try await second.claim(.some(9, at: .start)).map(\.work.kind) == ["kept"])
            await second.close()
        }
    }

    @Test func `hosts that start at once on an empty database make one schema`() async throws {
        try await withDatabase { server, database in
            let url = Secret(server.url(of: database))
            let stores = try await withThrowingTaskGroup(of: PostgreSQLStore.self) { group in
                for _ in 0..<4 {
                    group.addTask { try PostgreSQLStore(url: url, keys: .test, now: .start) }
                }
                return try await group.reduce(into: [PostgreSQLStore]()) { $0.append($1) }
            }
            let steps = try server.execute("SELECT COUNT(*) FROM schema_migrations", in: database)
            #expect(steps == ["\(Migrator.bothost.migrations.count)"])
            for store in stores {
                try await store.ping()
                await store.close()
            }
        }
    }

    @Test func `a wrong key stops the start, and a key may go when nothing is sealed with it`() async throws {
        try await withDatabase { _, database in
            let first = try open(database)
            try await first.saveInstallation(.acme())
            await first.close()
            let impostor = "test:" + Data(repeating: 8, count: 32).base64EncodedString()
            let wrong = #expect(throws: StoreError.self) { try open(database, keys: impostor) }
            #expect(wrong?.code == .wrongKey)
            let missing = #expect(throws: StoreError.self) { try open(database, keys: KeyRing.otherText) }
            #expect(missing?.sentence.hasPrefix("Stored secrets (2) are sealed with the key 'test'") == true)
            let both = try open(database, keys: KeyRing.otherText + "," + KeyRing.testText)
            #expect(try await both.rotateSecrets(limit: 9).remaining == 0)
            await both.close()
            let last = try open(database, keys: KeyRing.otherText)
            #expect(try await last.installations() == [.acme()])
            await last.close()
        }
    }

    @Test func `no secret is in a dump of the database`() async throws {
        try await withDatabase { server, database in
            let store = try open(database)
            try await store.saveInstallation(.acme())
            await store.close()
            let rows = try server.execute("SELECT installations::text FROM installations", in: database).joined()
            let plain = Data("CANARY".utf8).map { String(format: "%02x", $0) }.joined()
            #expect(rows.contains("Acme"))
            #expect(!rows.contains("CANARY") && !rows.contains(plain))
        }
    }

    @Test func `a server that may lose what was acknowledged is warned of`() async throws {
        try await withDatabase { server, database in
            try server.execute("ALTER DATABASE \(database) SET synchronous_commit = off", in: "postgres")
            let store = try open(database)
            #expect(store.warnings.count == 3)
            for setting in ["fsync", "full_page_writes", "synchronous_commit"] {
                #expect(store.warnings.contains { $0.hasPrefix("PostgreSQL runs with \(setting) = off: ") })
            }
            await store.close()
        }
    }
}
