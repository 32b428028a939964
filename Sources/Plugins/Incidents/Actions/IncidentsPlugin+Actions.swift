import PluginAPI

extension IncidentsPlugin {
    /// What people do with an incident's message.
    var actionRoutes: [Route<IncidentsPlugin>] {
        [
            Handle(Acknowledge.self),
            Handle(Resolve.self),
            Handle(AddNote.self),
            OnAction(IncidentControls.acknowledge) { action, context in
                try await IncidentTurn(IncidentClick.button(action, context), action.person, context).acknowledge()
            },
            OnAction(IncidentControls.resolve) { action, context in
                try await IncidentTurn(IncidentClick.button(action, context), action.person, context).resolve()
            },
            OnAction(IncidentControls.more) { action, context in
                let (entry, incident) = try await IncidentClick.entry(action, context)
                return try await IncidentMenu(incident, action.person, context).open(entry)
            },
            OnAction(Undo.action) { action, context in try await Undo(action.person, context).take(action) },
            OnOptions(IncidentForm.Field.people) { query, context in
                await IncidentForm.people(typed: query.typed, context)
            },
        ]
            + IncidentControls.Entry.allCases.filter(\.hasForm).map { entry in
                OnSubmit(entry.rawValue) { submission, context in
                    try await IncidentSubmission(entry, submission, context).reply()
                }
            }
    }
}
