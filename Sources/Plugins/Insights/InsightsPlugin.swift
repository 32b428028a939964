import PagerDutyKit
package import PluginAPI

/// `/pd insights`: reports on teams' incidents, delivered in direct messages on a schedule.
package struct InsightsPlugin: Plugin {
    package typealias Settings = InsightsSettings

    package static let manifest = Manifest(
        "insights", "Get reports on your teams' incidents",
        scopes: [
            "chat:write",
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
        OnOptions(SubscriptionForm.Field.zone) { query, _ in .options(TimeZoneMenu.options(typed: query.typed)) }
        OnSubmit(SubscriptionForm.id) { submission, context in
            try await SubscriptionRequest(submission).reply(context)
        }
        OnAction(ReportMessage.Action.view + "*") { action, context in
            try await ReportTurn(action).reply(context)
        }
        OnAction(SubscriptionList.Action.manage) { action, context in
            .ephemeral(SubscriptionList(try await Subscriptions(context).of(action.person)).message)
        }
        OnAction(SubscriptionList.Action.unsubscribe) { action, context in
            let subscriptions = Subscriptions(context)
            try await subscriptions.end(action.value.string ?? "", of: action.person)
            return .update(SubscriptionList(try await subscriptions.of(action.person)).message)
        }
        Perform(DeliverReport.self)
        Every(.seconds(300), "due") { context in try await Subscriptions(context).enqueueDue(context) }
    }
}
