import PagerDutyKit
import PluginAPI

/// A press of a button in a list of connections.
struct ConnectionTurn {
    private let action: ActionRequest
    private let context: Context<IncidentsPlugin>

    init(_ action: ActionRequest, _ context: Context<IncidentsPlugin>) {
        self.action = action
        self.context = context
    }

    func edit() async throws -> Reply {
        guard let connection = try await connection() else { return Self.gone }
        _ = try await context.pagerDuty.acting(as: action.person).linked()
        let options = ConnectOptions(context)
        return .modal(loading: ConnectForm.title) {
            var form = ConnectForm(connection)
            form.priorities = await options.priorities()
            return form.view
        }
    }

    func disconnect() async throws -> Reply {
        guard let connection = try await connection() else { return Self.gone }
        try await ConnectionEnd(connection, by: action.person).carryOut(context)
        return .update(try await ShowConnections.list(of: context.channel?.id, context).message)
    }

    private func connection() async throws -> Connection? {
        guard let id = action.value.string.flatMap(PagerDuty.ID.init) else { return nil }
        return try await Connections(context).connection(id)
    }

    private static let gone = Reply.ephemeral("This connection has ended already.")
}
