import BotStore
import Foundation
import Testing

@Suite struct SecretConformanceTests {
    private let name = SecretName(owner: "pagerduty/webhook", name: "PSUB1")

    @Test(arguments: StoreFactory.all)
    func `a secret comes back, is replaced, and is forgotten`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            #expect(try await store.secret(name) == nil)
            try await store.putSecret(Secret("one"), name, at: .start)
            #expect(try await store.secret(name) == Secret("one"))
            try await store.putSecret(Secret("two"), name, at: .after(1))
            #expect(try await store.secret(name) == Secret("two"))
            #expect(try await store.secret(SecretName(owner: "pagerduty", name: "webhookPSUB1")) == nil)
            #expect(try await store.deleteSecret(name))
            #expect(try await store.deleteSecret(name) == false)
            #expect(try await store.secret(name) == nil)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `an owner's names are listed in pages`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            for owner in ["a", "a/b"] {
                for number in [3, 1, 2] {
                    try await store.putSecret(
                        Secret("s"), SecretName(owner: owner, name: "P\(number)"), at: .start)
                }
            }
            #expect(try await store.secretNames(of: "a", limit: 2, after: nil) == ["P1", "P2"])
            #expect(try await store.secretNames(of: "a", limit: 2, after: "P2") == ["P3"])
            #expect(try await store.secretNames(of: "b", limit: 2, after: nil) == [])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `what is too long or has no name is refused`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            await expectFailure(.invalid) {
                try await store.putSecret(
                    Secret(String(repeating: "s", count: Bounds.secret + 1)), name, at: .start)
            }
            for bad in [SecretName(owner: "", name: "n"), SecretName(owner: "o", name: "a\nb")] {
                await expectFailure(.invalid) { try await store.putSecret(Secret("s"), bad, at: .start) }
            }
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a rotation seals every kind of secret anew, after which the old key may go`(factory: StoreFactory)
        async throws
    {
        try await factory.withPlace { place in
            let account = LinkedAccount(
                provider: "pagerduty", person: PersonKey(teamID: "T1", userID: "U1"), accountID: "P",
                providerUserID: "PU1", name: "Ada", credential: Secret("u+credential"), createdAt: .start)
            let installation = Installation(
                teamID: "T1", appID: "A1", botUserID: "U1", botToken: Secret("xoxb-bot"),
                botRefreshToken: Secret("xoxe-refresh"), scopes: [], name: "Acme", createdAt: .start)
            let first = try place.open(.test, .start)
            try await first.putSecret(Secret("hook"), name, at: .start)
            try await first.link(account)
            try await first.saveInstallation(installation)
            await first.close()

            let both = try place.open(
                KeyRing(parsing: Secret(KeyRing.otherText + "," + KeyRing.testText)), .after(1))
            let half = try await both.rotateSecrets(limit: 3)
            #expect(half == Rotation(resealed: 3, remaining: 1, unreadable: []))
            #expect(try await both.rotateSecrets(limit: 3) == Rotation(resealed: 1, remaining: 0, unreadable: []))
            await both.close()

            let last = try place.open(KeyRing(parsing: Secret(KeyRing.otherText)), .after(2))
            #expect(try await last.secret(name) == Secret("hook"))
            #expect(try await last.installations() == [installation])
            #expect(try await last.linkedAccount(provider: "pagerduty", person: account.person) == account)
            await last.close()
            #expect(throws: StoreError.self) { try place.open(.test, .after(3)) }
        }
    }
}
