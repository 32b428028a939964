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
            let (id, period) = place
        else { return .nothing }
        guard let subscription = try await Subscriptions(context).subscription(id, of: action.person) else {
            return .ephemeral("This subscription has ended. `\(context.slashCommand) insights` starts a new one.")
        }
        let report = Report(subscription, view: view, period: period)
        let data = try await report.data(from: InsightsReader(context, as: action.person))
        return .update(ReportMessage(report, data).message)
    }

    /// The subscription and the period; nothing where the value is none of ours, or about more than PagerDuty's year.
    private var place: (id: String, period: Range<Date>)? {
        let parts = (action.value.string ?? "").split(separator: " ").map(String.init)
        guard parts.count == 3, let start = Int64(parts[1]), let end = Int64(parts[2]), start >= 0, start < end,
            end < 7_258_118_400, end - start <= 366 * 86_400
        else { return nil }
        return (parts[0], Date(timeIntervalSince1970: Double(start))..<Date(timeIntervalSince1970: Double(end)))
    }
}
