package import Foundation

/// A workspace, or a whole organization, in which the app is installed.
///
/// - SeeAlso: [Enterprise organizations](https://docs.slack.dev/enterprise/) for installs that cover an organization.
package struct Installation: Sendable, Equatable {
    /// The workspace (wire: team); nil when the app is installed for the whole organization.
    package var teamID: String?
    /// The organization, where there is one.
    package var enterpriseID: String?
    /// Whether one token serves every workspace of the organization.
    package var isEnterpriseInstall: Bool
    package var appID: String
    package var botUserID: String
    package var botToken: Secret
    /// The refresh token, where Slack rotates tokens, and when the bot token ends.
    package var botRefreshToken: Secret?
    package var botTokenExpiresAt: Date?
    package var scopes: [String]
    /// What people call the workspace.
    package var name: String
    package var state: InstallationState
    /// The account at each provider (key: the provider's id) that this workspace belongs to.
    package var accounts: [String: MappedAccount]
    package var createdAt: Date
    package var updatedAt: Date

    package init(
        teamID: String?, enterpriseID: String? = nil, isEnterpriseInstall: Bool = false, appID: String,
        botUserID: String, botToken: Secret, botRefreshToken: Secret? = nil, botTokenExpiresAt: Date? = nil,
        scopes: [String], name: String, state: InstallationState = .active,
        accounts: [String: MappedAccount] = [:], createdAt: Date, updatedAt: Date? = nil
    ) {
        self.teamID = teamID
        self.enterpriseID = enterpriseID
        self.isEnterpriseInstall = isEnterpriseInstall
        self.appID = appID
        self.botUserID = botUserID
        self.botToken = botToken
        self.botRefreshToken = botRefreshToken
        self.botTokenExpiresAt = botTokenExpiresAt
        self.scopes = scopes
        self.name = name
        self.state = state
        self.accounts = accounts
        self.createdAt = createdAt
        self.updatedAt = updatedAt ?? createdAt
    }

    /// The row's key: the workspace's id, or the organization's for an install that covers it. Slack's ids begin with
    /// different letters (`T…`, `E…`), so the two never meet.
    package var id: String { isEnterpriseInstall ? enterpriseID ?? "" : teamID ?? "" }
}

/// Whether an installation may be used.
package enum InstallationState: Sendable, Equatable {
    case active
    /// Not to be used until somebody mends what the reason says, for example that the token was revoked.
    case suspended(reason: String)
}

/// An account at a provider that a workspace belongs to.
package struct MappedAccount: Sendable, Equatable, Codable {
    package var accountID: String
    package var subdomain: String?
    package var region: String?

    package init(accountID: String, subdomain: String? = nil, region: String? = nil) {
        self.accountID = accountID
        self.subdomain = subdomain
        self.region = region
    }
}
