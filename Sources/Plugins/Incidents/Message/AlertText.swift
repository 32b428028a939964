import PagerDutyKit
import PluginAPI

/// The essentials of the first alert, as a quotation.
struct AlertText {
    static let mostDetails = 5
    private let facts: AlertFacts?
    private let incident: PagerDuty.Incident

    init(_ facts: AlertFacts?, _ incident: PagerDuty.Incident) {
        self.facts = facts
        self.incident = incident
    }

    /// - Returns: `nil` where nothing is known beyond the title.
    var text: Mrkdwn? {
        var lines: [Mrkdwn] = []
        if let summary = facts?.summary?.oneLine, !summary.isEmpty, summary != incident.title.oneLine {
            lines.append(summary.escaped(limit: 300))
        }
        if let severity = facts?.severity { lines.append("*Severity:* \(severity.clipped)") }
        // What the title says already is not said again.
        let details = (facts?.details ?? []).filter { $0.value.oneLine != incident.title.oneLine }
        for detail in details.prefix(Self.mostDetails) {
            lines.append("*\(detail.name.oneLine.escaped(limit: 60)):* \(detail.value.oneLine.escaped(limit: 200))")
        }
        if lines.isEmpty, let details = incident.details?.oneLine, !details.isEmpty {
            lines.append(details.escaped(limit: 500))
        }
        return lines.isEmpty ? nil : lines.map { "> \($0)" }.joined(separator: "\n")
    }
}
