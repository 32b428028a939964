import FoundationEssentials

/// People who are signing in with Slack.
struct SignIns: Sendable {
    /// What a code or a token stands for.
    struct Person: Sendable {
        let team: String
        let user: String
        let redirectURI: String
        let nonce: String?
        let expires: Date
    }

    var codes: [String: Person] = [:]
    var tokens: [String: Person] = [:]
    /// Who sits before the browser, by workspace: whoever signed in last.
    var latest: [String: String] = [:]
    /// A script's wish: answers as if another app, another time or another question were meant.
    var claims: [String: JSON] = [:]

    static let lifetime: TimeInterval = 600
}
