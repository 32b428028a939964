import PagerDutyKit
import PluginAPI

/// The form behind an entry of the menu. The view carries the incident; Slack gives that back as it was.
struct IncidentForm: Sendable {
    /// The fields' ids, which errors are put at.
    enum Field {
        static let text = "text"
        static let choice = "choice"
        static let people = "people"
    }

    /// What a snooze can last, in hours; PagerDuty takes up to a week.
    static let hours = [1, 4, 8, 24, 72, 168]

    let entry: IncidentControls.Entry
    let incident: PagerDuty.ID
    /// What the menu in the form offers, where it has one.
    var options: [Option] = []

    init(_ entry: IncidentControls.Entry, _ incident: PagerDuty.ID) {
        self.entry = entry
        self.incident = incident
    }

    /// At most 24 characters.
    static func title(_ entry: IncidentControls.Entry) -> String { entry.label }

    /// With what has to be asked for first.
    static func filled(
        _ entry: IncidentControls.Entry, _ incident: PagerDuty.ID, _ person: Person,
        _ context: Context<IncidentsPlugin>
    ) async throws -> IncidentForm {
        var form = IncidentForm(entry, incident)
        let pagerDuty = context.pagerDuty.acting(as: person)
        switch entry {
        case .escalate:
            guard let policy = try await pagerDuty.read(.incident(incident)).escalationPolicy else { break }
            let rules = try await pagerDuty.read(.escalationPolicy(policy.id)).rules
            form.options = rules.prefix(100).enumerated().map { index, rule in
                let names = rule.targets.prefix(5).map(\.name.oneLine).joined(separator: ", ")
                return .choice("Level \(index + 1): \(names)", value: String(index + 1))
            }
        case .priority:
            let priorities = try await pagerDuty.read(PagerDutyList<PagerDuty.Priority>.priorities.page(limit: 100))
            form.options = priorities.elements.map { .choice($0.name, $0.id) }
        case .play:
            let triggers = try await pagerDuty.read(.manualWorkflows)
            form.options = triggers.prefix(100).map { .choice($0.workflow.name, $0.workflow.id) }
        default: break
        }
        return form
    }

    /// People of the account, for a field with type-ahead.
    static func people(typed: String, _ context: Context<IncidentsPlugin>) async -> OptionsReply {
        let found = try? await context.pagerDuty.read(
            PagerDutyList<PagerDuty.User>.users(matching: typed).page(limit: 50))
        return .options(found?.elements.map { .choice($0.name, $0.id) } ?? [])
    }

    var view: View {
        if let lack { return .modal(Self.title(entry), close: "Close") { Block.section(.mrkdwn(lack)) } }
        return .modal(
            Self.title(entry), submit: submit, close: "Cancel", id: entry.rawValue, privateMetadata: incident.value,
            blocks: fields)
    }

    /// Why there is nothing to fill in.
    private var lack: Mrkdwn? {
        guard options.isEmpty else { return nil }
        switch entry {
        case .play: return "There is no workflow in your PagerDuty account that can be started by hand."
        case .priority: return "Your PagerDuty account has no priorities."
        case .escalate: return "PagerDuty does not tell the levels of this incident's escalation policy."
        default: return nil
        }
    }

    private var submit: String {
        switch entry {
        case .note: "Add note"
        case .escalate: "Escalate"
        case .play: "Run"
        case .reassign: "Reassign"
        case .snooze: "Snooze"
        case .priority: "Change"
        case .responders: "Ask for help"
        case .status: "Publish"
        case .details, .channel, .reopen: "OK"
        }
    }

    private var fields: [Block] {
        switch entry {
        case .note:
            [
                .input(
                    "Note", .textInput(action: Field.text, multiline: true, min: 1, max: 3000, focus: true),
                    hint: "Everybody who sees the incident in PagerDuty can read it.")
            ]
        case .status:
            [
                .input(
                    "Status update", .textInput(action: Field.text, multiline: true, min: 1, max: 3000, focus: true),
                    hint: "It is sent to everybody who follows the incident.")
            ]
        case .snooze:
            [
                .input(
                    "For how long",
                    .radioButtons(
                        action: Field.choice,
                        options: Self.hours.map { Option(Self.name(ofHours: $0), value: String($0)) }, initial: "1"),
                    hint: "After that it is triggered again.")
            ]
        case .escalate:
            [.input("To which level", .select(.options(options), action: Field.choice, placeholder: "Choose a level"))]
        case .play:
            [.input("Workflow", .select(.options(options), action: Field.choice, placeholder: "Choose a workflow"))]
        case .priority:
            [.input("Priority", .select(.options(options), action: Field.choice, placeholder: "Choose a priority"))]
        case .reassign:
            [
                .input(
                    "To whom",
                    .multiSelect(
                        .external(minQueryLength: 0), action: Field.people, max: 10, placeholder: "Search people"),
                    hint: "The escalation policy stops there.")
            ]
        case .responders:
            [
                .input(
                    "Whom to ask",
                    .multiSelect(
                        .external(minQueryLength: 0), action: Field.people, max: 50, placeholder: "Search people")),
                .input(
                    "What to tell them", .textInput(action: Field.text, multiline: true, max: 1000), optional: true),
            ]
        case .details, .channel, .reopen: []
        }
    }

    private static func name(ofHours hours: Int) -> String {
        switch hours {
        case 1: "1 hour"
        case ..<25: "\(hours) hours"
        case 168: "1 week"
        default: "\(hours / 24) days"
        }
    }
}

extension IncidentControls.Entry {
    /// Whether it opens a form of this kind; channels have one of their own.
    var hasForm: Bool { ![.details, .channel, .reopen].contains(self) }
}
