import BotStore
import Foundation
import PluginAPI
import SlackKit

/// Where tokens are put: sealed, a workspace's by one at a time, so that a refresh never overwrites what an install has
/// just brought.
struct TokenVault: Sendable {
    let store: any InstallationStore & SecretStore & LeaseStore
    let clock: HostClock
    /// Who holds the leases.
    let owner: String

    /// Longer than a call of Slack's and two writes take.
    static let lease: TimeInterval = 30

    /// Does something with a workspace's tokens while nobody else does.
    /// - Returns: `nil` where somebody else does.
    func alone<Result>(
        with id: String, _ work: () async throws -> Result
    ) async throws -> Result? {
        let now = clock.now()
        let ticket = try await store.takeLease(
            "slack-token/\(id)", holder: owner, until: now.addingTimeInterval(Self.lease), at: now)
        guard let ticket else { return nil }
        do {
            let result = try await work()
            try? await store.returnLease(ticket)
            return result
        } catch {
            try? await store.returnLease(ticket)
            throw error
        }
    }

    /// Stores an installation with a new token.
    ///
    /// A refresh that is under way is waited for: were it stored afterwards, its pair would take the place of this one.
    func replace(_ installation: Installation) async throws {
        for _ in 0..<40 {
            let done: Void? = try await alone(with: installation.id) {
                try await store.saveInstallation(installation)
            }
            if done != nil { return }
            try await clock.sleep(.milliseconds(250))
        }
        // Whoever holds it is dead, and the lease runs out by itself; the new token is the better one all the same.
        try await store.saveInstallation(installation)
    }

    /// Seals a person's own token.
    func keep(_ token: OAuthAccess.Token, of person: String, in id: String) async throws {
        let value = JSONValue.object([
            "token": .string(token.value), "scopes": .array(token.scopes.map { .string($0) }),
            "refresh_token": token.refreshToken.map { .string($0) } ?? .null,
            "expires_at": token.expiresIn.map { .integer(Int64(clock.now().timeIntervalSince1970) + Int64($0)) }
                ?? .null,
        ])
        try await store.putSecret(
            Secret(String(decoding: value.encoded, as: UTF8.self)), Self.name(person, id), at: clock.now())
    }

    /// Forgets a person's own token, which Slack has withdrawn.
    func forget(_ person: String, in id: String) async throws {
        _ = try await store.deleteSecret(Self.name(person, id))
    }

    static func name(_ person: String, _ id: String) -> SecretName {
        SecretName(owner: "slack-user/\(id)", name: person)
    }
}
