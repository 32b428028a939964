import PagerDutyKit
import PluginAPI

/// Turns the words of the command into what they name in PagerDuty.
struct TriggerSearch: Sendable {
    let service: String?
    let assignee: UserRef?
    let priority: String?

    /// - Returns: the form with what was found chosen, and a remark on what was not.
    /// - Throws: `PagerDutyError` or `AccountError` where services can't be read; without them there is no incident.
    func fill(_ form: TriggerForm, _ context: Context<TriggerPlugin>) async throws -> TriggerForm {
        let pagerDuty = context.pagerDuty
        // At once: a person waits, and the three have nothing to do with each other.
        async let services = services(pagerDuty)
        async let priorities = priorities(pagerDuty)
        async let people = people(context)

        var form = form
        choose(try await services, in: &form)
        form.priorities = await priorities
        choosePriority(in: &form)
        form.assignee = await people
        if let assignee, form.assignee == nil {
            form.remarks.append("\(Mention.user(assignee.id)) has no PagerDuty user that takes incidents.")
        }
        return form
    }

    private func services(_ pagerDuty: PagerDuty) async throws -> NameMatch.Found<PagerDuty.Service>? {
        guard let service, !service.isEmpty else { return nil }
        return try await ServiceSearch(read: { try await pagerDuty.read($0) }).named(service)
    }

    private func choose(_ found: NameMatch.Found<PagerDuty.Service>?, in form: inout TriggerForm) {
        switch found {
        case .one(let service)? where service.takesIncidents: form.service = service
        case .one(let service)?: form.remarks.append("*\(service.name)* is disabled and takes no incidents.")
        case .several(let services)?:
            let names = services.prefix(5).map { "*\($0.name)*" as Mrkdwn }.joined(separator: ", ")
            form.remarks.append("“\(Self.quote(service))” could be \(names): choose one.")
        case .none?: form.remarks.append("No service is called “\(Self.quote(service))”: choose one.")
        case nil: break
        }
    }

    /// An account without priorities, or one whose plan has none, gets a form without the field: a missing priority must
    /// not stand in the way of an incident.
    private func priorities(_ pagerDuty: PagerDuty) async -> [PagerDuty.Priority] {
        (try? await pagerDuty.read(.priorities, limit: 100))?.elements ?? []
    }

    private func choosePriority(in form: inout TriggerForm) {
        guard let priority, !priority.isEmpty else { return }
        if case .one(let found) = NameMatch.find(priority, among: form.priorities, by: \.name) {
            form.priority = found
        } else {
            form.remarks.append("There is no priority “\(Self.quote(priority))”.")
        }
    }

    /// The person's user in PagerDuty, known by the e-mail address.
    private func people(_ context: Context<TriggerPlugin>) async -> PagerDuty.User? {
        guard let assignee, let email = try? await context.slack.user(assignee.id).email,
            let page = try? await context.pagerDuty.read(PagerDutyList.users(matching: email).page())
        else { return nil }
        return page.elements.first { $0.hasEmail(email) && $0.role?.takesIncidents ?? true }
    }

    /// What was typed, short enough to repeat.
    private static func quote(_ text: String?) -> Mrkdwn { (text ?? "").escaped(limit: 80) }
}
