private import PluginAPI

extension PagerDuty {
    /// What somebody wants of an incident that is there: one thing at a time.
    package enum IncidentWish: Hashable, Sendable {
        case acknowledged
        case resolved
        /// Open again, or no longer acknowledged.
        case triggered
        /// Level of the escalation policy, from 1. PagerDuty escalates no incident of low urgency.
        case level(Int)
        case assignees([ID])
        case priority(ID)

        /// What it changes of the incident, in the REST API's words.
        fileprivate var change: (member: String, value: JSONValue) {
            switch self {
            case .acknowledged: ("status", "acknowledged")
            case .resolved: ("status", "resolved")
            case .triggered: ("status", "triggered")
            case .level(let level): ("escalation_level", .integer(Int64(level)))
            case .assignees(let people):
                (
                    "assignments",
                    .array(people.map { ["assignee": ["id": .string($0.value), "type": "user_reference"]] })
                )
            case .priority(let id): ("priority", ["id": .string(id.value), "type": "priority_reference"])
            }
        }
    }

    /// That something was done; the answer says nothing more that matters.
    package struct Done: Hashable, Sendable {}
}

extension PagerDutyWrite where Response == PagerDuty.Incident {
    /// Changes an incident: `PUT /incidents/{id}`.
    package static func change(_ incident: PagerDuty.ID, to wish: PagerDuty.IncidentWish) -> Self {
        let (member, value) = wish.change
        let body: JSONValue = ["incident": ["type": "incident", member: value]]
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
        return Self(.post("/incidents/\(incident)/status_updates", json: body), needsFrom: true)
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
        return Self(.post("/incidents/\(incident)/responder_requests", json: body), needsFrom: true)
    }

    /// Runs a workflow on an incident: `POST /incident_workflows/{id}/instances`.
    package static func run(_ workflow: PagerDuty.ID, on incident: PagerDuty.ID) -> Self {
        let body: JSONValue = [
            "incident_workflow_instance": [
                "incident": ["id": .string(incident.value), "type": "incident_reference"]
            ]
        ]
        return Self(.post("/incident_workflows/\(workflow)/instances", json: body), needsFrom: false)
    }
}
