package import BotStore
import Foundation

/// Carries out what administrators ask on the command line: in the running host, or on the database alone where none runs.
package struct Administration: Sendable {
    let store: any Store
    let clock: HostClock

    package init(store: any Store, clock: HostClock = .system) {
        self.store = store
        self.clock = clock
    }

    /// - Throws: ``StoreError`` where the store is away; what is wrong with the command is an answer.
    package func carryOut(_ command: AdminCommand) async throws(StoreError) -> AdminAnswer {
        switch command {
        case .createToken(let name): return try await createToken(name)
        case .tokens: return .tokens(try await store.apiTokens().map { AdminAnswer.Token($0) })
        case .revokeToken(let id):
            return try await APITokens(store: store, clock: clock).revoke(id)
                ? .done : .refused("There is no token with the id \(id): bothost token list shows those there are.")
        }
    }

    private func createToken(_ name: String) async throws(StoreError) -> AdminAnswer {
        guard (1...80).contains(name.utf8.count) else {
            return .refused("A token's name has 1–80 bytes: say which program it is for.")
        }
        do {
            let (id, token) = try await APITokens(store: store, clock: clock).make(named: name)
            return .created(id: id, token: token.reveal())
        } catch {
            guard error.code == .conflict || error.code == .invalid else { throw error }
            return .refused(error.sentence)
        }
    }
}

extension AdminAnswer.Token {
    init(_ token: APIToken) {
        self.init(id: token.id, name: token.name, createdAt: token.createdAt, lastUsedAt: token.lastUsedAt)
    }
}
