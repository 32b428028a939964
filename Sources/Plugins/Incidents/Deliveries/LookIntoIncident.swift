import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// Finds out what webhooks do not tell of an incident, and shows it.
struct LookIntoIncident: Job {
    static let kind = "incidents.look-into"

    var incident: PagerDuty.ID
    /// What gave the reason to look: one look for each.
    var reason: String

    init(_ incident: PagerDuty.ID, because reason: String) {
        self.incident = incident
        self.reason = reason
    }

    var uniqueKey: String? { "look/\(incident)/\(reason)" }

    func run(_ context: Context<IncidentsPlugin>) async throws {
        let desk = IncidentDesk(context)
        guard var record = try await context.store.get(IncidentRecord.key(incident), as: IncidentRecord.self) else {
            return
        }
        do {
            record = try await desk.look(at: record)
            if let shown = record.shown {
                let background = try await BackgroundReader(context.pagerDuty).background(of: shown)
                record = try await desk.change(incident) { $0.background = background }
            }
        } catch let error as PagerDutyError {
            switch error.remedy {
            // The same job again, later; the message stands meanwhile without what it would have brought.
            case .retry: throw error
            default: context.log.error("An incident cannot be looked into: \(error)", ["incident": incident.value])
            }
        }
        try await IncidentBoard(context).show(record, because: .look)
    }
}
