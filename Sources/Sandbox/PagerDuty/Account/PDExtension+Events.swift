/// The names under which V2 webhooks tell what happened.
///
/// - SeeAlso: https://developer.pagerduty.com/docs/v2-webhooks-overview
extension PDExtension {
    /// The event that a line of the log makes; nil where V2 has none.
    static func event(for kind: PDLogEntry.Kind) -> String? {
        switch kind {
        case .trigger: "incident.trigger"
        case .acknowledge: "incident.acknowledge"
        case .unacknowledge: "incident.unacknowledge"
        case .resolve: "incident.resolve"
        case .reassign: "incident.assign"
        case .escalate: "incident.escalate"
        case .delegate: "incident.delegate"
        case .annotate: "incident.annotate"
        default: nil
        }
    }

    /// The same for the name of a V3 event.
    static func event(for type: String) -> String? {
        switch type {
        case "incident.triggered": "incident.trigger"
        case "incident.acknowledged": "incident.acknowledge"
        case "incident.unacknowledged": "incident.unacknowledge"
        case "incident.resolved": "incident.resolve"
        case "incident.reassigned": "incident.assign"
        case "incident.escalated": "incident.escalate"
        case "incident.delegated": "incident.delegate"
        case "incident.annotated": "incident.annotate"
        default: nil
        }
    }
}
