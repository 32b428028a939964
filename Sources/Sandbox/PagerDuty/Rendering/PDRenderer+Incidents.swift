import Foundation

/// Incidents and what hangs on them.
extension PDRenderer {
    func incident(_ incident: PDIncident) -> JSON {
        let path = "incidents/\(incident.id)"
        var json: JSON = [
            "incident_number": .int(incident.number), "title": .string(incident.title),
            "description": .string(incident.title), "created_at": time(incident.createdAt),
            "updated_at": time(incident.updatedAt), "status": .string(incident.status.rawValue),
            "incident_key": .string(incident.key),
            "service": expand(
                "services", account.service(incident.serviceID).map(plain.service),
                serviceReference(incident.serviceID)),
            "assignments": .array(
                incident.assignments.map { one in
                    [
                        "at": time(one.at),
                        "assignee": expand("assignees", account.user(one.userID).map(plain.user), person(one.userID)),
                    ]
                }),
            "assigned_via": .string(incident.assignedVia), "last_status_change_at": time(incident.lastStatusChangeAt),
            "resolved_at": time(incident.resolvedAt), "first_trigger_log_entry": firstTrigger(incident),
            "alert_counts": [
                "all": .int(incident.alerts.count),
                "triggered": .int(incident.alerts.count { $0.status == .triggered }),
                "resolved": .int(incident.alerts.count { $0.status == .resolved }),
            ],
            "is_mergeable": .bool(incident.isOpen), "incident_type": ["name": .string(incident.type)],
            "escalation_policy": expand(
                "escalation_policies", account.policy(incident.policyID).map(plain.policy),
                policyReference(incident.policyID)),
            "teams": teams(account.service(incident.serviceID)?.teamIDs ?? []),
            "impacted_services": [serviceReference(incident.serviceID)],
            "pending_actions": pendingActions(incident),
            "acknowledgements": .array(
                incident.acknowledgements.map { one in
                    [
                        "at": time(one.at),
                        "acknowledger": expand(
                            "acknowledgers", account.user(one.userID).map(plain.user), person(one.userID)),
                    ]
                }),
            "basic_alert_grouping": nil, "alert_grouping": nil,
            "last_status_change_by": agent(incident.lastStatusChangeBy),
            "priority": incident.priorityID.map { id in
                expand("priorities", account.priority(id).map(priority), priorityReference(id))
            } ?? .null,
            "resolve_reason": resolveReason(incident), "incidents_responders": responders(incident),
            "responder_requests": responderRequests(incident), "subscriber_requests": [],
            "urgency": .string(incident.urgency), "id": .string(incident.id), "type": "incident",
            "summary": .string(Self.summary(incident)), "self": api(path), "html_url": page(path),
        ]
        if incident.conferenceNumber != nil || incident.conferenceURL != nil || includes.contains("conference_bridge") {
            json["conference_bridge"] = [
                "conference_number": JSON(incident.conferenceNumber), "conference_url": JSON(incident.conferenceURL),
            ]
        }
        if let details = incident.details {
            json["body"] = ["type": "incident_body", "details": .string(details)]
        }
        return json
    }

    private func person(_ id: String) -> JSON {
        expand("users", account.user(id).map(plain.user), userReference(id))
    }

    private func firstTrigger(_ incident: PDIncident) -> JSON {
        guard let entry = incident.log.first else { return .null }
        return expand(
            "first_trigger_log_entries", plain.logEntry(entry, of: incident),
            reference(
                "trigger_log_entry_reference", entry.id, logSummary(entry, of: incident),
                "log_entries/\(entry.id)?incident_id=\(incident.id)", page: "incidents/\(incident.id)"))
    }

    private func pendingActions(_ incident: PDIncident) -> JSON {
        let actions = [
            ("unacknowledge", incident.unacknowledgesAt), ("escalate", incident.escalatesAt),
            ("resolve", incident.resolvesAt),
        ]
        return .array(
            actions.compactMap { name, at in at.map { ["type": .string(name), "at": time($0)] } })
    }

    private func resolveReason(_ incident: PDIncident) -> JSON {
        guard let id = incident.mergedInto, let target = account.incident(id) else { return .null }
        return ["type": "merge_resolve_reason", "incident": incidentReference(target)]
    }

    func responders(_ incident: PDIncident) -> JSON {
        .array(incident.responders.map { responder($0, of: incident) })
    }

    func responder(_ one: PDIncident.Responder, of incident: PDIncident) -> JSON {
        [
            "state": .string(one.state), "user": userReference(one.userID), "incident": incidentReference(incident),
            "updated_at": time(one.updatedAt), "message": .string(one.message),
            "requester": userReference(one.requesterID), "requested_at": time(one.requestedAt),
        ]
    }

    private func responderRequests(_ incident: PDIncident) -> JSON {
        .array(
            incident.responders.map { one in
                [
                    "incident": incidentReference(incident), "requester": userReference(one.requesterID),
                    "requested_at": time(one.requestedAt), "message": .string(one.message),
                    "responder_request_targets": [
                        [
                            "responder_request_target": [
                                "type": "user", "id": .string(one.userID),
                                "incidents_responders": [responder(one, of: incident)],
                            ]
                        ]
                    ],
                ]
            })
    }

    func note(_ note: PDIncident.Note) -> JSON {
        [
            "id": .string(note.id), "user": userReference(note.userID),
            "channel": ["summary": "The PagerDuty website or APIs"], "content": .string(note.content),
            "created_at": time(note.createdAt), "updated_at": time(note.createdAt),
        ]
    }

    func alert(_ alert: PDIncident.Alert, of incident: PDIncident) -> JSON {
        [
            "id": .string(alert.id), "type": "alert", "summary": .string(alert.summary),
            "self": api("incidents/\(incident.id)/alerts/\(alert.id)"), "html_url": page("incidents/\(incident.id)"),
            "created_at": time(alert.createdAt), "status": .string(alert.status.rawValue),
            "alert_key": .string(alert.key), "suppressed": false, "severity": .string(alert.severity),
            "service": expand(
                "services", account.service(incident.serviceID).map(plain.service),
                serviceReference(incident.serviceID)),
            "body": ["type": "alert_body", "contexts": [], "cef_details": nil, "details": alert.details],
            "incident": expand("incidents", plain.incident(incident), incidentReference(incident)),
            "integration": nil, "privilege": nil,
        ]
    }

    func statusUpdate(_ update: PDIncident.StatusUpdate) -> JSON {
        var json: JSON = [
            "id": .string(update.id), "message": .string(update.message), "sender": userReference(update.userID),
            "created_at": time(update.createdAt),
        ]
        if let subject = update.subject { json["subject"] = .string(subject) }
        if let html = update.html { json["html_message"] = .string(html) }
        return json
    }
}
