import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// A person's subscriptions, each with a button that ends it.
struct SubscriptionList {
    enum Action {
        static let manage = "manage"
        static let unsubscribe = "unsubscribe"
    }

    private let subscriptions: [Subscription]

    init(_ subscriptions: [Subscription]) {
        self.subscriptions = subscriptions.sorted { $0.nextAt < $1.nextAt }
    }

    var message: Message {
        guard !subscriptions.isEmpty else { return "You have no subscriptions." }
        return Message("You have \(Figure.count(subscriptions.count, "subscription")).") {
            for subscription in subscriptions.prefix(Subscriptions.mostPerPerson) {
                Block.section(.mrkdwn(Self.line(subscription)), accessory: Self.unsubscribe(subscription))
            }
        }
    }

    static func confirmation(_ subscription: Subscription) -> Message {
        Message("Subscribed to reports on \(subscription.teamNames.escaped(limit: 500)).") {
            Block.section(.mrkdwn("*Subscribed.* \(line(subscription))"))
            Block.context(["Your first report arrives in a moment, in our direct message."])
            Block.actions(.button("Manage Subscriptions", action: Action.manage))
        }
    }

    private static func line(_ subscription: Subscription) -> Mrkdwn {
        let next = Mention.date(subscription.nextAt, fallback: PagerDutyTime.format(subscription.nextAt))
        return """
            *\(subscription.teamNames.escaped(limit: 1_000))*
            \(subscription.schedule). Next: \(next).
            """
    }

    private static func unsubscribe(_ subscription: Subscription) -> Element {
        .button("Unsubscribe", action: Action.unsubscribe, value: subscription.id)
    }
}
