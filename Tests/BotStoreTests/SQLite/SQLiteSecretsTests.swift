import Foundation
import GRDB
import Testing

@testable import BotStore

@Suite struct SQLiteSecretsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func open(_ keys: String = KeyRing.testText) throws -> SQLiteStore {
        try SQLiteStore(
            path: folder.path("bothost.sqlite"), keys: KeyRing(parsing: Secret(keys)), now: .start)
    }

    private func account(_ user: String) -> LinkedAccount {
        LinkedAccount(
            provider: "pagerduty", person: PersonKey(teamID: "T1", userID: user), accountID: "P",
            providerUserID: "P" + user, name: "Ada", credential: Secret("u+CANARY-\(user)"), createdAt: .start)
    }

    @Test func `no secret is anywhere in the files, not in the log and not after a checkpoint`() async throws {
        defer { folder.remove() }
        let store = try open()
        try await store.saveInstallation(.acme())
        try await store.saveInstallation(.acme(token: "xoxb-CANARY-second"))
        try await store.link(account("U1"))
        try await store.replaceCredential(
            Secret("u+CANARY-new"), renewAt: nil, provider: "pagerduty", person: account("U1").person)
        // The rows are there: the search would find what is not sealed.
        let open = try folder.contents()
        #expect(open.range(of: Data("Acme")) != nil)
        #expect(open.range(of: Data("CANARY")) == nil)
        _ = try await store.unlink(provider: "pagerduty", person: account("U1").person)
        await store.close()
        let closed = try folder.contents()
        #expect(closed.range(of: Data("Acme")) != nil)
        #expect(closed.range(of: Data("CANARY")) == nil)
    }

    @Test func `two secrets that were swapped in the database do not open`() async throws {
        defer { folder.remove() }
        let store = try open()
        for user in ["U1", "U2"] { try await store.link(account(user)) }
        try await store.write { db in
            try db.execute(
                sql: """
                    CREATE TEMP TABLE old AS SELECT user_id, credential FROM accounts;
                    UPDATE accounts SET credential = (
                        SELECT credential FROM old WHERE old.user_id <> accounts.user_id);
                    """)
        }
        for user in ["U1", "U2"] {
            let refusal = await expectFailure(.wrongKey) {
                try await store.linkedAccount(provider: "pagerduty", person: account(user).person)
            }
            #expect(refusal?.sentence.contains("pagerduty//T1/\(user)") == true)
        }
        await store.close()
    }

    @Test func `keys are rotated in batches while the store is used, and one bad row does not stop it`() async throws {
        defer { folder.remove() }
        let old = try open()
        for number in 0..<10 { try await old.link(account("U\(number)")) }
        try await old.saveInstallation(.acme())
        await old.close()

        let store = try open(KeyRing.otherText + "," + KeyRing.testText)
        try await store.write { db in
            try db.execute(
                sql:
                    "UPDATE accounts SET credential = CAST(substr(credential, 1, 60) || x'00' AS BLOB) WHERE user_id = 'U3'"
            )
        }
        var resealed = 0
        while true {
            let step = try await store.rotateSecrets(limit: 4)
            #expect(step.resealed <= 4)
            resealed += step.resealed
            guard step.resealed == 0 else { continue }
            #expect(step.remaining == 1)
            #expect(step.unreadable.count == 1)
            #expect(step.unreadable.first?.contains("pagerduty//T1/U3") == true)
            break
        }
        // Nine accounts and both tokens of the installation.
        #expect(resealed == 11)
        #expect(
            try await store.linkedAccount(provider: "pagerduty", person: account("U9").person) == account("U9"))
        #expect(try await store.installations() == [.acme()])
        await store.close()
    }
}
