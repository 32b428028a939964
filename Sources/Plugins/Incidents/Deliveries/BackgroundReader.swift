import PagerDutyKit

/// Reads what webhooks do not tell of an incident.
struct BackgroundReader {
    private let pagerDuty: PagerDuty

    init(_ pagerDuty: PagerDuty) {
        self.pagerDuty = pagerDuty
    }

    /// - Throws: `PagerDutyError` where the alerts cannot be read. A level that cannot be found out is left out.
    func background(of incident: PagerDuty.Incident) async throws -> IncidentBackground {
        let alerts = try await pagerDuty.read(PagerDutyList.alerts(of: incident.id).page(limit: 1)).elements
        var background = IncidentBackground()
        background.facts = alerts.first.map { AlertFacts($0) }
        background.assignees = incident.assignees.map(\.id)
        background.level = try? await level(of: incident)
        return background
    }

    /// PagerDuty tells no level of an incident: it is the lowest at which somebody it is assigned to is on call for its
    /// policy.
    private func level(of incident: PagerDuty.Incident) async throws -> Int? {
        guard let policy = incident.escalationPolicy, !incident.assignees.isEmpty else { return nil }
        let assignees = Set(incident.assignees.map(\.id))
        let onCalls = try await pagerDuty.read(PagerDutyList.onCalls(policy: policy.id), limit: 300).elements
        return onCalls.filter { assignees.contains($0.user.id) }.map(\.level).min()
    }
}
