import Foundation
import GRDB
import Testing

@testable import BotStore

@Suite struct SQLiteOpeningTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("bothost.sqlite") }

    init() throws { folder = try TemporaryFolder() }

    private func open(
        keys: String = KeyRing.testText, at path: String? = nil, migrator: Migrator = .bothost
    ) throws -> SQLiteStore {
        try SQLiteStore(
            path: path ?? self.path, keys: KeyRing(parsing: Secret(keys)), now: .start, migrator: migrator)
    }

    @Test func `the connection waits for the disk at each commit`() async throws {
        defer { folder.remove() }
        let store = try open()
        let settings = try await store.read { db in
            try ["synchronous", "journal_mode", "foreign_keys", "busy_timeout"].map { name in
                try String.fetchOne(db, sql: "PRAGMA \(name)")
            }
        }
        #expect(settings == ["2", "wal", "1", "5000"])
        await store.close()
    }

    @Test func `folder and files are for their owner only`() async throws {
        defer { folder.remove() }
        let path = folder.path("new/deep/bothost.sqlite")
        let store = try open(at: path)
        for (name, mode) in [
            ("new", 0o700), ("new/deep", 0o700), ("new/deep/bothost.sqlite", 0o600),
            ("new/deep/bothost.sqlite-wal", 0o600), ("new/deep/bothost.sqlite.lock", 0o600),
        ] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path(name))
            #expect(attributes[.posixPermissions] as? Int == mode, "\(name)")
        }
        await store.close()
    }

    @Test func `a second opener is refused by name of the first, also through a link, until that one closes`()
        async throws
    {
        defer { folder.remove() }
        let first = try open()
        let link = folder.path("link.sqlite")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        for path in [path, link] {
            let refusal = #expect(throws: StoreError.self) { try open(at: path) }
            #expect(refusal?.code == .lockedByAnotherProcess)
            #expect(
                refusal?.sentence.contains("in use by process \(ProcessInfo.processInfo.processIdentifier):") == true)
        }
        await first.close()
        let second = try open()
        await second.close()
    }

    @Test func `a newer schema is refused, and left as it is`() async throws {
        defer { folder.remove() }
        let known = Migrator.bothost.migrations.count
        let newer = Migrator(
            migrations: Migrator.bothost.migrations + [Migration(number: known + 1, name: "later", sql: "SELECT 1")])
        await (try open(migrator: newer)).close()
        let refusal = #expect(throws: StoreError.self) { try open() }
        #expect(refusal?.code == .newerSchema)
        #expect(
            refusal?.sentence
                == "The database was written by a newer version (schema \(known + 1), this version knows \(known)): "
                + "start that version or a later one, or restore a backup made before the upgrade.")
        await (try open(migrator: newer)).close()
    }

    @Test func `an upgrade that breaks off leaves the old schema, and is done again`() async throws {
        defer { folder.remove() }
        let first = try open()
        _ = try await first.enqueue([.named("kept", runAt: .start)], at: .start)
        await first.close()
        let step = Migration(
            number: Migrator.bothost.migrations.count + 1, name: "two",
            sql: "CREATE TABLE two (x INTEGER) STRICT; SELECT nonsense")
        #expect(throws: StoreError.self) {
            try open(migrator: Migrator(migrations: Migrator.bothost.migrations + [step]))
        }
        let mended = Migration(number: step.number, name: "two", sql: "CREATE TABLE two (x INTEGER) STRICT")
        let second = try open(migrator: Migrator(migrations: Migrator.bothost.migrations + [mended]))
        #expect(try await second.claim(.some(9, at: .start)).map(\.work.kind) == ["kept"])
        await second.close()
    }

    @Test func `another program's database is refused, and so is a file that is none`() throws {
        defer { folder.remove() }
        let foreign = try DatabaseQueue(path: path)
        try foreign.write { db in try db.execute(sql: "CREATE TABLE theirs (x)") }
        try foreign.close()
        let refusal = #expect(throws: StoreError.self) { try open() }
        #expect(refusal?.code == .configuration)
        #expect(refusal?.sentence.contains("another program's database") == true)

        let text = folder.path("text.sqlite")
        try Data(repeating: UInt8(ascii: "x"), count: 9999).write(to: URL(fileURLWithPath: text))
        let second = #expect(throws: StoreError.self) { try open(at: text) }
        #expect(second?.code == .corrupt)
        #expect(second?.sentence.contains("is not a database") == true)
    }

    @Test func `a folder that cannot be made is named`() throws {
        defer { folder.remove() }
        try Data().write(to: URL(fileURLWithPath: folder.path("file")))
        let refusal = #expect(throws: StoreError.self) { try open(at: folder.path("file/b.sqlite")) }
        #expect(refusal?.sentence.contains(folder.path("file")) == true)
        #expect(throws: StoreError.self) { try open(at: folder.url.path) }
    }

    @Test func `a wrong key stops the start, whatever was stored under it`() async throws {
        defer { folder.remove() }
        let store = try open()
        await store.close()
        let impostor = "test:" + Data(repeating: 8, count: 32).base64EncodedString()
        let refusal = #expect(throws: StoreError.self) { try open(keys: impostor) }
        #expect(refusal?.code == .wrongKey)
        #expect(refusal?.sentence.hasPrefix("The key 'test' is not the one this database was sealed with") == true)
    }

    @Test func `a key may go when nothing is sealed with it, and not before`() async throws {
        defer { folder.remove() }
        let first = try open()
        try await first.saveInstallation(.acme())
        await first.close()
        let refusal = #expect(throws: StoreError.self) { try open(keys: KeyRing.otherText) }
        #expect(refusal?.code == .wrongKey)
        #expect(refusal?.sentence.hasPrefix("Stored secrets (2) are sealed with the key 'test'") == true)

        let both = try open(keys: KeyRing.otherText + "," + KeyRing.testText)
        #expect(try await both.rotateSecrets(limit: 9).remaining == 0)
        await both.close()
        let last = try open(keys: KeyRing.otherText)
        #expect(try await last.installations() == [.acme()])
        await last.close()
    }

    @Test func `jobs and messages of a process that was killed go on at the next start`() async throws {
        defer { folder.remove() }
        let killed = try open()
        _ = try await killed.enqueue([.named("job", runAt: .start)], at: .start)
        let job = try #require(try await killed.claim(.some(1, at: .start)).first)
        let key = MessageKey(plugin: "p", workspace: "T1", channel: "C1", key: "m")
        _ = try await killed.wish(MessageWish(key: key, content: Data("m")), at: .start)
        let message = try #require(try await killed.claim(.post, at: 0).first)
        // What a power cut would leave: the files as they are now, nothing closed, nothing checkpointed.
        let image = folder.path("image.sqlite")
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: path + suffix, toPath: image + suffix)
        }

        let next = try open(at: image)
        let again = try #require(try await next.claim(.some(1, at: .start)).first)
        #expect(again.id == job.id)
        #expect(again.attempt == 2)
        #expect(again.failures.map(\.message) == ["The process ended during the attempt."])
        await expectFailure(.lostLease) { try await next.complete(job.ticket, at: .start) }
        let repainted = try #require(try await next.claim(.post, at: 0).first)
        #expect(repainted.fence > message.fence)
        #expect(try await next.check() == [])
        await next.close()
        await killed.close()
    }

    @Test func `a network folder is told from a local disk`() {
        let mounts = """
            22 1 8:1 / / rw - ext4 /dev/sda1 rw
            30 22 0:40 / /mnt/share rw - nfs4 server:/share rw
            31 22 0:41 / /mnt/my\\040disk rw shared:5 - cifs //server/x rw
            32 30 8:2 / /mnt/share/local rw - xfs /dev/sdb1 rw
            nonsense
            """
        #expect(NetworkFolder.kind(of: "/mnt/share/b.sqlite", mounts: mounts) == "nfs4")
        #expect(NetworkFolder.kind(of: "/mnt/my disk/b.sqlite", mounts: mounts) == "cifs")
        #expect(NetworkFolder.kind(of: "/mnt/shared/b.sqlite", mounts: mounts) == nil)
        #expect(NetworkFolder.kind(of: "/mnt/share/local/b.sqlite", mounts: mounts) == nil)
        #expect(NetworkFolder.kind(of: "/var/lib/b.sqlite", mounts: mounts) == nil)
        #expect(NetworkFolder.kind(of: "/var/lib/b.sqlite", mounts: "") == nil)
    }
}

extension Installation {
    static func acme(team: String = "T1", token: String = "xoxb-CANARY-bot") -> Installation {
        Installation(
            teamID: team, appID: "A1", botUserID: "U1", botToken: Secret(token),
            botRefreshToken: Secret("xoxe-CANARY-refresh"), scopes: ["chat:write"], name: "Acme", createdAt: .start)
    }
}
