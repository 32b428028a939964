import PagerDutyKit
import PluginAPI

/// `/pd insights`: opens the form, or shows what somebody is subscribed to.
struct Insights: Command {
    static let name = "insights"
    static let summary = "Subscribe to reports on your teams' incidents"

    /// What is wanted.
    enum Topic: String, CaseIterable, ArgumentValue {
        case subscribe, manage
    }

    @Argument("subscribe opens the form, manage lists your subscriptions") var topic = Topic.subscribe

    func run(_ context: Context<InsightsPlugin>) async throws -> Reply {
        guard let person = context.person else { throw AccountError.notLinked(provider: PagerDuty.provider) }
        switch topic {
        case .manage: return .ephemeral(SubscriptionList(try await Subscriptions(context).of(person)).message)
        case .subscribe:
            try await InsightsReader(context, as: person).checkLink()
            return .modal(loading: SubscriptionForm.title) {
                // A person whose zone Slack does not tell chooses one; that is no reason for no form.
                let user = try? await context.slack.user(person.id)
                return SubscriptionForm(zone: user?.timeZone).view
            }
        }
    }
}
