import FoundationEssentials
import PagerDutyKit

/// What happens to one incident, event by event.
enum Story {
    static let start = PagerDutyTime.parse("2026-01-05T15:00:00Z") ?? .distantPast

    static func incident(
        _ status: PagerDuty.Incident.Status = .triggered, _ change: (inout PagerDuty.Incident) -> Void = { _ in }
    ) throws -> PagerDuty.Incident {
        var incident = try JSONDecoder().decode(PagerDuty.Incident.self, from: Data(V3Body.incident.utf8))
        incident.status = status
        change(&incident)
        return incident
    }

    static func event(
        _ kind: PagerDuty.IncidentEvent.Kind, _ number: Int, incident: PagerDuty.Incident?,
        subject: PagerDuty.IncidentEvent.Subject = .nothing, id: String? = nil
    ) throws -> PagerDuty.IncidentEvent {
        let about = try Story.incident()
        return PagerDuty.IncidentEvent(
            id: id ?? "01E\(number)", kind: kind, occurredAt: start.addingTimeInterval(Double(number)),
            agent: PagerDuty.ID("PUSER02").map { PagerDuty.Reference(id: $0, summary: "Ben Okafor") },
            about: PagerDuty.Reference(id: about.id, summary: about.title), incident: incident, subject: subject)
    }

    /// Six events, the last two within the same moment.
    static func six() throws -> [PagerDuty.IncidentEvent] {
        let p2 = PagerDuty.ID("PPRIO02").map { PagerDuty.Reference(id: $0, summary: "P2") }
        return [
            try event(.triggered, 0, incident: incident()),
            try event(.acknowledged, 1, incident: incident(.acknowledged)),
            try event(.annotated, 2, incident: nil, subject: .note("Looking at it")),
            try event(.statusUpdatePublished, 3, incident: nil, subject: .statusUpdate("We are on it")),
            try event(.priorityUpdated, 4, incident: incident(.acknowledged) { $0.priority = p2 }, id: "01EA"),
            try event(.resolved, 4, incident: incident(.resolved) { $0.priority = p2 }, id: "01EB"),
        ]
    }
}

extension Array {
    /// Every order of the elements.
    var orders: [[Element]] {
        guard count > 1 else { return [self] }
        return indices.flatMap { index in
            var rest = self
            let first = rest.remove(at: index)
            return rest.orders.map { [first] + $0 }
        }
    }
}
