import FoundationEssentials

/// The app that is tried out: one app, installed into each workspace with a bot user of its own.
enum SlackApp {
    static let id = "A0BOTHOST"

    /// A pair that rotation gave out.
    ///
    /// - SeeAlso: https://docs.slack.dev/authentication/using-token-rotation
    struct RotatedToken: Sendable {
        var token: String
        var refresh: String
        var expires: Date
        var isRefreshed = false
    }

    /// The app's presence in one workspace.
    struct Bot: Sendable {
        var userID: String
        var botID: String
        var token: String
        var isInstalled = true
        var isTokenRevoked = false
        /// What the installation allows; `nil` where it is what the manifest asks for.
        var granted: [String]?
        /// Whether it is installed in the whole organization.
        var isOrganizationWide = false
        /// Tokens that end, oldest first; with rotation there is no other.
        var rotated: [RotatedToken] = []
    }
}
