package import Foundation

/// A person in Slack. The user id alone is not enough: within an organization people meet in several workspaces, and
/// in shared channels people of other organizations appear.
package struct PersonKey: Hashable, Sendable, CustomStringConvertible {
    package let enterpriseID: String?
    package let teamID: String?
    package let userID: String

    package init(enterpriseID: String? = nil, teamID: String?, userID: String) {
        self.enterpriseID = enterpriseID.flatMap { $0.isEmpty ? nil : $0 }
        self.teamID = teamID.flatMap { $0.isEmpty ? nil : $0 }
        self.userID = userID
    }

    package var description: String { "\(enterpriseID ?? "-")/\(teamID ?? "-")/\(userID)" }
}

/// A person's account at a provider, with the credential that acts for them.
package struct LinkedAccount: Sendable, Equatable {
    /// The provider's id, for example `pagerduty`.
    package var provider: String
    package var person: PersonKey
    /// The account (the customer) at the provider.
    package var accountID: String
    /// The person within that account.
    package var providerUserID: String
    package var name: String
    package var email: String?
    /// Whatever the provider needs to act for the person, in a form of its own.
    package var credential: Secret
    /// When the credential is to be renewed; nil for one that does not end, or cannot be renewed.
    package var renewAt: Date?
    package var createdAt: Date
    package var lastUsedAt: Date?

    package init(
        provider: String, person: PersonKey, accountID: String, providerUserID: String, name: String,
        email: String? = nil, credential: Secret, renewAt: Date? = nil, createdAt: Date, lastUsedAt: Date? = nil
    ) {
        self.provider = provider
        self.person = person
        self.accountID = accountID
        self.providerUserID = providerUserID
        self.name = name
        self.email = email
        self.credential = credential
        self.renewAt = renewAt
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
    }
}
