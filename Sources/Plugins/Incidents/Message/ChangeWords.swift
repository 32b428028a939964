import PagerDutyKit
import PluginAPI

/// What happened to an incident, in one sentence: "Acknowledged by Ada Martin".
struct ChangeWords {
    private let change: IncidentChange
    private let people: People

    init(_ change: IncidentChange, people: People) {
        self.change = change
        self.people = people
    }

    var sentence: Mrkdwn {
        switch change.kind {
        case .triggered: by("Triggered")
        case .acknowledged: by("Acknowledged")
        case .unacknowledged: by("Unacknowledged")
        case .resolved: by("Resolved")
        case .reopened: by("Reopened")
        case .escalated: by(to("Escalated"))
        case .reassigned: by(to("Reassigned"))
        case .delegated: by(to("Moved to another escalation policy"))
        case .annotated: by("Note added")
        case .priorityUpdated: by("Priority changed")
        case .responderAdded: by("Responders asked for help")
        case .responderReplied: by("A responder replied")
        case .statusUpdatePublished: by("Status update published")
        case .serviceUpdated: by("Moved to another service")
        case .typeChanged: by("Type changed")
        case .conferenceBridgeUpdated: by("Conference bridge changed")
        case .customFieldsUpdated: by("Fields changed")
        case .roleAssigned: by("Role assigned")
        case .taskCreated: by("Task added")
        case .taskUpdated: by("Task changed")
        case .taskCompleted: by("Task done")
        case .workflowStarted: by("Workflow started")
        case .workflowCompleted: "Workflow completed"
        case .actionCreated: by("Action started")
        case .actionUpdated: "Action goes on"
        case .actionTerminated: "Action ended"
        default: by("Changed")
        }
    }

    private func by(_ what: Mrkdwn) -> Mrkdwn {
        guard let agent = change.agent else { return what }
        return "\(what) by \(people.name(of: agent))"
    }

    private func to(_ what: Mrkdwn) -> Mrkdwn {
        change.assignees.isEmpty ? what : "\(what) to \(people.names(of: change.assignees))"
    }
}
