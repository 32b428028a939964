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

    /// - Throws: `Refusal` with the mend.
    func check() async throws {
        guard let channel = context.channel else { return }
        switch channel.kind {
        case .channel: return
        case .privateGroup:
            if try await isMember(of: channel) { return }
            throw Refusal(
                "I'm not in this private channel. Type `/invite \(appMention)` to add me, then ask again.")
        case .directMessage:
            if try await isOwn(channel) { return }
            throw Refusal(
                "This doesn't work in direct messages between people. Ask in a channel, or in your direct message with "
                    + "\(appMention).")
        }
    }

    private var appMention: String {
        context.workspace.botUserID.isEmpty ? "me" : "<@\(context.workspace.botUserID)>"
    }

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
