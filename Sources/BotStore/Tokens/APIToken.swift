package import Foundation

/// What is kept of a token with which programs call the host's own API: never the token itself, only its hash.
package struct APIToken: Sendable, Equatable {
    /// Part of the token, so that it is found without a search; not secret.
    package var id: String
    /// What an administrator calls it.
    package var name: String
    /// SHA-256 of the secret part.
    package var hash: Data
    package var createdAt: Date
    package var lastUsedAt: Date?

    package init(id: String, name: String, hash: Data, createdAt: Date, lastUsedAt: Date? = nil) {
        self.id = id
        self.name = name
        self.hash = hash
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
    }
}

/// The tokens that are good.
package protocol APITokenStore: Sendable {
    /// Throws `conflict` where there is a token with this id or this name.
    func addAPIToken(_ token: APIToken, audit: AuditLine) async throws(StoreError)

    func apiToken(_ id: String) async throws(StoreError) -> APIToken?

    /// The oldest first: few, and an administrator's own making.
    func apiTokens() async throws(StoreError) -> [APIToken]

    func touchAPIToken(_ id: String, at now: Date) async throws(StoreError)

    /// Takes a token away for good. Whether there was one; the audit line is written only then.
    func removeAPIToken(_ id: String, audit: AuditLine) async throws(StoreError) -> Bool
}
