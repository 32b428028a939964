import PagerDutyKit
import PluginAPI

/// Whether workflows may trigger incidents with a person's PagerDuty account: asked in the person's direct message, and
/// answered there by nobody else.
struct WorkflowConsent {
    static let allowAction = "workflow-allow"
    static let refuseAction = "workflow-refuse"

    let person: Person

    private struct Answer: Codable, Sendable {
        var isGiven: Bool
    }

    private var key: String { "workflow-consent/\(person.teamID)/\(person.id)" }

    /// - Throws: ``Refusal`` where it was not given; where it was never asked for, it is asked for now.
    func require(_ context: Context<TriggerPlugin>) async throws {
        switch try await context.store.get(key, as: Answer.self)?.isGiven {
        case true?: return
        case false?:
            throw Refusal(
                "\(TriggerStep.mention(person)) does not let workflows trigger incidents. Name somebody else in the workflow."
            )
        case nil:
            try await ask(context)
            throw Refusal(
                "\(TriggerStep.mention(person)) must first allow workflows to trigger incidents: they were asked in their "
                    + "direct message with the app. Start the workflow again when they have.")
        }
    }

    /// Keeps what the person decided.
    static func keep(_ isGiven: Bool, of person: Person, _ context: Context<TriggerPlugin>) async throws -> Reply {
        let consent = WorkflowConsent(person: person)
        try await context.store.put(Answer(isGiven: isGiven), at: consent.key)
        try await context.audit(isGiven ? "workflow.allowed" : "workflow.refused", person.id)
        return .update(isGiven ? consent.allowed : consent.refused)
    }

    /// The person learns of each incident that a workflow makes with their account.
    func tell(of incident: PagerDuty.Incident, _ context: Context<TriggerPlugin>) async throws {
        let name = incident.number.map { "incident #\($0)" } ?? "incident \(incident.id)"
        let link = incident.link.map { Mention.link($0.address, name) } ?? name.escaped()
        let text: Mrkdwn = "A workflow triggered \(link) as you: \(incident.title.escaped(limit: 500))"
        try await context.messages.show(
            Message(text) {
                Block.section(.mrkdwn(text))
                Block.actions(.button("Stop workflows", action: Self.refuseAction))
            }, as: "workflow/\(incident.id)", in: try await context.slack.openDirectMessage(with: person.id))
    }

    /// Once: a workflow that runs every minute must not fill anybody's messages.
    private func ask(_ context: Context<TriggerPlugin>) async throws {
        let text: Mrkdwn =
            "A workflow wants to trigger an incident in PagerDuty as you. May workflows of this workspace do that? Whoever can make a workflow here can then name you in it; you are told of each incident."
        try await context.messages.show(
            Message(text) {
                Block.section(.mrkdwn(text))
                Block.actions(
                    .button("Allow workflows", action: Self.allowAction, style: .primary),
                    .button("Don't allow", action: Self.refuseAction))
            }, as: "workflow-question", in: try await context.slack.openDirectMessage(with: person.id))
    }

    private var allowed: Message {
        let text: Mrkdwn =
            "Workflows may trigger incidents as you. The one that asked was not carried out: start it again if it is still needed."
        return Message(text) {
            Block.section(.mrkdwn(text))
            Block.actions(.button("Stop workflows", action: Self.refuseAction))
        }
    }

    private var refused: Message {
        let text: Mrkdwn = "Workflows may not trigger incidents as you."
        return Message(text) {
            Block.section(.mrkdwn(text))
            Block.actions(.button("Allow workflows", action: Self.allowAction))
        }
    }
}
