import PagerDutyKit
import PluginAPI

/// The menu "More actions…": each entry opens a form, but Reopen, which needs none.
struct IncidentMenu: Sendable {
    private let incident: PagerDuty.ID
    private let person: Person
    private let context: Context<IncidentsPlugin>

    init(_ incident: PagerDuty.ID, _ person: Person, _ context: Context<IncidentsPlugin>) {
        self.incident = incident
        self.person = person
        self.context = context
    }

    func open(_ entry: IncidentControls.Entry) async throws -> Reply {
        // Somebody without an account is asked for it now, not after filling in a form.
        _ = try await context.pagerDuty.acting(as: person).linked()
        switch entry {
        case .reopen:
            let outcome = try await IncidentTurn(incident, person, context).reopen()
            return outcome.isDone ? .nothing : .ephemeral(Message(outcome.words))
        case .details:
            return .modal(loading: IncidentDetails.title) { [self] in
                try await IncidentDetails.read(incident, person, context).view
            }
        case .channel:
            return .modal(loading: ChannelForm.title) { [self] in
                try await ChannelForm.filled(incident, person, context).view
            }
        case .note, .status, .snooze:
            return .modal(IncidentForm(entry, incident).view)
        case .escalate, .play, .reassign, .priority, .responders:
            return .modal(loading: IncidentForm.title(entry)) { [self] in
                try await IncidentForm.filled(entry, incident, person, context).view
            }
        }
    }
}
