import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// A submitted form on its way to a subscription.
struct SubscriptionRequest {
    /// The first report is not to arrive before the confirmation.
    static let firstReportDelay = Duration.seconds(5)

    private let submission: Submission

    init(_ submission: Submission) {
        self.submission = submission
    }

    func reply(_ context: Context<InsightsPlugin>) async throws -> FormReply {
        let fields = Fields(submission.fields)
        guard let rhythm = fields.rhythm, fields.problems.isEmpty else { return .errors(fields.problems) }
        // The form's own id: a form that arrives twice is one subscription.
        let id = submission.view.id
        guard Subscription.isID(id) else { throw Refusal("Open the form once more.") }
        let subscriptions = Subscriptions(context)
        let others = try await subscriptions.of(submission.person).filter { $0.id != id }
        guard others.count < Subscriptions.mostPerPerson else {
            let problem =
                "You have \(others.count) subscriptions: end one first, with \(context.slashCommand) insights manage."
            return .error(at: SubscriptionForm.Field.teams, problem)
        }
        let teams = try await named(fields.teams, context)
        guard !teams.isEmpty else {
            return .error(at: SubscriptionForm.Field.teams, "These teams are gone: choose others.")
        }
        let subscription = Subscription(
            id: id, person: submission.person, teams: teams, rhythm: rhythm,
            nextAt: rhythm.next(after: context.now, isFirst: true))
        try await subscriptions.put(subscription)
        return .close(telling: SubscriptionList.confirmation(subscription))
            .then(DeliverReport(subscription, at: context.now), after: Self.firstReportDelay)
    }

    /// The teams as PagerDuty names them: what a menu sends back is only shown, never believed.
    private func named(_ ids: [PagerDuty.ID], _ context: Context<InsightsPlugin>) async throws -> [Subscription.Team] {
        let reader = InsightsReader(context, as: submission.person)
        let known = try await reader.all(.teams(), limit: 2_000)
        let byID = Dictionary(known.map { ($0.id, $0) }) { first, _ in first }
        return ids.compactMap { byID[$0] }.map {
            Subscription.Team(id: $0.id, name: $0.name, link: $0.link?.address)
        }
    }

    /// What the fields say, with a sentence at each that is wrong.
    private struct Fields {
        private(set) var problems: [String: String] = [:]
        private(set) var teams: [PagerDuty.ID] = []
        private(set) var rhythm: Rhythm?

        init(_ fields: FieldValues) {
            typealias Field = SubscriptionForm.Field
            let ids = fields[Field.teams].strings
            teams = ids.compactMap(PagerDuty.ID.init)
            if ids.isEmpty { problems[Field.teams] = "Choose at least one team." }
            if ids.count > Subscription.mostTeams { problems[Field.teams] = "At most \(Subscription.mostTeams) teams." }
            if teams.count < ids.count { problems[Field.teams] = "Choose these teams once more." }
            let frequency = fields.string(Field.frequency).flatMap(Rhythm.Frequency.init)
            if frequency == nil { problems[Field.frequency] = "Choose how often." }
            let day = fields.string(Field.day).flatMap(Int.init).flatMap(Rhythm.Day.init)
            if day == nil { problems[Field.day] = "Choose a day." }
            let time = fields.string(Field.time).flatMap(Self.time)
            if time == nil { problems[Field.time] = "Choose a time of day." }
            let zone = fields.string(Field.zone)
            if zone.map(TimeZoneMenu.isZone) != true { problems[Field.zone] = "Choose a time zone." }
            guard let frequency, let day, let time, let zone else { return }
            rhythm = Rhythm(frequency: frequency, day: day, hour: time.hour, minute: time.minute, zone: zone)
        }

        /// `18:30`
        private static func time(_ text: String) -> (hour: Int, minute: Int)? {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
                let minute = Int(parts[1]), (0...23).contains(hour), (0...59).contains(minute)
            else { return nil }
            return (hour, minute)
        }
    }
}
