import FoundationEssentials
import PagerDutyKit

/// What a report is about.
struct Report: Equatable {
    /// One of its three faces.
    enum View: String, CaseIterable {
        case activity, services, teams

        var name: String {
            switch self {
            case .activity: "Incident Activity"
            case .services: "Service Performance"
            case .teams: "Team"
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

    /// The figures of one face.
    struct Data: Equatable {
        /// All teams together.
        var total: PagerDuty.IncidentMetrics?
        /// By service for its face, by team for the others.
        var rows: [PagerDuty.IncidentMetrics]
    }

    func data(from reader: InsightsReader) async throws -> Data {
        let rows: PagerDuty.MetricsTable.Rows = view == .services ? .service : .team
        async let total = reader.read(metrics(by: .allTeams)).rows.first
        async let table = reader.read(metrics(by: rows)).rows
        return Data(total: try await total, rows: try await table)
    }

    private func metrics(by rows: PagerDuty.MetricsTable.Rows) -> PagerDutyRead<PagerDuty.MetricsTable> {
        .incidentMetrics(
            by: rows, period: period, teams: subscription.teams.map(\.id), timeZone: subscription.rhythm.zone)
    }
}
