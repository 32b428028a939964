extension SlackSimulator {
    /// The replies to a message that everybody sees, oldest first.
    func replies(to ts: String, in channel: SlackChannel) -> [SlackMessage] {
        channel.messages.filter { $0.threadTS == ts && $0.ts != ts && $0.ephemeralFor == nil }
    }

    private func clientJSON(_ message: SlackMessage, in channel: SlackChannel) -> JSON {
        message.clientJSON(replyCount: replies(to: message.ts, in: channel).count)
    }

    private func audience(of message: SlackMessage, in channel: SlackChannel, of team: Int) -> Set<String> {
        if let person = message.ephemeralFor { return [person] }
        return workspaces[team].audience(of: channel)
    }

    /// Puts a message into a conversation, shows it and tells the app.
    @discardableResult func post(_ message: SlackMessage, to channelID: String, team: Int) -> SlackMessage {
        guard let index = workspaces[team].channelIndex(channelID) else { return message }
        workspaces[team].channels[index].messages.append(message)
        let excess = workspaces[team].channels[index].messages.count - SlackChannel.capacity
        if excess > 0 { workspaces[team].channels[index].messages.removeFirst(excess) }
        let channel = workspaces[team].channels[index]
        tell("message", message, in: channel, team: team)
        if message.ephemeralFor == nil {
            if let parent = channel.messages.first(where: { $0.ts == message.threadTS && $0.ts != message.ts }) {
                tell("message_changed", parent, in: channel, team: team)
            }
            announce(message, in: channel, team: team)
        }
        return message
    }

    private func tell(_ type: String, _ message: SlackMessage, in channel: SlackChannel, team: Int) {
        feed.send(
            ClientEvent(
                team: workspaces[team].id, people: audience(of: message, in: channel, of: team), type,
                ["channel": .string(channel.id), "message": clientJSON(message, in: channel)]))
    }

    /// Changes a message; nil where there is none with this time stamp.
    @discardableResult
    func change(
        ts: String, in channelID: String, team: Int, _ edit: (inout SlackMessage) -> Void
    ) -> SlackMessage? {
        guard let index = workspaces[team].channelIndex(channelID),
            let place = workspaces[team].channels[index].messages.firstIndex(where: { $0.ts == ts })
        else { return nil }
        let before = workspaces[team].channels[index].messages[place]
        edit(&workspaces[team].channels[index].messages[place])
        let message = workspaces[team].channels[index].messages[place]
        let channel = workspaces[team].channels[index]
        tell("message_changed", message, in: channel, team: team)
        if message.ephemeralFor == nil, message.editedTS != before.editedTS {
            announceChange(of: message, from: before, in: channel, team: team)
        }
        return message
    }

    /// Takes a message away; false where there is none with this time stamp.
    @discardableResult func remove(ts: String, from channelID: String, team: Int) -> Bool {
        guard let index = workspaces[team].channelIndex(channelID),
            let place = workspaces[team].channels[index].messages.firstIndex(where: { $0.ts == ts })
        else { return false }
        let message = workspaces[team].channels[index].messages.remove(at: place)
        let channel = workspaces[team].channels[index]
        feed.send(
            ClientEvent(
                team: workspaces[team].id, people: audience(of: message, in: channel, of: team), "message_deleted",
                ["channel": .string(channelID), "ts": .string(ts)]))
        if message.ephemeralFor == nil { announceDeletion(of: message, in: channel, team: team) }
        return true
    }

    /// A message that only exists on one person's page.
    func notice(_ text: String, to user: String, in channel: String, team: String) {
        feed.send(
            ClientEvent(
                team: team, people: [user], "notice", ["channel": .string(channel), "text": .string(text)]))
    }

    func channelsChanged(team: Int) {
        feed.send(ClientEvent(team: workspaces[team].id, people: nil, "channels_changed"))
    }

    /// What a person finds in a conversation: what everybody sees and what is for this person alone.
    func messages(in channel: SlackChannel, for user: String) -> [JSON] {
        channel.messages.filter { $0.ephemeralFor.map { $0 == user } ?? true }.map { clientJSON($0, in: channel) }
    }

    /// The direct message between a person and the app, made where there is none yet.
    func directMessage(with user: String, team: Int) -> SlackChannel {
        let bot = workspaces[team].bot.userID
        if let channel = workspaces[team].directMessage(between: user, and: bot) { return channel }
        let channel = SlackChannel(
            id: ids.id("D"), name: "", kind: .im, members: [user, bot], creator: bot,
            created: second)
        workspaces[team].channels.append(channel)
        channelsChanged(team: team)
        return channel
    }
}
