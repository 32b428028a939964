import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// A filled-in form on its way to a subscription, or to a preview of one.
struct SubscriptionRequest {
    /// The first report is not to arrive before the confirmation.
    static let firstReportDelay = Duration.seconds(5)

    private let person: Person
    private let view: ViewRef
    private let fields: SubscriptionFields

    init(_ submission: Submission) {
        person = submission.person
        view = submission.view
        fields = SubscriptionFields(submission.fields)
    }

    /// - Returns: `nil` where the button was not in a form.
    init?(_ action: ActionRequest) {
        guard let view = action.view else { return nil }
        person = action.person
        self.view = view
        fields = SubscriptionFields(action.fields)
    }

    func reply(_ context: Context<InsightsPlugin>) async throws -> FormReply {
        guard let rhythm = fields.rhythm, fields.problems.isEmpty else { return .errors(fields.problems) }
        let subscriptions = Subscriptions(context)
        let present = try await subscriptions.subscription(view.privateMetadata, of: person)
        // The form's own id: a form that arrives twice is one subscription.
        let id = present?.id ?? view.id
        guard Subscription.isID(id) else { throw Refusal("Open the form once more.") }
        let others = try await subscriptions.of(person).filter { $0.id != id }
        guard others.count < Subscriptions.mostPerPerson else {
            let problem =
                "You have \(others.count) subscriptions: end one first, with \(context.slashCommand) insights manage."
            return .error(at: SubscriptionForm.Field.teams, problem)
        }
        if let channel = fields.channel, let problem = try await ReportPlace.problem(with: channel, context) {
            return .error(at: SubscriptionForm.Field.channel, problem)
        }
        guard let subscription = try await subscription(id, rhythm, context) else {
            return .error(at: SubscriptionForm.Field.teams, "These are gone: choose others.")
        }
        try await subscriptions.put(subscription)
        if present != nil { return .close(telling: SubscriptionList.changed(subscription)) }
        return .close(telling: SubscriptionList.confirmation(subscription))
            .then(DeliverReport(subscription, at: context.now), after: Self.firstReportDelay)
    }

    /// Sends what the form would bring, to the person alone; the form stays open.
    func preview(_ context: Context<InsightsPlugin>) async throws -> Reply {
        guard let rhythm = fields.rhythm, fields.problems.isEmpty else {
            throw Refusal(fields.problems.values.sorted().first ?? "Fill in the form first.")
        }
        guard var subscription = try await subscription(view.id, rhythm, context) else {
            throw Refusal("These teams or services are gone: choose others.")
        }
        subscription.channel = nil
        let report = Report(
            subscription, view: subscription.views.first ?? .activity, period: rhythm.period(before: context.now))
        let message = try await ReportMaker(context: context, person: person).message(report, isShared: true)
        let place = try await context.slack.openDirectMessage(with: person.id)
        // A second press shows what has changed in the same message.
        try await context.messages.show(message, as: "preview/\(view.id)", in: place)
        return .nothing
    }

    private func subscription(
        _ id: String, _ rhythm: Rhythm, _ context: Context<InsightsPlugin>
    ) async throws -> Subscription? {
        let reader = InsightsReader(context, as: person)
        // As PagerDuty names them: what a menu sends back is only shown, never believed.
        let teams: [Subscription.Subject] =
            fields.teams.isEmpty
            ? []
            : named(
                fields.teams,
                try await reader.all(.teams(), limit: 2_000).map {
                    .init(id: $0.id, name: $0.name, link: $0.link?.address)
                })
        let services: [Subscription.Subject] =
            fields.services.isEmpty
            ? []
            : named(
                fields.services,
                try await reader.all(.services(), limit: 5_000).map {
                    .init(id: $0.id, name: $0.name, link: $0.link?.address)
                })
        guard !(teams + services).isEmpty else { return nil }
        return Subscription(
            id: id, person: person, teams: teams, services: services.isEmpty ? nil : services, rhythm: rhythm,
            nextAt: rhythm.next(after: context.now, isFirst: true), channel: fields.channel,
            reports: fields.reports.count == Report.View.allCases.count ? nil : fields.reports)
    }

    private func named(_ ids: [PagerDuty.ID], _ known: [Subscription.Subject]) -> [Subscription.Subject] {
        let byID = Dictionary(known.map { ($0.id, $0) }) { first, _ in first }
        return ids.compactMap { byID[$0] }
    }
}
