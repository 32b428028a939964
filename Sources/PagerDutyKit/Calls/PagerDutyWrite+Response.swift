private import PluginAPI

/// What somebody wants of an incident that is there: one thing at a time.
package enum IncidentWish: Hashable, Sendable {
    case acknowledged
    /// With what the person says of it; PagerDuty keeps that in the log.
    case resolved(String?)
    /// Open again, or no longer acknowledged.
    case triggered
    /// Level of the escalation policy, from 1. PagerDuty escalates no incident of low urgency.
    case level(Int)
    case assignees([PagerDuty.ID])
    case priority(PagerDuty.ID)

    fileprivate var members: JSONValue {
        switch self {
        case .acknowledged: ["type": "incident", "status": "acknowledged"]
        case .resolved(let words):
            words.map { ["type": "incident", "status": "resolved", "resolution": .string($0)] }
                ?? ["type": "incident", "status": "resolved"]
        case .triggered: ["type": "incident", "status": "triggered"]
        case .level(let level): ["type": "incident", "escalation_level": .integer(Int64(level))]
        case .assignees(let people):
            [
                "type": "incident",
                "assignments": .array(
                    people.map { ["assignee": ["id": .string($0.value), "type": "user_reference"]] }),
            ]
        case .priority(let priority):
            ["type": "incident", "priority": ["id": .string(priority.value), "type": "priority_reference"]]
        }
    }
}

extension PagerDutyWrite where Response == PagerDuty.Incident {
    /// Changes an incident: `PUT /incidents/{id}`.
    package static func change(_ incident: PagerDuty.ID, to wish: IncidentWish) -> Self {
        let body: JSONValue = ["incident": wish.members]
        return Self(.put("/incidents/\(incident)", json: body), needsFrom: true, at: "incident")
    }

    /// Lets an acknowledged incident rest: `POST /incidents/{id}/snooze`.
    /// - Parameter seconds: 1–604,800; PagerDuty refuses others.
    package static func snooze(_ incident: PagerDuty.ID, seconds: Int) -> Self {
        let body: JSONValue = ["duration": .integer(Int64(seconds))]
        return Self(.post("/incidents/\(incident)/snooze", json: body), needsFrom: true, at: "incident")
    }
}

extension PagerDutyWrite where Response == PagerDuty.Note {
    /// Writes a note on an incident: `POST /incidents/{id}/notes`.
    package static func note(_ content: String, on incident: PagerDuty.ID) -> Self {
        let body: JSONValue = ["note": ["content": .string(content)]]
        return Self(.post("/incidents/\(incident)/notes", json: body), needsFrom: true, at: "note")
    }
}

extension PagerDutyWrite where Response == PagerDuty.Done {
    /// Tells those who follow the incident: `POST /incidents/{id}/status_updates`.
    package static func statusUpdate(_ message: String, on incident: PagerDuty.ID) -> Self {
        let body: JSONValue = ["message": .string(message)]
        return Self(.post("/incidents/\(incident)/status_updates", json: body), needsFrom: true) { _ in
            PagerDuty.Done()
        }
    }

    /// Asks people for help: `POST /incidents/{id}/responder_requests`.
    /// - Parameters:
    ///   - people: at most 500.
    ///   - requester: Who asks; PagerDuty takes no other than the owner of the token.
    package static func responders(
        _ people: [PagerDuty.ID], on incident: PagerDuty.ID, saying message: String, requester: PagerDuty.ID
    ) -> Self {
        let targets = people.map { person -> JSONValue in
            ["responder_request_target": ["id": .string(person.value), "type": "user_reference"]]
        }
        let body: JSONValue = [
            "requester_id": .string(requester.value), "message": .string(message),
            "responder_request_targets": .array(targets),
        ]
        return Self(.post("/incidents/\(incident)/responder_requests", json: body), needsFrom: true) { _ in
            PagerDuty.Done()
        }
    }

    /// Runs a workflow on an incident: `POST /incident_workflows/{id}/instances`.
    package static func run(_ workflow: PagerDuty.ID, on incident: PagerDuty.ID) -> Self {
        let body: JSONValue = [
            "incident_workflow_instance": [
                "incident": ["id": .string(incident.value), "type": "incident_reference"]
            ]
        ]
        return Self(.post("/incident_workflows/\(workflow)/instances", json: body), needsFrom: false) { _ in
            PagerDuty.Done()
        }
    }
}

extension PagerDuty {
    /// That something was done; the answer says nothing more that matters.
    package struct Done: Hashable, Sendable {}
}
