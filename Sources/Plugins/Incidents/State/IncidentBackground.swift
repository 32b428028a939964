import PagerDutyKit

/// What webhooks do not tell of an incident: its first alert and how far it was escalated.
struct IncidentBackground: Codable, Hashable, Sendable {
    /// The level of the escalation policy at which it is; 1 is told first.
    var level: Int?
    /// The essentials of the first alert, or what whoever triggered it wrote.
    var facts: AlertFacts?
    /// Who it was assigned to when the level was looked up.
    var assignees: [PagerDuty.ID] = []
}
