import PagerDutyKit
import PluginAPI

/// Which incident a click is about: the one whose message it was made on. What the control carries has to agree with
/// that, because a control's value comes back from outside.
enum IncidentClick {
    /// - Throws: ``Refused`` where the message shows no incident, or another one.
    static func button(_ action: ActionRequest, _ context: Context<IncidentsPlugin>) async throws -> PagerDuty.ID {
        try await incident(claimed: action.value.string.flatMap { PagerDuty.ID($0) }, action, context)
    }

    /// An entry of the menu.
    static func entry(
        _ action: ActionRequest, _ context: Context<IncidentsPlugin>
    ) async throws -> (IncidentControls.Entry, PagerDuty.ID) {
        let chosen = action.value.string.flatMap(IncidentControls.Entry.read)
        let incident = try await incident(claimed: chosen?.incident, action, context)
        guard let chosen else { throw Refused() }
        return (chosen.entry, incident)
    }

    private static func incident(
        claimed: PagerDuty.ID?, _ action: ActionRequest, _ context: Context<IncidentsPlugin>
    ) async throws -> PagerDuty.ID {
        guard let message = action.message,
            let key = try await context.messages.key(ofMessage: message.ts, in: message.channel),
            let shown = IncidentControls.incident(ofKey: key), shown == claimed
        else {
            throw try await refuse(claimed?.value ?? "unknown", context)
        }
        return shown
    }

    /// Notes what somebody tried.
    static func refuse(_ claimed: String, _ context: Context<IncidentsPlugin>) async throws -> Refused {
        try await context.audit("incident.click_refused", claimed)
        return Refused()
    }

    /// A click, or the form behind one, that is not bound to an incident's message here.
    struct Refused: PersonReadableError {
        let sentence =
            "This does not belong to a message of an incident here, so nothing was done. "
            + "Use the buttons of the incident's own message."
    }
}
