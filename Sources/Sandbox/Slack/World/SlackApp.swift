/// The app that is tried out: one app, installed into each workspace with a bot user of its own.
enum SlackApp {
    static let id = "A0BOTHOST"

    /// The app's presence in one workspace.
    struct Bot: Sendable {
        var userID: String
        var botID: String
        var token: String
        var isInstalled = true
        var isTokenRevoked = false
    }
}
