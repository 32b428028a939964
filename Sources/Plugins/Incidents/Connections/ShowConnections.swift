import PagerDutyKit
import PluginAPI

/// `/pd connections`: what this channel follows, or what all of them do.
struct ShowConnections: Command {
    static let name = "connections"
    static let summary = "List what this channel follows"

    enum Scope: String, CaseIterable, ArgumentValue {
        case here, all
    }

    @Argument("here lists this channel's, all lists every channel's") var scope = Scope.here

    func run(_ context: Context<IncidentsPlugin>) async throws -> Reply {
        let channel = scope == .here && context.channel?.kind != .directMessage ? context.channel?.id : nil
        return .ephemeral(try await Self.list(of: channel, context).message)
    }

    static func list(of channel: String?, _ context: Context<IncidentsPlugin>) async throws -> ConnectionList {
        let connections = Connections(context)
        let found = if let channel { try await connections.of(channel: channel) } else { try await connections.all() }
        var list = ConnectionList(
            connections: found.sorted { ($0.channel.name, $0.source.name) < ($1.channel.name, $1.source.name) },
            channel: channel, slashCommand: context.slashCommand)
        let filtered = found.contains {
            if case .some(let ids, _) = $0.filter.priorities { !ids.isEmpty } else { false }
        }
        if filtered { list.priorities = await ConnectOptions(context).priorityNames() }
        return list
    }
}
