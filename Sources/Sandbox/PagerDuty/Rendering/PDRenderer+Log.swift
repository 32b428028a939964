import Foundation

/// The log of an incident.
extension PDRenderer {
    func logEntry(_ entry: PDLogEntry, of incident: PDIncident) -> JSON {
        var json: JSON = [
            "id": .string(entry.id), "type": .string(Self.type(entry.kind)),
            "summary": .string(logSummary(entry, of: incident)),
            "self": api("log_entries/\(entry.id)?incident_id=\(incident.id)"),
            "html_url": page("incidents/\(incident.id)"), "created_at": time(entry.at), "agent": agent(entry.agent),
            "channel": channel(entry, of: incident),
            "service": expand(
                "services", account.service(incident.serviceID).map(plain.service),
                serviceReference(incident.serviceID)),
            "incident": expand("incidents", plain.incident(incident), incidentReference(incident)),
            "teams": teams(account.service(incident.serviceID)?.teamIDs ?? []), "contexts": [],
        ]
        for (name, value) in details(entry, of: incident) { json[name] = value }
        return json
    }

    private static func type(_ kind: PDLogEntry.Kind) -> String {
        switch kind {
        case .trigger: "trigger_log_entry"
        case .acknowledge: "acknowledge_log_entry"
        case .unacknowledge: "unacknowledge_log_entry"
        case .resolve: "resolve_log_entry"
        case .reopen: "reopen_log_entry"
        case .escalate: "escalate_log_entry"
        case .assign, .reassign: "assign_log_entry"
        case .delegate: "delegate_log_entry"
        case .notify: "notify_log_entry"
        case .annotate: "annotate_log_entry"
        case .snooze: "snooze_log_entry"
        case .priority: "priority_change_log_entry"
        case .urgency: "urgency_change_log_entry"
        case .title: "field_value_change_log_entry"
        case .merge: "merge_log_entry"
        case .responderRequest: "responder_request_log_entry"
        case .responderReply: "responder_reply_log_entry"
        case .statusUpdate: "status_update_log_entry"
        case .workflow: "workflow_start_log_entry"
        case .exhausted: "exhaust_escalation_path_log_entry"
        }
    }

    private func channel(_ entry: PDLogEntry, of incident: PDIncident) -> JSON {
        switch entry.kind {
        case .annotate(let content): return ["type": "note", "summary": .string(content)]
        case .notify(_, let method):
            return ["type": "auto", "notification": ["type": .string(method), "status": "success"]]
        case .trigger:
            return [
                "type": .string(entry.channel), "summary": .string(incident.title), "subject": .string(incident.title),
                "details": JSON(incident.details),
            ]
        default: return ["type": .string(entry.channel)]
        }
    }

    private func details(_ entry: PDLogEntry, of incident: PDIncident) -> [(String, JSON)] {
        func people(_ ids: [String]) -> JSON { .array(ids.map(userReference)) }
        switch entry.kind {
        case .trigger: return [("event_details", ["description": .string(incident.title)])]
        case .assign(let ids), .reassign(let ids), .escalate(let ids, _): return [("assignees", people(ids))]
        case .delegate(let ids, let policyID):
            return [("assignees", people(ids)), ("escalation_policy", policyReference(policyID))]
        case .notify(let id, _): return [("user", userReference(id))]
        case .snooze(let until): return [("changed_actions", [["type": "unacknowledge", "at": time(until)]])]
        case .priority(let from, let to):
            return [
                (
                    "event_details",
                    [
                        "old_priority": from.map(priorityReference) ?? .null,
                        "new_priority": to.map(priorityReference) ?? .null,
                    ]
                )
            ]
        case .responderRequest(let ids, let message):
            return [("responders", people(ids)), ("message", .string(message))]
        default: return []
        }
    }

    /// One sentence, as PagerDuty's timeline has it.
    func logSummary(_ entry: PDLogEntry, of incident: PDIncident) -> String {
        let who = name(entry.agent)
        let service = account.service(incident.serviceID)?.name ?? "a service"
        switch entry.kind {
        case .trigger:
            return entry.agent.userID == nil
                ? "Triggered through the API" : "Triggered by \(who) through the \(door(entry.channel))"
        case .acknowledge: return "Acknowledged by \(who) via \(door(entry.channel))"
        case .unacknowledge(let byTimeout):
            return byTimeout ? "Unacknowledged due to timeout" : "Unacknowledged by \(who)"
        case .resolve: return entry.agent.userID == nil ? "Resolved through the integration API" : "Resolved by \(who)"
        case .reopen: return "Reopened by \(who)"
        case .escalate(let ids, let manual):
            return "Escalated to \(names(ids)) by \(manual ? who : "timeout of \(who)")"
        case .assign(let ids): return "Assigned to \(names(ids)) by \(service)"
        case .reassign(let ids): return "Reassigned to \(names(ids)) by \(who)"
        case .delegate(let ids, let policyID):
            return "Reassigned to \(account.policy(policyID)?.name ?? "a policy") (\(names(ids))) by \(who)"
        case .notify(let id, let method):
            return "Notified \(names([id])) by \(method == "push_notification" ? "push notification" : method)"
        case .annotate: return "Note added by \(who)"
        case .snooze(let until): return "Snoozed by \(who) until \(PDTime.format(until, in: zone))"
        case .priority(let from, let to):
            return "Priority changed from \(priorityName(from)) to \(priorityName(to)) by \(who)"
        case .urgency(let urgency): return "Urgency changed to \(urgency) by \(who)"
        case .title(let title): return "Title changed to “\(title)” by \(who)"
        case .merge(let id):
            return "Merged into \(account.incident(id).map(Self.summary) ?? "another incident") by \(who)"
        case .responderRequest(let ids, _): return "\(who) requested help from \(names(ids))"
        case .responderReply(let id, let accepted): return "\(names([id])) \(accepted ? "joined" : "declined")"
        case .statusUpdate(let message): return "Status update by \(who): \(message)"
        case .workflow(let name): return "Workflow “\(name)” started by \(who)"
        case .exhausted: return "Nobody is left to escalate to in \(who)"
        }
    }

    func name(_ agent: PDAgent) -> String {
        switch agent {
        case .user(let id): account.user(id)?.name ?? "a deleted user"
        case .service(let id): account.service(id)?.name ?? "a service"
        case .policy(let id): account.policy(id)?.name ?? "a policy"
        }
    }
    private func names(_ ids: [String]) -> String {
        ids.isEmpty ? "nobody" : ids.map { account.user($0)?.name ?? "a deleted user" }.joined(separator: ", ")
    }
    private func priorityName(_ id: String?) -> String { id.flatMap { account.priority($0)?.name } ?? "none" }
    private func door(_ channel: String) -> String {
        switch channel {
        case "website": "website"
        case "mobile": "mobile app"
        case "api": "API"
        default: channel
        }
    }
}
