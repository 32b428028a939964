import BotStore
import Foundation
import Testing

@Suite struct APITokenConformanceTests {
    private func line(_ action: String) -> AuditLine {
        AuditLine(at: .start, actor: "test", action: action, subject: "x")
    }

    private func token(_ id: String, _ name: String, after seconds: Double = 0) -> APIToken {
        APIToken(id: id, name: name, hash: Data([0, 1, 255]), createdAt: .after(seconds))
    }

    @Test(arguments: StoreFactory.all)
    func `tokens are kept with when they were last used, until they are revoked`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            try await store.addAPIToken(token("b", "second", after: 1), audit: line("token.created"))
            try await store.addAPIToken(token("a", "first"), audit: line("token.created"))
            try await store.touchAPIToken("a", at: .after(9))
            var first = token("a", "first")
            first.lastUsedAt = .after(9)
            #expect(try await store.apiTokens() == [first, token("b", "second", after: 1)])
            #expect(try await store.apiToken("a") == first)
            #expect(try await store.apiToken("nobody") == nil)
            #expect(try await store.removeAPIToken("a", audit: line("token.revoked")))
            #expect(try await store.removeAPIToken("a", audit: line("token.revoked")) == false)
            #expect(try await store.apiToken("a") == nil)
            let actions = try await store.auditEntries(limit: 9, before: nil).map(\.line.action)
            #expect(actions == ["token.revoked", "token.created", "token.created"])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `two tokens have neither one id nor one name`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            try await store.addAPIToken(token("a", "first"), audit: line("token.created"))
            for other in [token("a", "other"), token("b", "first")] {
                await expectFailure(.conflict) { try await store.addAPIToken(other, audit: line("token.created")) }
            }
            await expectFailure(.invalid) { try await store.addAPIToken(token("c", ""), audit: line("token.created")) }
            #expect(try await store.apiTokens().map(\.id) == ["a"])
        }
    }
}
