package import Foundation

/// Where the app is installed, and with which token.
package protocol InstallationStore: Sendable {
    /// Stores an install or a re-install. Of an earlier row it keeps `createdAt`, and the mapped accounts when the new
    /// one names none: installing again never moves a workspace to another account.
    func saveInstallation(_ installation: Installation) async throws(StoreError)

    /// The installation that serves a request: exactly that workspace, else its organization's. Suspended ones too.
    func installation(teamID: String?, enterpriseID: String?) async throws(StoreError) -> Installation?

    /// All installations, by id.
    func installations() async throws(StoreError) -> [Installation]

    /// Suspends an installation or makes it active again. Throws `notFound`.
    func setInstallationState(_ state: InstallationState, id: String, at now: Date) async throws(StoreError)

    /// Maps a workspace to its account at a provider, or (nil) takes the mapping away. Throws `notFound`.
    func mapInstallation(_ id: String, provider: String, to account: MappedAccount?, at now: Date)
        async throws(StoreError)

    /// Forgets an installation with its tokens. Whether there was one.
    func deleteInstallation(_ id: String) async throws(StoreError) -> Bool
}
