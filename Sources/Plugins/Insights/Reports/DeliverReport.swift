import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// Delivers one report: in the direct message with the app, or in the channel that the subscription names.
struct DeliverReport: Job {
    static let kind = "insights.deliver-report"

    var subscriptionID: String
    var person: Person
    /// When it is due: names the report, and tells which time it is about.
    var at: Date
    /// It was asked for now, for the subscriber alone.
    var isPreview: Bool?

    /// A report this much after its time says so.
    static let punctual: TimeInterval = 1_800

    init(_ subscription: Subscription, at date: Date, isPreview: Bool = false) {
        subscriptionID = subscription.id
        person = subscription.person
        at = date
        self.isPreview = isPreview ? true : nil
    }

    var uniqueKey: String? { "report/\(person.id)/\(subscriptionID)/\(Int64(at.timeIntervalSince1970))" }

    func run(_ context: Context<InsightsPlugin>) async throws {
        guard let subscription = try await Subscriptions(context).subscription(subscriptionID, of: person) else {
            return  // unsubscribed meanwhile
        }
        let period = subscription.rhythm.period(before: at)
        let report = Report(subscription, view: subscription.views.first ?? .activity, period: period)
        let isLate = context.now.timeIntervalSince(at) > Self.punctual
        let trouble: String
        do {
            let message = try await ReportMaker(context: context, person: person)
                .message(report, lateSince: isLate ? at : nil)
            try await show(message, subscription, context)
            return
        } catch let error as PagerDutyError where error.remedy != .retry {
            trouble = error.sentence
        } catch let error as AccountError {
            trouble = error.sentence
        }
        // What stands in the way is for whoever subscribed, not for a channel; and once, not with each report.
        try await Subscriptions(context).tell(
            person, "Your report on \(subscription.subjectNames.escaped(limit: 500)) could not be made. \(trouble)",
            once: "trouble/\(subscriptionID)")
    }

    private func show(
        _ message: Message, _ subscription: Subscription, _ context: Context<InsightsPlugin>
    ) async throws {
        let place: String
        if let channel = subscription.channel, isPreview != true {
            place = channel
        } else {
            place = try await context.slack.openDirectMessage(with: person.id)
        }
        // The same key for the same report: a job that runs twice shows one message.
        try await context.messages.show(message, as: uniqueKey ?? subscriptionID, in: place)
    }
}
