import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// A report: one face of it, about a period, for whoever is subscribed.
struct Report: Equatable {
    /// What it tells.
    enum View: String, CaseIterable, Codable {
        case activity, services, teams, onCall = "on-call"

        var name: String {
            switch self {
            case .activity: "Incident Activity"
            case .services: "Service Performance"
            case .teams: "Team Health"
            case .onCall: "On-Call Load"
            }
        }

        fileprivate var face: any ReportFace.Type {
            switch self {
            case .activity: IncidentActivity.self
            case .services: ServicePerformance.self
            case .teams: TeamHealth.self
            case .onCall: OnCallLoad.self
            }
        }
    }

    let subscription: Subscription
    var view: View
    let period: Range<Date>

    init(_ subscription: Subscription, view: View, period: Range<Date>) {
        self.subscription = subscription
        self.view = view
        self.period = period
    }

    var query: ReportQuery { ReportQuery(subscription, period: period) }

    /// The numbers, from the shelf or from PagerDuty.
    func face(_ shelf: ReportShelf, from reader: InsightsReader) async throws -> any ReportFace {
        func read<Face: ReportFace>(_ type: Face.Type) async throws -> any ReportFace {
            let query = query
            return try await shelf.value("\(view.rawValue)/\(query.key)", as: type) {
                try await type.read(query, from: reader)
            }
        }
        return try await read(view.face)
    }
}
