/// Where a request comes from: the installation that serves it, and the person and the channel behind it.
///
/// Slack says "team" for workspace and "enterprise" for organization. The workspace is the one where the app is
/// *installed*, which with Slack Connect is not always the one where the person is at home.
package struct Origin: Sendable, Equatable {
    /// The workspace whose installation serves this request; nil for some events of an organization-wide install.
    package var teamID: String?

    /// The organization, on Enterprise Grid.
    package var enterpriseID: String?

    /// Whether the app is installed for the whole organization: then the token is found by ``enterpriseID``.
    package var isEnterpriseInstall = false

    /// The person who did it, if a person did.
    package var userID: String?

    /// The workspace where that person is at home, if the request says it.
    package var userTeamID: String?

    /// The conversation where it happened, if in one.
    package var channelID: String?

    /// Whether the conversation is shared with another organization, if the request says it.
    package var isSharedChannel = false

    package init() {}

    /// Whether the person is at home in another workspace than the one served (Slack Connect).
    ///
    /// Where an organization has several workspaces this is also true of a colleague from a sister workspace: the
    /// payload does not tell them apart, and taking a stranger for a colleague is the worse mistake.
    package var isExternal: Bool {
        guard let teamID, let userTeamID else { return false }
        // Bytes, because equal strings need not be the same id. An id beginning with E names an organization.
        if userTeamID.utf8.elementsEqual(teamID.utf8) { return false }
        if let enterpriseID, userTeamID.utf8.elementsEqual(enterpriseID.utf8) { return false }
        return true
    }
}
