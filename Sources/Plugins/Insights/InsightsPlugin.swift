import PagerDutyKit
package import PluginAPI

/// `/pd insights`: reports on teams' incidents, delivered in direct messages on a schedule.
package struct InsightsPlugin: Plugin {
    package typealias Settings = InsightsSettings

    package static let manifest = Manifest(
        "insights", "Get reports on your teams' incidents",
        scopes: [
            "chat:write",
            Scope("channels:read", because: "a report is shown in a channel only where it is safe to"),
            Scope("files:read", because: "a report waits until Slack is done with its chart"),
            Scope("files:write", because: "reports have charts"),
            Scope("groups:read", because: "a report is shown in a private channel only where it is safe to"),
            Scope("im:write", because: "reports are delivered in the direct message with the app"),
            Scope("users:read", because: "a person's time zone is offered first"),
        ],
        accounts: [PagerDuty.provider])

    package init() {}

    package var routes: [Route<InsightsPlugin>] {
        Handle(Insights.self)
        OnOptions(SubscriptionForm.Field.teams) { query, context in
            let list = PagerDutyList<PagerDuty.Team>.teams(matching: query.typed)
            let teams = try await InsightsReader(context, as: query.person).page(of: list).elements
            return .options(teams.map { .choice($0.name, $0.id) })
        }
        OnOptions(SubscriptionForm.Field.services) { query, context in
            let list = PagerDutyList<PagerDuty.Service>.services(matching: query.typed)
            let services = try await InsightsReader(context, as: query.person).page(of: list).elements
            return .options(services.map { .choice($0.name, $0.id) })
        }
        OnOptions(SubscriptionForm.Field.zone) { query, _ in .options(TimeZoneMenu.options(typed: query.typed)) }
        OnSubmit(SubscriptionForm.id) { submission, context in
            try await SubscriptionRequest(submission).reply(context)
        }
        OnAction(SubscriptionForm.Field.preview) { action, context in
            try await SubscriptionRequest(action)?.preview(context) ?? .nothing
        }
        OnAction(ReportMessage.Action.share) { action, _ in ReportSharing.open(action) }
        OnSubmit(ReportSharing.form) { submission, context in try await ReportSharing.share(submission, context) }
        OnAction(ReportMessage.Action.view + "*") { action, context in
            try await ReportTurn(action).reply(context)
        }
        OnAction(SubscriptionList.Action.manage) { action, context in
            .ephemeral(SubscriptionList(try await Subscriptions(context).of(action.person)).message)
        }
        OnAction(SubscriptionList.Action.menu) { action, context in
            try await SubscriptionDeed(action)?.reply(context) ?? .nothing
        }
        Perform(DeliverReport.self)
        Every(.seconds(300), "due") { context in try await Subscriptions(context).enqueueDue(context) }
    }
}
