import PluginAPI

extension IncidentsPlugin {
    /// Which channel follows what.
    var connectionRoutes: [Route<IncidentsPlugin>] {
        [
            Handle(Connect.self),
            Handle(ShowConnections.self),
            Handle(Disconnect.self),
            OnOptions(ConnectForm.Field.source) { query, context in
                await ConnectOptions(context).sources(typed: query.typed)
            },
            OnSubmit(ConnectForm.id) { submission, context in
                try await ConnectSubmission(submission).reply(context)
            },
            OnAction(ConnectionList.Action.edit) { action, context in
                try await ConnectionTurn(action, context).edit()
            },
            OnAction(ConnectionList.Action.disconnect) { action, context in
                try await ConnectionTurn(action, context).disconnect()
            },
        ]
    }
}
