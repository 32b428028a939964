import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// A press of a button for another face of a report.
struct ReportTurn {
    private let action: ActionRequest

    init(_ action: ActionRequest) {
        self.action = action
    }

    /// What the button carries: `V0123 1749420000 1750024800`.
    static func value(_ subscriptionID: String, _ period: Range<Date>) -> String {
        let bounds = [period.lowerBound, period.upperBound].map { "\(Int64($0.timeIntervalSince1970))" }
        return ([subscriptionID] + bounds).joined(separator: " ")
    }

    func reply(_ context: Context<InsightsPlugin>) async throws -> Reply {
        guard let view = Report.View(rawValue: String(action.id.dropFirst(ReportMessage.Action.view.count))),
            let place = Place(action.value.string ?? "")
        else { return .nothing }
        guard let subscription = try await Subscriptions(context).subscription(place.id, of: action.person) else {
            return .ephemeral(Self.ended(context))
        }
        let report = Report(subscription, view: view, period: place.period)
        return .update(try await ReportMaker(context: context, person: action.person).message(report))
    }

    static func ended(_ context: Context<InsightsPlugin>) -> Message {
        "This subscription has ended. `\(context.slashCommand) insights` starts a new one."
    }

    /// The subscription and the period that a button names.
    struct Place: Equatable {
        let id: String
        let period: Range<Date>

        /// `nil` where the value is none of ours, or about more than PagerDuty's year.
        init?(_ value: String) {
            let parts = value.split(separator: " ").map(String.init)
            guard parts.count == 3, let start = Int64(parts[1]), let end = Int64(parts[2]), start >= 0, start < end,
                end < 7_258_118_400, end - start <= 366 * 86_400
            else { return nil }
            id = parts[0]
            period = Date(timeIntervalSince1970: Double(start))..<Date(timeIntervalSince1970: Double(end))
        }
    }
}
