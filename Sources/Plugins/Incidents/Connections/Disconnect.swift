import PagerDutyKit
import PluginAPI

/// `/pd disconnect`: ends a connection of this channel.
struct Disconnect: Command {
    static let name = "disconnect"
    static let summary = "Stop showing a service's or a team's incidents here"

    @Rest("the service or team, or a part of its name") var source = ""

    func run(_ context: Context<IncidentsPlugin>) async throws -> Reply {
        guard let person = context.person else { throw AccountError.notLinked(provider: PagerDuty.provider) }
        let channel = context.channel?.kind == .directMessage ? nil : context.channel?.id
        let list = try await ShowConnections.list(of: channel, context)
        guard !source.isEmpty, channel != nil else { return .ephemeral(list.message) }
        switch NameMatch.find(source, among: list.connections, by: \.source.name) {
        case .one(let connection):
            try await ConnectionEnd(connection, by: person).carryOut(context)
            return .ephemeral(
                "This channel no longer follows the \(connection.source.kind.noun) *\(connection.source.name.clipped)*."
            )
        case .several(let connections):
            var few = list
            few.connections = connections
            return .ephemeral(few.message)
        case .none:
            throw UsageError("Nothing that this channel follows is called “\(source.oneLine.clipped(to: 80))”")
        }
    }
}
