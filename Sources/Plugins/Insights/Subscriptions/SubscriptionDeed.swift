import FoundationEssentials
import PluginAPI

/// A choice from the menu beside a subscription.
struct SubscriptionDeed {
    private let deed: SubscriptionList.Deed
    private let id: String
    private let person: Person

    /// - Returns: `nil` where the value is none of ours.
    init?(_ action: ActionRequest) {
        let parts = (action.value.string ?? "").split(separator: " ").map(String.init)
        guard parts.count == 2, let deed = SubscriptionList.Deed(rawValue: parts[0]) else { return nil }
        self.deed = deed
        id = parts[1]
        person = action.person
    }

    func reply(_ context: Context<InsightsPlugin>) async throws -> Reply {
        let subscriptions = Subscriptions(context)
        guard let subscription = try await subscriptions.subscription(id, of: person) else {
            return .update(SubscriptionList(try await subscriptions.of(person)).message)
        }
        switch deed {
        case .send:
            return .ephemeral("Your report on \(subscription.subjectNames.escaped(limit: 500)) is on its way to you.")
                .then(DeliverReport(subscription, at: context.now, isPreview: true))
        case .edit: return .modal(SubscriptionForm(zone: nil, present: subscription).view)
        case .pause: try await subscriptions.change(id, of: person) { $0.isPaused = true }
        case .resume:
            let now = context.now
            try await subscriptions.change(id, of: person) { subscription in
                subscription.isPaused = nil
                // What came due during the pause is not made up.
                if subscription.nextAt <= now {
                    subscription.nextAt = subscription.rhythm.next(after: subscription.nextAt, beyond: now)
                }
            }
        case .unsubscribe: try await subscriptions.end(id, of: person)
        }
        return .update(SubscriptionList(try await subscriptions.of(person)).message)
    }
}
