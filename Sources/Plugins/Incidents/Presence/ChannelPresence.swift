import FoundationEssentials
import PluginAPI

/// Notices that the app can no longer post in a channel that is connected, and tells whoever connected it: once, until it
/// is there again.
struct ChannelPresence {
    /// Asked about in one go, to leave Slack's budget to messages.
    static let mostChannels = 100
    static let prefix = "absent/"

    private let context: Context<IncidentsPlugin>

    init(_ context: Context<IncidentsPlugin>) {
        self.context = context
    }

    /// Why nothing can be posted.
    enum Absence: String, Codable {
        case removed, archived
        /// People of another organization came in, and nobody has said that they may read along.
        case shared
    }

    /// The channels in which incidents must not be shown: strangers are there.
    func closed() async throws -> Set<String> {
        let marks = try await context.store.list(prefix: Self.prefix, as: Absence.self, limit: 1_000)
        return Set(marks.filter { $0.value == .shared }.map { String($0.key.dropFirst(Self.prefix.count)) })
    }

    func lookAtAll() async throws {
        let channels = Set(try await Connections(context).all().map(\.channel.id))
        for channel in channels.sorted().prefix(Self.mostChannels) { try await look(at: channel) }
    }

    func look(at channel: String?) async throws {
        guard let channel, !channel.isEmpty, channel.utf8.count <= 64 else { return }
        let connections = try await Connections(context).of(channel: channel)
        guard let first = connections.first else { return }
        let absence: Absence?
        do {
            let seen = try await context.slack.conversation(channel)
            let isClosed = seen.isShared && !context.settings.allowsSharedChannels
            absence = seen.isArchived ? .archived : !seen.isMember ? .removed : isClosed ? .shared : nil
        } catch let error as SlackError where error.code == "channel_not_found" {
            absence = .removed
        }
        let key = Self.prefix + channel
        guard let absence else { return try await context.store.delete(key) }
        guard try await context.store.get(key, as: Absence.self) != absence else { return }
        try await context.store.put(absence, at: key)
        let people = Set(connections.compactMap(\.createdBy)).sorted()
        context.log.error(
            "A connected channel takes no messages any more",
            ["channel": channel, "because": absence.rawValue, "connections": "\(connections.count)"])
        for person in people.prefix(5) {
            try await context.messages.show(
                message(absence, first.channel, connections), as: "\(key)/\(Int64(context.now.timeIntervalSince1970))",
                in: person)
        }
    }

    private func message(_ absence: Absence, _ channel: Connection.Place, _ connections: [Connection]) -> Message {
        let names = connections.prefix(5).map { "*\($0.source.name.clipped)*" as Mrkdwn }.joined(separator: ", ")
        let place: Mrkdwn = "\(Mention.channel(channel.id)) (\(channel.name.clipped))"
        return switch absence {
        case .removed:
            """
            ⚠️ I am no longer in \(place), so incidents of \(names) do not show up there. Invite \
            \(Mention.user(context.workspace.botUserID)) to it again, or disconnect it with \
            `\(context.slashCommand) connections all`.
            """
        case .shared:
            """
            ⚠️ People of another organization can read \(place) now, so incidents of \(names) are no longer shown there. \
            Connect a channel that is not shared, or ask an administrator of this app to allow it.
            """
        case .archived:
            """
            ⚠️ \(place) is archived, so incidents of \(names) do not show up there. Connect another channel with \
            `\(context.slashCommand) connect`.
            """
        }
    }
}
