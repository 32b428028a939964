import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// The way back for whoever resolved an incident by mistake, for a minute.
///
/// Who may go back is remembered here and not in the button, so that nobody else's click opens an incident.
struct Undo: Sendable {
    static let action = "undo"
    static let lifetime: TimeInterval = 60

    private let person: Person
    private let context: Context<IncidentsPlugin>

    init(_ person: Person, _ context: Context<IncidentsPlugin>) {
        self.person = person
        self.context = context
    }

    /// The answer to somebody who has just resolved an incident.
    func offer(for incident: PagerDuty.Incident) async throws -> Message {
        try await context.store.put(
            true, at: key(incident.id), expires: context.now.addingTimeInterval(Self.lifetime))
        let words: Mrkdwn = "You resolved \(IncidentName(incident).link(limit: 150))."
        return Message(words) {
            Block.section(.mrkdwn(words))
            Block.actions(.button("Undo", action: Self.action, value: incident.id.value))
            Block.context("Undo opens it again; that is offered for a minute.")
        }
    }

    func take(_ action: ActionRequest) async throws -> Reply {
        guard let incident = action.value.string.flatMap({ PagerDuty.ID($0) }),
            try await context.store.get(key(incident), as: Bool.self) == true
        else {
            return .update("It is too late to undo this here: open the incident again from its message.")
        }
        let outcome = try await IncidentTurn(incident, person, context).reopen()
        try await context.store.delete(key(incident))
        return .update(Message(outcome.words))
    }

    private func key(_ incident: PagerDuty.ID) -> String { "undo/\(person.teamID)/\(person.id)/\(incident)" }
}
