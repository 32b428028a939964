import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// A person's subscriptions, each with a menu of what can be done with it.
struct SubscriptionList {
    enum Action {
        static let manage = "manage"
        static let menu = "subscription-menu"
    }

    /// What can be done with a subscription; a menu holds five entries at most.
    enum Deed: String, CaseIterable {
        case send, edit, pause, resume, unsubscribe

        var name: String {
            switch self {
            case .send: "Send now"
            case .edit: "Edit…"
            case .pause: "Pause"
            case .resume: "Resume"
            case .unsubscribe: "Unsubscribe"
            }
        }
    }

    private let subscriptions: [Subscription]

    init(_ subscriptions: [Subscription]) {
        self.subscriptions = subscriptions.sorted { $0.nextAt < $1.nextAt }
    }

    var message: Message {
        guard !subscriptions.isEmpty else { return "You have no subscriptions." }
        return Message("You have \(Figure.count(subscriptions.count, "subscription")).") {
            for subscription in subscriptions.prefix(Subscriptions.mostPerPerson) {
                Block.section(.mrkdwn(Self.line(subscription)), accessory: Self.menu(subscription))
            }
        }
    }

    static func confirmation(_ subscription: Subscription) -> Message {
        Message("Subscribed to reports on \(subscription.subjectNames.escaped(limit: 500)).") {
            Block.section(.mrkdwn("*Subscribed.* \(line(subscription))"))
            Block.context(["Your first report arrives in a moment, \(place(subscription))."])
            Block.actions(.button("Manage Subscriptions", action: Action.manage))
        }
    }

    static func changed(_ subscription: Subscription) -> Message {
        Message("Changed your subscription to reports on \(subscription.subjectNames.escaped(limit: 500)).") {
            Block.section(.mrkdwn("*Changed.* \(line(subscription))"))
            Block.actions(.button("Manage Subscriptions", action: Action.manage))
        }
    }

    private static func place(_ subscription: Subscription) -> Mrkdwn {
        subscription.channel.map { "in \(Mention.channel($0))" } ?? "in our direct message"
    }

    private static func line(_ subscription: Subscription) -> Mrkdwn {
        let next: Mrkdwn =
            subscription.isPaused == true
            ? "Paused"
            : "Next: \(Mention.date(subscription.nextAt, fallback: PagerDutyTime.format(subscription.nextAt)))"
        let views = subscription.views.map(\.name).joined(separator: ", ")
        return """
            *\(subscription.subjectNames.escaped(limit: 1_000))*
            \(views) · \(subscription.schedule), \(place(subscription)). \(next).
            """
    }

    private static func menu(_ subscription: Subscription) -> Element {
        let isPaused = subscription.isPaused == true
        let deeds = Deed.allCases.filter { $0 != (isPaused ? .pause : .resume) }
        return .overflow(
            action: Action.menu, options: deeds.map { Option($0.name, value: "\($0.rawValue) \(subscription.id)") })
    }
}
