import PluginAPI

/// Makes sure that the app can post in a channel: it joins a public one, and says how to invite it into a private one.
struct ChannelAccess {
    private let context: Context<IncidentsPlugin>

    init(_ context: Context<IncidentsPlugin>) {
        self.context = context
    }

    /// - Returns: the channel, or what a person can do about it.
    /// - Throws: `SlackError` where Slack cannot be asked.
    func enter(_ id: String) async throws -> Result<Connection.Place, Refusal> {
        let channel: SlackConversation
        do {
            channel = try await context.slack.conversation(id)
        } catch let error as SlackError {
            guard error.code == "channel_not_found" else { throw error }
            return .failure(Refusal("I can't see this channel. \(await invitation)"))
        }
        guard !channel.isDirectMessage, !channel.isGroupMessage else {
            return .failure(Refusal("Choose a channel: direct messages can't be connected."))
        }
        guard !channel.isArchived else { return .failure(Refusal("This channel is archived: choose another one.")) }
        guard !channel.isShared || context.settings.allowsSharedChannels else {
            return .failure(
                Refusal("People of another organization are in this channel. Choose one that is not shared."))
        }
        guard !channel.isMember else { return .success(place(channel)) }
        guard !channel.isPrivate else { return .failure(Refusal("I am not in this channel. \(await invitation)")) }
        do {
            _ = try await context.slack.call("conversations.join", ["channel": .string(id)])
            return .success(place(channel))
        } catch let error as SlackError where error.retryAfter == nil {
            return .failure(Refusal("I can't join this channel by myself. \(await invitation)"))
        }
    }

    private func place(_ channel: SlackConversation) -> Connection.Place {
        Connection.Place(id: channel.id, name: channel.name)
    }

    private var invitation: String {
        get async {
            let name = try? await context.slack.user(context.workspace.botUserID).name
            return "Type /invite @\(name ?? "BotHost") in it, then submit this form again."
        }
    }
}
