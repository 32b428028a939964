import PluginAPI

/// Whether on-call answers may be given where somebody asks: not in private channels without the app, where nobody
/// could share them, and not in direct messages between other people.
///
/// - SeeAlso: "Slack V2 Integration Guide" in PagerDuty's knowledge base, on `/pd oncall`.
struct OnCallPlace {
    private let context: Context<OnCallPlugin>

    init(_ context: Context<OnCallPlugin>) {
        self.context = context
    }

    /// What stands against answering here, and the mend; nothing where it is fine.
    func objection() async throws -> Mrkdwn? {
        guard let channel = context.channel else { return nil }
        switch channel.kind {
        case .channel: return nil
        case .privateGroup:
            if try await isMember(of: channel) { return nil }
            return "I'm not in this private channel. Type `/invite` \(app) to add me, then ask again."
        case .directMessage:
            if try await isOwn(channel) { return nil }
            return """
                This doesn't work in direct messages between people. Ask in a channel, or in your direct message with \
                \(app).
                """
        }
    }

    private var app: Mrkdwn { Mention.user(context.workspace.botUserID) }

    /// Slack tells an app nothing of private channels that it is not in.
    private func isMember(of channel: Channel) async throws -> Bool {
        do {
            return try await context.slack.conversation(channel.id).isMember
        } catch let error as SlackError where error.code == "channel_not_found" {
            return false
        }
    }

    private func isOwn(_ channel: Channel) async throws -> Bool {
        do {
            return try await context.slack.conversation(channel.id).isDirectMessage
        } catch let error as SlackError where error.code == "channel_not_found" {
            return false
        }
    }
}
