import PagerDutyKit
import PluginAPI

/// What people call the parts of a connection.
enum ConnectionWords {
    typealias Kind = PagerDuty.IncidentEvent.Kind

    /// The events that can be chosen, in the order of a form. That an incident was triggered is always told.
    static let events: [(kind: Kind, name: String)] = [
        (.acknowledged, "Acknowledge"), (.unacknowledged, "Unacknowledge"), (.resolved, "Resolve"),
        (.reopened, "Reopen"), (.escalated, "Escalate"), (.reassigned, "Reassign"),
        (.delegated, "Change of escalation policy"), (.annotated, "Notes"), (.priorityUpdated, "Change of priority"),
        (.statusUpdatePublished, "Status updates"), (.responderAdded, "Responders asked"),
        (.responderReplied, "Responders' replies"), (.roleAssigned, "Roles"), (.serviceUpdated, "Change of service"),
        (.typeChanged, "Change of type"), (.conferenceBridgeUpdated, "Conference bridge"),
        (.customFieldsUpdated, "Custom fields"), (.taskCreated, "Tasks added"), (.taskUpdated, "Tasks changed"),
        (.taskCompleted, "Tasks done"), (.workflowStarted, "Workflows started"),
        (.workflowCompleted, "Workflows completed"), (.actionCreated, "Actions started"),
        (.actionUpdated, "Actions going on"), (.actionTerminated, "Actions ended"),
    ]

    /// "high urgency · P1, P2 or without a priority"
    static func filter(_ filter: ConnectionFilter, priorities: [PagerDuty.ID: String]) -> Mrkdwn? {
        var words: [Mrkdwn] = []
        if let urgency = filter.urgency { words.append("\(urgency.rawValue) urgency only") }
        if case .some(let ids, let orNone) = filter.priorities {
            var names = ids.prefix(10).map { (priorities[$0] ?? $0.value).clipped.escaped() }
            if orNone { names.append(names.isEmpty ? "only without a priority" : "or without a priority") }
            words.append(names.joined(separator: ", "))
        }
        return words.isEmpty ? nil : words.joined(separator: " · ")
    }
}
