import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// Shares a report: a form asks where, and the report is shown there as it was, without the subscriber's buttons.
enum ReportSharing {
    static let form = "share"
    static let channel = "channel"

    /// `activity V0123 1749420000 1750024800`
    private static func parts(_ value: String) -> (view: Report.View, place: ReportTurn.Place)? {
        let parts = value.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2, let view = Report.View(rawValue: parts[0]), let place = ReportTurn.Place(parts[1])
        else {
            return nil
        }
        return (view, place)
    }

    static func open(_ action: ActionRequest) -> Reply {
        guard let value = action.value.string, parts(value) != nil else { return .nothing }
        return .modal(
            .modal("Share this report", submit: "Share", close: "Cancel", id: form, privateMetadata: value) {
                Block.input(
                    "Where?",
                    .select(
                        .conversations(
                            ConversationFilter([.publicChannels, .privateChannels], excludesShared: true)),
                        action: channel, placeholder: "Choose a channel"),
                    hint: "I must be in it. Everybody there sees the report.")
            })
    }

    static func share(_ submission: Submission, _ context: Context<InsightsPlugin>) async throws -> FormReply {
        guard let (view, place) = parts(submission.view.privateMetadata) else { return .close }
        guard let target = submission.fields.string(channel) else {
            return .error(at: channel, "Choose a channel.")
        }
        guard let subscription = try await Subscriptions(context).subscription(place.id, of: submission.person) else {
            return .close(telling: ReportTurn.ended(context))
        }
        if let problem = try await ReportPlace.problem(with: target, context) { return .error(at: channel, problem) }
        let report = Report(subscription, view: view, period: place.period)
        let maker = ReportMaker(context: context, person: submission.person)
        // The form's own id: a form that arrives twice is one message.
        try await context.messages.show(
            try await maker.message(report, isShared: true), as: "shared/\(submission.view.id)", in: target)
        return .close(telling: "Shared in \(Mention.channel(target)).")
    }
}
