import FoundationEssentials

/// Codes that were given out, and what a script wants to go differently from Slack's usual way.
struct Authorizations: Sendable {
    /// What a code stands for, until it is exchanged.
    struct Grant: Sendable {
        let team: String
        let user: String
        let redirectURI: String
        let scopes: [String]
        let userScopes: [String]
        let isOrganizationWide: Bool
        let expires: Date
    }

    var codes: [String: Grant] = [:]
    /// Workspaces in which an administrator has to approve the app first.
    var needApproval: Set<String> = []
    /// Workspaces where somebody has asked for it.
    var requested: Set<String> = []
    /// Whether tokens end after twelve hours.
    var rotates = false
    /// Scopes that people are kept from allowing, whatever the address asks for.
    var withheld: Set<String> = []
    /// The app that answers say was installed, where it is not the real one.
    var appID: String?

    static let lifetime: TimeInterval = 600
    static let tokenLifetime = 43_200
}
