package import BotStore
import Foundation

/// Carries out what administrators ask on the command line: in the running host, or on the database alone where none runs.
package struct Administration: Sendable {
    let store: any Store
    let keys: KeyChange
    let clock: HostClock

    package init(store: any Store, keys: KeyChange, clock: HostClock = .system) {
        self.store = store
        self.keys = keys
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
        case .jobs: return .jobs(try await JobsOverview(of: store, at: clock.now()))
        case .retryJob(let id):
            return try await refusing { () async throws(StoreError) in
                try await store.retryDeadJob(id, at: clock.now())
            }
        case .discardJob(let id):
            let isDead = try await store.job(id)?.state == .discarded
            return try await refusing { () async throws(StoreError) in
                if isDead { return try await store.dismissDeadJob(id, at: clock.now()) }
                try await store.discardJob(id, at: clock.now())
            }
        case .rotateKeys: return .rotated(try await keys.rotate(store, at: clock.now()))
        }
    }

    /// What cannot be done to this job is an answer.
    private func refusing(
        _ act: () async throws(StoreError) -> Void
    ) async throws(StoreError) -> AdminAnswer {
        do {
            try await act()
            return .done
        } catch {
            guard error.code == .notFound || error.code == .conflict else { throw error }
            return .refused(error.sentence)
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
