package import Foundation

/// What tells one stored secret from another: whose it is, and what it is for.
package struct SecretName: Hashable, Sendable {
    /// Whose it is, in the host's form, for example `pagerduty/webhook`.
    package let owner: String
    /// Which one of the owner's, for example the id of a webhook subscription.
    package let name: String

    package init(owner: String, name: String) {
        self.owner = owner
        self.name = name
    }
}

/// How far a change of keys is.
package struct Rotation: Sendable, Equatable {
    /// Secrets sealed anew by this call.
    package let resealed: Int
    /// Secrets that other keys than the first one still seal. At 0 the other keys may go.
    package let remaining: Int
    /// Where secrets are that could not be opened, in words; they are among the remaining.
    package let unreadable: [String]

    package init(resealed: Int, remaining: Int, unreadable: [String]) {
        self.resealed = resealed
        self.remaining = remaining
        self.unreadable = unreadable
    }
}

/// Secrets that belong to no other row, and changing the key under which all secrets are stored, while everything
/// runs.
package protocol SecretStore: Sendable {
    /// Seals a secret (at most 16 KiB) and keeps it under its name, in place of the one that was there.
    func putSecret(_ secret: Secret, _ name: SecretName, at now: Date) async throws(StoreError)

    /// The secret; nil where there is none.
    func secret(_ name: SecretName) async throws(StoreError) -> Secret?

    /// The names of an owner's secrets, sorted by their bytes; `after` is the last one of the page before.
    func secretNames(of owner: String, limit: Int, after: String?) async throws(StoreError) -> [String]

    /// Forgets a secret. Whether there was one.
    func deleteSecret(_ name: SecretName) async throws(StoreError) -> Bool

    /// Seals with other keys from now on. Throws `wrongKey` where they do not open what is stored.
    func adopt(_ keys: KeyRing, at now: Date) async throws(StoreError)

    /// Seals up to `limit` secrets anew that are not under the key ring's first key. Call until none was
    /// resealed; what then remains is unreadable, and has to be entered anew.
    func rotateSecrets(limit: Int) async throws(StoreError) -> Rotation
}
