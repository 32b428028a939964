import PagerDutyKit

/// Which incidents and which of their events a channel wants.
///
/// - SeeAlso: `SlackConnection.config` in PagerDuty's Slack Integration API.
struct ConnectionFilter: Codable, Hashable, Sendable {
    typealias Kind = PagerDuty.IncidentEvent.Kind

    /// The events that are told; ``Kind/triggered`` is always among them.
    var events: [Kind] {
        didSet { events = Self.complete(events) }
    }
    /// `nil`: any.
    var urgency: PagerDuty.Urgency?
    var priorities: Priorities

    /// Which priorities an incident may have.
    enum Priorities: Codable, Hashable, Sendable {
        /// Any or none.
        case any
        /// One of these; with `orNone` also no priority at all. Nothing but `orNone` means: only incidents without one.
        case some([PagerDuty.ID], orNone: Bool)

        static let none = Priorities.some([], orNone: true)
    }

    init(
        events: [Kind] = Self.usual, urgency: PagerDuty.Urgency? = nil, priorities: Priorities = .any
    ) {
        self.events = Self.complete(events)
        self.urgency = urgency
        self.priorities = priorities
    }

    /// What a new connection tells, as PagerDuty's own does.
    static let usual: [Kind] = [
        .triggered, .acknowledged, .unacknowledged, .resolved, .reopened, .escalated, .reassigned, .delegated,
        .annotated, .priorityUpdated, .responderAdded, .responderReplied, .statusUpdatePublished,
    ]

    /// True where an incident is wanted as it stands.
    func wants(_ incident: PagerDuty.Incident) -> Bool {
        if let urgency, incident.urgency != urgency { return false }
        switch priorities {
        case .any: return true
        case .some(let ids, let orNone):
            guard let priority = incident.priority else { return orNone }
            return ids.contains(priority.id)
        }
    }

    func tells(_ kind: Kind) -> Bool { events.contains(kind) }

    private static func complete(_ events: [Kind]) -> [Kind] {
        events.contains(.triggered) ? events : [.triggered] + events
    }
}
