package import Foundation

/// Who is linked to which account at a provider.
package protocol AccountStore: Sendable {
    /// Links a person, or replaces their link to that provider. Throws `alreadyLinked` when the provider's user is
    /// linked to a second person of the same workspace or organization: that would let one act as the other.
    func link(_ account: LinkedAccount) async throws(StoreError)

    /// The person's link to a provider.
    func linkedAccount(provider: String, person: PersonKey) async throws(StoreError) -> LinkedAccount?

    /// Everybody who is linked to one user of a provider, in any workspace.
    func linkedAccounts(provider: String, accountID: String, providerUserID: String)
        async throws(StoreError) -> [LinkedAccount]

    /// The links of a workspace's people to a provider, by user id; `after` is the last user id of the page before.
    func linkedAccounts(provider: String, teamID: String, limit: Int, after: String?)
        async throws(StoreError) -> [LinkedAccount]

    /// Replaces the credential, for example after it was renewed, and says when it is to be renewed the next time (nil:
    /// never). Throws `notFound` when the link is gone.
    func replaceCredential(_ credential: Secret, renewAt: Date?, provider: String, person: PersonKey)
        async throws(StoreError)

    /// The links whose credentials are to be renewed by then, the most urgent first.
    func linkedAccounts(toRenewBy moment: Date, limit: Int) async throws(StoreError) -> [LinkedAccount]

    /// Notes that the link was used. Nothing happens when it is gone.
    func touchLinkedAccount(provider: String, person: PersonKey, at now: Date) async throws(StoreError)

    /// Forgets the link and its credential, and returns what it was.
    func unlink(provider: String, person: PersonKey) async throws(StoreError) -> LinkedAccount?
}
