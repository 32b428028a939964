import PluginAPI

/// Somebody in Slack who can be invited: a person of the workspace with an e-mail address.
struct Colleague {
    /// PagerDuty's own bound for names.
    static let longestName = 100

    let id: String
    let name: String
    let email: String
    let timeZone: String?

    var mention: Mrkdwn { Mention.user(id) }

    /// Why somebody can't be invited.
    struct Unfit: Error {
        /// A sentence for the person who asked.
        let reason: Mrkdwn
    }

    init(_ user: SlackUser, workspace: Workspace) throws(Unfit) {
        if let reason = Self.reason(against: user, in: workspace) { throw Unfit(reason: reason) }
        guard let email = user.email else {
            throw Unfit(
                reason: """
                    \(Mention.user(user.id)) has no e-mail address that I can see, and PagerDuty sends the invitation \
                    there. An administrator can add them in PagerDuty.
                    """)
        }
        id = user.id
        self.email = email
        let name = [user.realName, user.name].first { !$0.isEmpty } ?? email
        self.name = String(String.UnicodeScalarView(name.unicodeScalars.prefix(Self.longestName)))
        timeZone = user.timeZone
    }

    private static func reason(against user: SlackUser, in workspace: Workspace) -> Mrkdwn? {
        let who = Mention.user(user.id)
        if user.isBot { return "\(who) is an app, and apps can't be on call." }
        if user.isDeactivated { return "\(who) is deactivated in Slack." }
        // In an organization people of one workspace are seen in others, under the workspace they came from.
        let isForeign = !user.teamID.isEmpty && user.teamID != workspace.id && workspace.organizationID == nil
        if user.isStranger || isForeign {
            return "\(who) belongs to another organization: somebody there can invite them."
        }
        if user.isGuest {
            return """
                \(who) is a guest in this workspace, and guests are not invited from here. An administrator can add \
                them in PagerDuty.
                """
        }
        return nil
    }
}
