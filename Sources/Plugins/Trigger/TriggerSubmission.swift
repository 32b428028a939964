import PagerDutyKit
import PluginAPI

/// A submitted form on its way to an incident.
struct TriggerSubmission {
    private let person: Person
    private let fields: FieldValues
    private let key: String

    init(_ submission: Submission, workspace: Workspace) {
        person = submission.person
        fields = submission.fields
        // The form's own id: however often this form arrives, it is one incident.
        key = IncidentKey.make(workspace.id, submission.person.id, submission.view.id)
    }

    func reply(with pagerDuty: PagerDuty) async throws -> FormReply {
        switch incident {
        case .failure(let problems): return .errors(problems.byField)
        case .success(let incident):
            do {
                let made = try await TriggerAttempt(incident, as: pagerDuty.acting(as: person)).incident()
                return .close(telling: TriggerAnswer(incident: made).message)
            } catch let error as PagerDutyError {
                return .errors(TriggerProblems(error).byField)
            }
        }
    }

    /// What the fields say, or what is wrong with them.
    private var incident: Result<PagerDuty.NewIncident, TriggerProblems> {
        typealias Field = TriggerForm.Field
        var problems = TriggerProblems()
        let service = id(Field.service, "Choose a service.", &problems)
        let assignee = id(Field.assignee, "Choose a person.", &problems)
        let priority = id(Field.priority, "Choose a priority.", &problems)
        if service == nil { problems.byField[Field.service] = "Choose a service." }
        let title = oneLine(fields.string(Field.title) ?? "")
        if title.isEmpty { problems.byField[Field.title] = "Say in a few words what is wrong." }
        if title.utf16.count > TriggerForm.longestTitle {
            problems.byField[Field.title] = "At most \(TriggerForm.longestTitle) characters."
        }
        guard let service, problems.byField.isEmpty else { return .failure(problems) }
        return .success(
            PagerDuty.NewIncident(
                service: service, title: title, details: fields.string(Field.description),
                urgency: fields.string(Field.urgency).flatMap(PagerDuty.Urgency.init), priority: priority,
                assignee: assignee, key: key))
    }

    private func id(_ field: String, _ problem: String, _ problems: inout TriggerProblems) -> PagerDuty.ID? {
        guard let text = fields.string(field) else { return nil }
        let id = PagerDuty.ID(text)
        if id == nil { problems.byField[field] = problem }
        return id
    }

    /// Titles have one line; a pasted one may have several.
    private func oneLine(_ text: String) -> String {
        text.unicodeScalars.split { $0.properties.isWhitespace || $0.properties.generalCategory == .control }
            .map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
    }
}
