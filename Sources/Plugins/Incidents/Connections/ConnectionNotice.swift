import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// What a channel is told of its own connections.
struct ConnectionNotice {
    private let context: Context<IncidentsPlugin>

    init(_ context: Context<IncidentsPlugin>) {
        self.context = context
    }

    func added(_ connection: Connection) async throws {
        let who: Mrkdwn = connection.createdBy.map { " by \(Mention.user($0))" } ?? .empty
        let names = await priorityNames(connection)
        let filter: Mrkdwn = ConnectionWords.filter(connection.filter, priorities: names).map { " (\($0))" } ?? .empty
        let message = Message(
            """
            🔔 A PagerDuty integration has been added to this channel\(who): incidents of the \
            \(connection.source.kind.noun) *\(connection.source.name.clipped)*\(filter) show up here. \
            `\(context.slashCommand) connections` lists what this channel follows.
            """)
        try await context.messages.show(message, as: key("added", connection), in: connection.channel.id)
    }

    func removed(_ connection: Connection, by person: Person) async throws {
        let message = Message(
            """
            🔕 \(person.mention) has removed the PagerDuty integration with the \(connection.source.kind.noun) \
            *\(connection.source.name.clipped)* from this channel.
            """)
        try await context.messages.show(message, as: key("removed", connection), in: connection.channel.id)
    }

    /// Each notice is a message of its own: a later one must not change an earlier one far above.
    private func key(_ what: String, _ connection: Connection) -> String {
        "connection/\(connection.id)/\(what)/\(Int64(context.now.timeIntervalSince1970 * 1_000))"
    }

    private func priorityNames(_ connection: Connection) async -> [PagerDuty.ID: String] {
        guard case .some(let ids, _) = connection.filter.priorities, !ids.isEmpty else { return [:] }
        return await ConnectOptions(context).priorityNames()
    }
}
