import PagerDutyKit
package import PluginAPI

/// `/pd trigger`: makes an incident in PagerDuty, as the person who asks for it.
package struct TriggerPlugin: Plugin {
    package typealias Settings = TriggerSettings

    package static let manifest = Manifest(
        "trigger", "Trigger an incident in PagerDuty",
        scopes: [
            Scope("users:read", because: "to find who an incident is assigned to"),
            Scope("users:read.email", because: "people are the same in both where their e-mail address is"),
            Scope("im:write", because: "people are asked in their direct message whether workflows may act for them"),
        ],
        accounts: [PagerDuty.provider])

    package init() {}

    package var routes: [Route<TriggerPlugin>] {
        Handle(Trigger.self)
        OnOptions(TriggerForm.Field.service) { query, context in await TriggerOptions(context).services(query) }
        OnOptions(TriggerForm.Field.assignee) { query, context in await TriggerOptions(context).people(query) }
        OnStep(TriggerStep.self)
        OnAction(WorkflowConsent.allowAction) { action, context in
            try await WorkflowConsent.keep(true, of: action.person, context)
        }
        OnAction(WorkflowConsent.refuseAction) { action, context in
            try await WorkflowConsent.keep(false, of: action.person, context)
        }
        OnSubmit(TriggerForm.id) { submission, context in
            try await TriggerSubmission(submission, workspace: context.workspace).reply(with: context.pagerDuty)
        }
    }
}
