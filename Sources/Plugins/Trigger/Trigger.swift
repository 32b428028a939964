import PagerDutyKit
import PluginAPI

/// `/pd trigger`: opens the form, with what was typed in its fields.
struct Trigger: Command {
    static let name = "trigger"
    static let summary = "Trigger an incident"

    @Argument("the impacted service, or a part of its name") var service: String?
    @Rest("what is wrong, in one line") var title = ""
    @Named("what is known so far") var description: String?
    @Named("who gets it, instead of whoever is on call") var assignTo: UserRef?
    @Named("a priority of your account, such as P1") var priority: String?
    @Named("high wakes people, low does not") var urgency: PagerDuty.Urgency?

    func run(_ context: Context<TriggerPlugin>) async throws -> Reply {
        // Who has no account linked is asked to link it before filling in a form that could not be sent.
        guard let person = context.person else { throw AccountError.notLinked(provider: PagerDuty.provider) }
        _ = try await context.pagerDuty.acting(as: person).linked()
        var form = TriggerForm(urgency: urgency ?? context.settings.defaultUrgency)
        form.title = title
        form.description = description ?? ""
        let search = TriggerSearch(service: service, assignee: assignTo, priority: priority)
        return .modal(loading: TriggerForm.title) { [form] in try await search.fill(form, context).view }
    }
}
