import FoundationEssentials
import PagerDutyKit
import Testing

/// What the events of PagerDuty's webhooks tell.
@Suite struct IncidentEventTests {
    typealias Subject = PagerDuty.IncidentEvent.Subject

    private func event(_ type: String, _ data: String = V3Body.incident) throws -> PagerDuty.IncidentEvent {
        try #require(WebhookV3(Array(V3Body.event(type, data: data).utf8)).incidentEvent)
    }

    @Test(arguments: [
        "triggered", "acknowledged", "unacknowledged", "resolved", "reopened", "escalated", "reassigned", "delegated",
        "priority_updated", "service_updated", "incident_type.changed",
    ])
    func `an event that carries the incident carries all of it`(kind: String) throws {
        let event = try event("incident.\(kind)")
        #expect(event.kind.rawValue == "incident.\(kind)")
        #expect(PagerDuty.IncidentEvent.Kind.all.contains(event.kind))
        #expect(event.agent?.name == "Ben Okafor")
        #expect(event.occurredAt == PagerDutyTime.parse("2026-01-05T15:00:00.250Z"))
        let incident = try #require(event.incident)
        #expect(incident.number == 4711)
        #expect(incident.status == .triggered)
        #expect(incident.urgency == .high)
        #expect(incident.service?.name == "Checkout")
        #expect(incident.priority?.name == "P1")
        #expect(incident.assignees.map(\.name) == ["Ada Martin"])
        #expect(incident.teams.map(\.id.value) == ["PTEAM01"])
        #expect(incident.conferenceNumber == "1000")
        #expect(incident.conferenceLink?.address == "https://meet.example.com/4711")
        #expect(incident.mergedInto == nil)
    }

    @Test func `what hangs on an incident is told with its words`() throws {
        func subject(_ kind: String, _ type: String, _ more: String) throws -> Subject {
            let event = try event("incident.\(kind)", V3Body.part(type, more))
            #expect(event.about.id.value == "PINC001")
            #expect(event.incident == nil)
            return event.subject
        }
        #expect(
            try subject("annotated", "incident_note", #""id": "PN", "content": "Killed the query", "trimmed": false"#)
                == .note("Killed the query"))
        #expect(
            try subject("status_update_published", "incident_status_update", #""message": "Being worked on""#)
                == .statusUpdate("Being worked on"))
        let maeve = PagerDuty.ID("PMAEVE1").map {
            PagerDuty.Reference(id: $0, type: "user_reference", summary: "Maeve")
        }
        #expect(
            try subject(
                "responder.added", "incident_responder",
                #""user": {"id": "PMAEVE1", "type": "user_reference", "summary": "Maeve"}, "escalation_policy": null, "message": "Help", "state": "pending""#
            ) == .responder(maeve, policy: nil, state: "pending", message: "Help"))
        #expect(
            try subject("task.created", "incident_task", #""name": "Call them", "status": "todo""#)
                == .task("Call them", status: "todo"))
        #expect(
            try subject(
                "workflow.started", "incident_workflow_instance",
                #""summary": "An instance", "incident_workflow": {"id": "PWF", "summary": "Major incident"}"#)
                == .workflow("Major incident"))
        #expect(
            try subject(
                "action_invocation.updated", "incident_action_invocation",
                #""action": {"id": "PACT", "summary": "Restart"}, "state": "running""#)
                == .action("Restart", state: "running"))
        #expect(
            try subject(
                "conference_bridge.updated", "incident_conference_bridge",
                #""conference_numbers": ["+1 555 0100"], "conference_url": "https://meet.example.com/1""#)
                == .conferenceBridge(
                    number: "+1 555 0100", link: PagerDuty.WebLink("https://meet.example.com/1")))
        for numbers in [#"[{"label": "Dial-in", "number": "+1 555 0100"}]"#, #""+1 555 0100""#] {
            #expect(
                try subject(
                    "conference_bridge.updated", "incident_conference_bridge",
                    #""conference_numbers": \#(numbers), "conference_url": null"#)
                    == .conferenceBridge(number: "+1 555 0100", link: nil))
        }
        #expect(
            try subject(
                "custom_field_values.updated", "incident_field_values",
                #""custom_fields": [{"name": "env", "display_name": "Environment", "value": "prod"}, {"name": "n", "value": 3}]"#
            ) == .customFields([.init(name: "Environment", value: "prod"), .init(name: "n", value: "3.0")]))
        #expect(try subject("something.new", "incident_something", #""x": 1"#) == .nothing)
    }

    @Test func `roles name their incident one level deeper`() throws {
        let event = try event(
            "incident.role.assigned",
            #"""
            {"type": "incident_role_assignment", "incident_role_assignments": [
              {"id": "r1", "assignee": {"id": "PUSER01", "summary": "Ada Martin"}, "old_assignee": null,
               "role": {"id": "PROLE01", "summary": "Incident Commander"},
               "incident": {"id": "PINC001", "summary": null, "type": "incident_reference"}, "status": "active"}]}
            """#)
        #expect(event.about.id.value == "PINC001")
        guard case .role("Incident Commander", let assignee) = event.subject else {
            Issue.record("\(event.subject)")
            return
        }
        #expect(assignee?.name == "Ada Martin")
    }

    @Test(arguments: [
        #"{"id": "PINC001", "type": "incident", "title": "T"}"#,
        #"{"id": "PINC001", "type": "incident", "number": "12", "status": 7, "service": null, "assignees": null, "teams": {}, "priority": [], "urgency": "extreme", "conference_bridge": {"conference_number": null, "conference_url": "javascript:alert(1)"}, "created_at": "", "html_url": "ftp://x/y"}"#,
        #"{"id": "PINC001", "type": "incident", "title": null, "assignees": [null, {}, {"id": "../x"}], "resolve_reason": "merged"}"#,
    ])
    func `an incident of which little can be read is an incident all the same`(data: String) throws {
        let incident = try #require(event("incident.triggered", data).incident)
        #expect(incident.id.value == "PINC001")
        #expect(incident.assignees.isEmpty)
        #expect(incident.conferenceLink == nil)
        #expect(incident.link == nil)
    }

    @Test func `an event that happened by itself has nobody who did it`() throws {
        let body = V3Body.event("incident.unacknowledged", agent: "null")
        #expect(try WebhookV3(Array(body.utf8)).incidentEvent?.agent == nil)
    }

    @Test func `a merged incident names what it went into`() throws {
        let data = V3Body.incident.replacing(
            #""resolve_reason": null"#,
            with:
                #""resolve_reason": {"type": "merge_resolve_reason", "incident": {"id": "PINC002", "type": "incident_reference", "summary": "[#12] All of checkout", "html_url": "https://acme.pagerduty.com/incidents/PINC002"}}"#
        )
        let incident = try #require(event("incident.resolved", data).incident)
        #expect(incident.mergedInto?.name == "[#12] All of checkout")
    }

    @Test func `an incident survives being stored`() throws {
        let incident = try #require(event("incident.triggered").incident)
        let stored = try JSONEncoder().encode(incident)
        #expect(try JSONDecoder().decode(PagerDuty.Incident.self, from: stored) == incident)
    }
}
