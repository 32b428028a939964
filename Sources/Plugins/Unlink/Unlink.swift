import PluginAPI

/// `/pd unlink`.
struct Unlink: Command {
    static let name = "unlink"
    static let summary = "Unlink your PagerDuty account from Slack"

    func run(_ context: Context<UnlinkPlugin>) async throws -> Reply {
        guard let person = context.person else { return .nothing }
        let account = context.account(UnlinkPlugin.provider)
        guard let unlinked = try await account.unlink(person) else {
            return .ephemeral("Your Slack user isn't linked to a PagerDuty account, so there is nothing to unlink.")
        }
        // Which account it was in is worth a word, not a failure; one without an id is known by the service's name only.
        let mapped = try? await account.mapped()
        let place: Mrkdwn = mapped.map { $0.id.isEmpty ? "" : " in the account *\($0.name)*" } ?? ""
        return .ephemeral(
            Message(
                """
                Unlinked from *\(unlinked.account.name)* (\(unlinked.account.email))\(place). Nothing more is done in \
                PagerDuty as you.\(Self.rest(unlinked)) You are asked to link again the next time it is needed.
                """))
    }

    private static func rest(_ unlinked: Unlinked) -> Mrkdwn {
        unlinked.isRevoked
            ? " The access was revoked in PagerDuty too."
            : " The token itself still exists in PagerDuty: delete it there under *My Profile* → *User Settings*."
    }
}
