/// How far a change of keys is.
package struct Rotation: Sendable, Equatable {
    /// Secrets sealed anew by this call.
    package let resealed: Int
    /// Secrets that other keys than the first one still seal. At 0 the other keys may go.
    package let remaining: Int
    /// Where secrets are that could not be opened, in words; they are among the remaining.
    package let unreadable: [String]
}

/// Changing the key under which secrets are stored, while everything runs.
package protocol SecretStore: Sendable {
    /// Seals up to `limit` secrets anew that are not under the key ring's first key. Call until none was
    /// resealed; what then remains is unreadable, and has to be entered anew.
    func rotateSecrets(limit: Int) async throws(StoreError) -> Rotation
}
