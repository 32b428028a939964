import PagerDutyKit
import PluginAPI

/// The last thing that happened to an incident, as its message tells it.
struct IncidentChange: Codable, Hashable, Sendable {
    var kind: PagerDuty.IncidentEvent.Kind
    /// Who did it; `nil` where it happened by itself.
    var agent: PagerDuty.Reference?
    /// Who it went to.
    var assignees: [PagerDuty.Reference]

    init(_ event: PagerDuty.IncidentEvent) {
        kind = event.kind
        agent = event.agent
        assignees = event.incident?.assignees ?? []
    }
}
