import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// Delivers one report in the direct message with the app.
struct DeliverReport: Job {
    static let kind = "insights.deliver-report"

    var subscriptionID: String
    var person: Person
    /// When it is due: names the report, and tells which time it is about.
    var at: Date

    init(_ subscription: Subscription, at date: Date) {
        subscriptionID = subscription.id
        person = subscription.person
        at = date
    }

    var uniqueKey: String? { "report/\(person.id)/\(subscriptionID)/\(Int64(at.timeIntervalSince1970))" }

    func run(_ context: Context<InsightsPlugin>) async throws {
        guard let subscription = try await Subscriptions(context).subscription(subscriptionID, of: person) else {
            return  // unsubscribed meanwhile
        }
        let report = Report(subscription, view: .activity, period: subscription.rhythm.period(before: at))
        let message: Message
        do {
            let data = try await report.data(from: InsightsReader(context, as: person))
            message = ReportMessage(report, data).message
        } catch let error as PagerDutyError where error.remedy != .retry {
            message = "Your report on \(subscription.teamNames) could not be made. \(error.sentence)"
        } catch let error as AccountError {
            message = "Your report on \(subscription.teamNames) could not be made. \(error.sentence)"
        }
        let channel = try await context.slack.openDirectMessage(with: person.id)
        // The same key for the same report: a job that runs twice shows one message.
        try await context.messages.show(message, as: uniqueKey ?? subscriptionID, in: channel)
    }
}
