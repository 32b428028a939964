import PagerDutyKit
import PluginAPI

/// A submitted form on its way to PagerDuty, with the person's own token.
struct IncidentSubmission: Sendable {
    private typealias Field = IncidentForm.Field
    private let entry: IncidentControls.Entry
    private let submission: Submission
    private let context: Context<IncidentsPlugin>

    init(_ entry: IncidentControls.Entry, _ submission: Submission, _ context: Context<IncidentsPlugin>) {
        self.entry = entry
        self.submission = submission
        self.context = context
    }

    func reply() async throws -> FormReply {
        guard let incident = PagerDuty.ID(submission.view.privateMetadata),
            try await context.store.get(IncidentRecord.key(incident), as: IncidentRecord.self) != nil
        else { throw try await IncidentClick.refuse("form", context) }
        do {
            return try await carryOut(on: incident)
        } catch let error as PagerDutyError {
            return .error(at: field, Self.words(error))
        }
    }

    private func carryOut(on incident: PagerDuty.ID) async throws -> FormReply {
        let turn = IncidentTurn(incident, submission.person, context)
        let fields = submission.fields
        switch entry {
        case .note:
            guard let text = fields.string(Field.text) else { return .error(at: field, "Write a note.") }
            try await turn.write(.note(text, on: incident), "note")
        case .status:
            guard let text = fields.string(Field.text) else { return .error(at: field, "Write an update.") }
            try await turn.write(.statusUpdate(text, on: incident), "status_update")
        case .snooze:
            guard let hours = fields.string(Field.choice).flatMap({ Int($0) }), IncidentForm.hours.contains(hours)
            else { return .error(at: field, "Choose how long.") }
            try await turn.write(.snooze(incident, seconds: hours * 3600), "snooze")
        case .escalate:
            guard let level = fields.string(Field.choice).flatMap({ Int($0) }), (1...100).contains(level) else {
                return .error(at: field, "Choose a level.")
            }
            try await turn.write(.change(incident, to: .level(level)), "escalate")
        case .priority:
            guard let priority = choice else { return .error(at: field, "Choose a priority.") }
            try await turn.write(.change(incident, to: .priority(priority)), "change_priority")
        case .play:
            guard let workflow = choice else { return .error(at: field, "Choose a workflow.") }
            try await turn.write(.run(workflow, on: incident), "run_play")
        case .reassign:
            guard !people.isEmpty else { return .error(at: field, "Choose at least one person.") }
            try await turn.write(.change(incident, to: .assignees(people)), "reassign")
        case .responders:
            guard !people.isEmpty else { return .error(at: field, "Choose at least one person.") }
            let linked = try await context.pagerDuty.acting(as: submission.person).linked()
            guard let requester = PagerDuty.ID(linked.userID) else { throw IncidentClick.Refused() }
            let message = fields.string(Field.text) ?? "Please help with this incident."
            try await turn.write(
                .responders(people, on: incident, saying: message, requester: requester), "add_responders")
        case .details, .channel, .reopen: break
        }
        return .close
    }

    /// Where a problem is put.
    private var field: String {
        switch entry {
        case .note, .status: Field.text
        case .reassign, .responders: Field.people
        default: Field.choice
        }
    }

    private var choice: PagerDuty.ID? { submission.fields.string(Field.choice).flatMap { PagerDuty.ID($0) } }

    private var people: [PagerDuty.ID] { submission.fields[Field.people].strings.compactMap { PagerDuty.ID($0) } }

    /// PagerDuty's own words where it says what is wrong with what was entered.
    private static func words(_ error: PagerDutyError) -> String {
        guard error.reason == .invalid, let detail = error.details.first?.oneLine, !detail.isEmpty else {
            return error.sentence
        }
        let isSentence = [".", "!", "?"].contains(detail.unicodeScalars.last)
        return "PagerDuty says: \(detail.clipped)\(isSentence ? "" : ".")"
    }
}
