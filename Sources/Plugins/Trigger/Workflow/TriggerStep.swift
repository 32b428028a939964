import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// "Trigger an incident" as a step of a workflow: people without a PagerDuty licence can trigger by a workflow that
/// somebody with one stands behind.
///
/// Slack does not say who made a workflow, and whoever makes one can name anybody. So the step acts for the person whom the
/// workflow names, and only where that person has said that workflows may.
struct TriggerStep: Step {
    static let id = "incident"
    static let title = "Trigger Incident"
    static let summary = "Triggers an incident in PagerDuty"
    static let outputs: [StepOutput] = [
        .text("impacted_technical_service", "Impacted technical service"),
        .number("incident_number", "Incident number"),
        .text("incident_title", "Incident title"),
        .text("incident_url", "Incident URL"),
    ]

    @Argument("the service's name or id in PagerDuty") var impactedService: String
    @Argument("what is wrong, in one line") var title: String
    @Argument("the person whose PagerDuty account triggers it; they are asked once whether workflows may")
    var onBehalfOf: UserRef
    @Argument("who gets it, instead of whoever is on call") var assignTo: UserRef?
    @Argument("a priority of your account, such as P1") var priority: String?
    @Argument("what is known so far") var description: String?

    func run(_ execution: StepExecution, _ context: Context<TriggerPlugin>) async throws -> StepOutputs {
        let person = Person(
            id: onBehalfOf.id, teamID: context.workspace.id, organizationID: context.workspace.organizationID)
        guard try await context.account(PagerDuty.provider).linked(person) != nil else {
            throw Refusal(
                "\(Self.mention(person)) has linked no PagerDuty account. They can link one with "
                    + "\(context.slashCommand) trigger, or the workflow can name somebody else.")
        }
        try await WorkflowConsent(person: person).require(context)
        do {
            let incident = try await TriggerAttempt(
                try await incident(execution, context), as: context.pagerDuty.acting(as: person)
            ).incident()
            try await WorkflowConsent(person: person).tell(of: incident, context)
            return Self.outputs(incident)
        } catch let error as PagerDutyError {
            throw later(error, execution, context)
        }
    }

    private func incident(
        _ execution: StepExecution, _ context: Context<TriggerPlugin>
    ) async throws -> PagerDuty.NewIncident {
        let oneLine = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !oneLine.isEmpty else { throw Refusal("“Title” is empty: say in a few words what is wrong.") }
        guard oneLine.utf16.count <= TriggerForm.longestTitle else {
            throw Refusal("“Title” is too long: at most \(TriggerForm.longestTitle) characters.")
        }
        let search = TriggerSearch(service: impactedService, assignee: assignTo, priority: priority)
        let form = try await search.fill(TriggerForm(urgency: context.settings.defaultUrgency), context)
        guard form.remarks.isEmpty, let service = form.service else {
            let remarks = form.remarks.map(\.source).joined(separator: " ")
            throw Refusal(remarks.isEmpty ? "“Impacted service” names no service." : remarks)
        }
        return PagerDuty.NewIncident(
            service: service.id, title: oneLine, details: description, urgency: form.urgency,
            priority: form.priority?.id, assignee: form.assignee?.id,
            // However often Slack sends this execution, it is one incident.
            key: IncidentKey.make(context.workspace.id, "workflow", execution.id))
    }

    /// What a moment may mend is tried again, for as long as an incident is still news.
    private func later(
        _ error: PagerDutyError, _ execution: StepExecution, _ context: Context<TriggerPlugin>
    ) -> any Error {
        let isPassing =
            switch error.reason {
            case .unreachable, .broken, .unreadable, .rateLimited: true
            default: false
            }
        guard isPassing, context.now.timeIntervalSince(execution.startedAt) < 90 else { return error }
        return Snooze(for: .seconds(error.retryAfter.map { min($0, 30) } ?? 5))
    }

    private static func outputs(_ incident: PagerDuty.Incident) -> StepOutputs {
        [
            "impacted_technical_service": .string(incident.service?.name ?? ""),
            "incident_number": incident.number.map { .integer(Int64($0)) } ?? .null,
            "incident_title": .string(incident.title), "incident_url": .string(incident.link?.address ?? ""),
        ]
    }

    static func mention(_ person: Person) -> String { person.mention.source }
}
