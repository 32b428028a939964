import Foundation

/// Extensions, subscriptions and the events that they are sent.
extension PDRenderer {
    func extensionSchema(_ id: String) -> JSON {
        [
            "id": .string(id), "type": "extension_schema", "summary": "Generic V2 Webhook",
            "self": api("extension_schemas/\(id)"), "html_url": nil, "key": "generic_v2_webhook",
            "label": "Generic V2 Webhook", "description": "Sends a request when an incident changes", "url": nil,
            "send_types": [
                "trigger", "acknowledge", "resolve", "delegate", "escalate", "unacknowledge", "assign", "annotate",
            ],
        ]
    }

    func `extension`(_ one: PDExtension) -> JSON {
        [
            "id": .string(one.id), "type": "extension", "summary": .string(one.name),
            "self": api("extensions/\(one.id)"),
            "html_url": nil, "name": .string(one.name), "endpoint_url": JSON(one.endpointURL), "config": one.config,
            "temporarily_disabled": .bool(one.temporarilyDisabledUntil != nil),
            "extension_schema": expand(
                "extension_schemas", extensionSchema(one.schemaID),
                reference(
                    "extension_schema_reference", one.schemaID, "Generic V2 Webhook",
                    "extension_schemas/\(one.schemaID)")),
            "extension_objects": .array(
                one.serviceIDs.map { id in
                    expand("extension_objects", account.service(id).map(plain.service), serviceReference(id))
                }),
        ]
    }

    func subscription(_ one: PDSubscription) -> JSON { subscription(one, tellingSecret: false) }

    func subscription(_ one: PDSubscription, tellingSecret: Bool) -> JSON {
        let headers = one.headers.map { header -> JSON in
            ["name": .string(header.name), "value": .string(tellingSecret ? header.value : "-- redacted --")]
        }
        return [
            "id": .string(one.id), "type": "webhook_subscription", "active": .bool(one.active),
            "delivery_method": [
                "id": .string(one.methodID), "type": "http_delivery_method", "url": .string(one.url),
                "secret": tellingSecret ? .string(one.secret) : nil,
                "temporarily_disabled": .bool(one.temporarilyDisabledUntil != nil), "custom_headers": .array(headers),
            ],
            "description": JSON(one.description), "events": .array(one.events.map(JSON.string)),
            "filter": .compact(["type": .string(one.filterType), "id": one.filterID.map(JSON.string)]),
        ]
    }

    /// The body of a V3 delivery.
    ///
    /// - SeeAlso: https://developer.pagerduty.com/docs/webhooks-overview#webhook-payload
    func event(_ event: PDEvent) -> JSON {
        [
            "event": [
                "id": .string(event.id), "event_type": .string(event.type),
                "resource_type": .string(event.incident == nil ? "pagey" : "incident"),
                "occurred_at": .string(PDTime.formatMilliseconds(event.occurredAt)),
                "agent": event.agent.map(agent) ?? .null, "client": nil, "data": data(event),
            ]
        ]
    }

    private func data(_ event: PDEvent) -> JSON {
        guard let incident = event.incident else {
            return ["type": "ping", "message": "Hello from your friend Pagey!"]
        }
        switch event.subject {
        case .incident: return webhookIncident(incident)
        case .note(let note):
            return [
                "incident": incidentReference(incident), "id": .string(note.id), "content": .string(note.content),
                "trimmed": false, "type": "incident_note",
            ]
        case .statusUpdate(let update):
            return [
                "incident": incidentReference(incident), "id": .string(update.id), "message": .string(update.message),
                "trimmed": false, "type": "incident_status_update",
            ]
        case .responder(let responder):
            return [
                "incident": incidentReference(incident), "user": userReference(responder.userID),
                "escalation_policy": nil, "message": .string(responder.message),
                // What REST calls joined is accepted here.
                "state": .string(responder.state == "joined" ? "accepted" : responder.state),
                "type": "incident_responder",
            ]
        case .workflow(let instance):
            let workflow = account.workflows.first { $0.id == instance.workflowID }
            return [
                "incident": incidentReference(incident), "id": .string(instance.id),
                "summary": JSON(workflow?.name), "type": "incident_workflow_instance",
                "incident_workflow": reference(
                    "incident_workflow_reference", instance.workflowID, workflow?.name ?? "",
                    "incident_workflows/\(instance.workflowID)"),
                "workflow_trigger": workflow.map { one in
                    reference(
                        "workflow_trigger_reference", one.triggerID, one.name,
                        "incident_workflows/triggers/\(one.triggerID)")
                } ?? .null,
                "service": serviceReference(incident.serviceID),
            ]
        case .conferenceBridge:
            return [
                "incident": incidentReference(incident), "conference_url": JSON(incident.conferenceURL),
                "conference_numbers": incident.conferenceNumber.map {
                    [["label": "Dial-in", "number": .string($0)]]
                } ?? .null,
                "type": "incident_conference_bridge",
            ]
        case .customFields(let changed):
            return [
                "incident": incidentReference(incident), "custom_fields": customFields(of: incident),
                "changed_custom_fields": customFields(of: incident, only: changed), "type": "incident_field_values",
            ]
        case .anything(let data): return data
        }
    }

    private func webhookIncident(_ incident: PDIncident) -> JSON {
        let bridge: JSON =
            incident.conferenceNumber == nil && incident.conferenceURL == nil
            ? .null
            : [
                "conference_number": JSON(incident.conferenceNumber), "conference_url": JSON(incident.conferenceURL),
            ]
        return [
            "id": .string(incident.id), "type": "incident", "self": api("incidents/\(incident.id)"),
            "html_url": page("incidents/\(incident.id)"), "number": .int(incident.number),
            "status": .string(incident.status.rawValue), "incident_key": .string(incident.key),
            "created_at": time(incident.createdAt), "reopened_at": time(incident.reopenedAt),
            "title": .string(incident.title), "incident_type": ["name": .string(incident.type)],
            "service": serviceReference(incident.serviceID),
            "assignees": .array(incident.assignments.map { userReference($0.userID) }),
            "escalation_policy": policyReference(incident.policyID),
            "teams": teamReferences(account.service(incident.serviceID)?.teamIDs ?? []),
            "priority": incident.priorityID.map(priorityReference) ?? .null, "urgency": .string(incident.urgency),
            "conference_bridge": bridge,
            "resolve_reason": incident.mergedInto.flatMap { account.incident($0) }.map {
                ["type": "merge_resolve_reason", "incident": incidentReference($0)]
            } ?? .null,
        ]
    }

    /// The body of a V2 delivery: one message about one incident.
    func message(_ event: PDEvent, for one: PDExtension) -> JSON {
        guard let incident = event.incident else { return ["messages": []] }
        var full = self
        full.includes = ["services"]
        let type = PDExtension.event(for: event.type) ?? event.type
        let entries = incident.log.dropFirst(type == "incident.trigger" ? 0 : 1)
        return [
            "messages": [
                [
                    "id": .string(event.id.lowercased()), "event": .string(type), "created_on": time(event.occurredAt),
                    "incident": full.incident(incident), "webhook": webhook(one, serviceID: incident.serviceID),
                    "log_entries": .array(entries.prefix(1).map { plain.logEntry($0, of: incident) }),
                ]
            ]
        ]
    }

    private func webhook(_ one: PDExtension, serviceID: String) -> JSON {
        [
            "id": .string(one.id), "type": "webhook", "summary": .string(one.name),
            "self": api("webhooks/\(one.id)"), "html_url": nil, "endpoint_url": JSON(one.endpointURL),
            "name": .string(one.name), "description": nil, "webhook_object": serviceReference(serviceID),
            "config": one.config.isNull ? [:] : one.config, "accounts_addon": nil,
            "outbound_integration": reference(
                "outbound_integration_reference", one.schemaID, "Generic V2 Webhook",
                "outbound_integrations/\(one.schemaID)"),
        ]
    }
}
