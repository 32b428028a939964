import Foundation

/// People, teams, services, policies and what else the account is set up with.
extension PDRenderer {
    func user(_ user: PDUser) -> JSON {
        let path = "users/\(user.id)"
        let methodID = "PC" + user.id.dropFirst(2)
        let ruleID = "PN" + user.id.dropFirst(2)
        let method: JSON =
            includes.contains("contact_methods")
            ? [
                "id": .string(methodID), "type": "email_contact_method", "summary": "Default",
                "self": api("\(path)/contact_methods/\(methodID)"), "html_url": nil, "label": "Default",
                "address": .string(user.email), "send_short_email": false, "send_html_email": true,
            ] : reference("email_contact_method_reference", methodID, "Default", "\(path)/contact_methods/\(methodID)")
        let json: JSON = [
            "name": .string(user.name), "email": .string(user.email), "time_zone": .string(user.timeZone),
            "color": .string(user.color), "avatar_url": .string("\(origin)/assets/pagerduty-avatar-\(user.id)"),
            "billed": .bool(!user.role.isStakeholder), "role": .string(user.role.rawValue),
            "description": JSON(user.description), "invitation_sent": .bool(user.invitationSent),
            "job_title": JSON(user.jobTitle), "created_via_sso": false,
            "teams": .array(
                account.teamIDs(of: user.id).map { id in
                    expand("teams", account.team(id).map(plain.team), teamReference(id))
                }),
            "contact_methods": [method],
            "notification_rules": [
                reference(
                    "assignment_notification_rule_reference", ruleID, "0 minutes: channel \(methodID)",
                    "\(path)/notification_rules/\(ruleID)")
            ],
            "id": .string(user.id), "type": "user", "summary": .string(user.name), "self": api(path),
            "html_url": userPage(user.id),
        ]
        return includes.contains("subdomains") ? json.with(["subdomains": [.string(PDAccount.subdomain)]]) : json
    }

    func team(_ team: PDTeam) -> JSON {
        [
            "id": .string(team.id), "name": .string(team.name), "description": .string(team.description),
            "type": "team", "summary": .string(team.name), "self": api("teams/\(team.id)"),
            "html_url": page("teams/\(team.id)"), "default_role": "manager", "parent": nil,
        ]
    }

    func member(_ member: PDTeam.Member) -> JSON {
        [
            "user": expand("users", account.user(member.userID).map(plain.user), userReference(member.userID)),
            "role": .string(member.role),
        ]
    }

    func service(_ service: PDService) -> JSON {
        let path = "services/\(service.id)"
        var last: Date?
        for incident in account.incidents where incident.serviceID == service.id { last = incident.createdAt }
        return [
            "id": .string(service.id), "name": .string(service.name), "description": .string(service.description),
            "created_at": time(service.createdAt), "updated_at": time(service.createdAt),
            "status": .string(status(of: service)), "teams": teams(service.teamIDs),
            "alert_creation": "create_alerts_and_incidents", "addons": [], "scheduled_actions": [],
            "support_hours": supportHours(service), "last_incident_timestamp": time(last),
            "escalation_policy": expand(
                "escalation_policies", account.policy(service.policyID).map(plain.policy),
                policyReference(service.policyID)),
            "incident_urgency_rule": urgencyRule(service),
            "acknowledgement_timeout": JSON(service.acknowledgementTimeout),
            "auto_resolve_timeout": JSON(service.autoResolveTimeout), "alert_grouping": nil,
            "alert_grouping_timeout": nil, "alert_grouping_parameters": ["type": nil, "config": nil],
            "integrations": [], "response_play": nil, "type": "service", "summary": .string(service.name),
            "self": api(path), "html_url": page(path),
        ]
    }

    /// The gravest state of what is open on a service.
    func status(of service: PDService) -> String {
        if service.disabled { return "disabled" }
        let open = account.incidents.filter { $0.isOpen && $0.serviceID == service.id }
        if open.contains(where: { $0.status == .triggered }) { return "critical" }
        return open.isEmpty ? "active" : "warning"
    }

    private func urgencyRule(_ service: PDService) -> JSON {
        switch service.urgency {
        case .constant(let urgency): ["type": "constant", "urgency": .string(urgency)]
        case .supportHours:
            [
                "type": "use_support_hours", "during_support_hours": ["type": "constant", "urgency": "high"],
                "outside_support_hours": ["type": "constant", "urgency": "low"],
            ]
        }
    }

    private func supportHours(_ service: PDService) -> JSON {
        guard case .supportHours(let start, let end, let zone) = service.urgency else { return .null }
        return [
            "type": "fixed_time_per_day", "time_zone": .string(zone), "days_of_week": [1, 2, 3, 4, 5],
            "start_time": .string(Self.timeOfDay(start)), "end_time": .string(Self.timeOfDay(end)),
        ]
    }

    static func timeOfDay(_ second: Int) -> String {
        let text = PDTime.formatWithoutZone(Date(timeIntervalSince1970: Double(second)))
        return String(text.dropFirst(11))
    }

    func teams(_ ids: [String]) -> JSON {
        .array(ids.map { id in expand("teams", account.team(id).map(plain.team), teamReference(id)) })
    }

    func policy(_ policy: PDPolicy) -> JSON {
        let path = "escalation_policies/\(policy.id)"
        let services = account.services.filter { $0.policyID == policy.id }
        return [
            "id": .string(policy.id), "type": "escalation_policy", "summary": .string(policy.name),
            "self": api(path), "html_url": page(path), "name": .string(policy.name),
            "escalation_rules": .array(
                policy.rules.map { rule in
                    [
                        "id": .string(rule.id), "escalation_delay_in_minutes": .int(rule.delayMinutes),
                        "targets": .array(rule.targets.map(target)),
                    ]
                }),
            "services": .array(
                services.map { one in expand("services", plain.service(one), serviceReference(one.id)) }),
            "num_loops": .int(policy.loops), "teams": teams(policy.teamIDs), "description": .string(policy.description),
            "on_call_handoff_notifications": "if_has_services", "privilege": nil,
        ]
    }

    private func target(_ target: PDPolicy.Target) -> JSON {
        switch target {
        case .user(let id): expand("targets", account.user(id).map(plain.user), userReference(id))
        case .schedule(let id): expand("targets", account.schedule(id).map(plain.schedule), scheduleReference(id))
        }
    }

    func priority(_ priority: PDPriority) -> JSON {
        let place = account.priorities.firstIndex { $0.id == priority.id } ?? 0
        return [
            "id": .string(priority.id), "type": "priority", "summary": .string(priority.name),
            "self": api("priorities/\(priority.id)"), "html_url": nil, "account_id": "PACME01",
            "color": .string(priority.color), "created_at": nil, "updated_at": nil,
            "description": .string(priority.description), "name": .string(priority.name),
            "order": .int((account.priorities.count - place) * 100), "schema_version": 0,
        ]
    }

    func workflow(_ workflow: PDWorkflow) -> JSON {
        var json: JSON = [
            "id": .string(workflow.id), "type": "incident_workflow", "name": .string(workflow.name),
            "description": .string(workflow.description), "created_at": time(workflow.createdAt),
            "self": api("incident_workflows/\(workflow.id)"), "html_url": page("workflows/\(workflow.id)"),
            "is_enabled": true,
        ]
        if includes.contains("team") { json["team"] = workflow.teamID.map(teamReference) ?? .null }
        if includes.contains("steps") { json["steps"] = [] }
        return json
    }

    /// The trigger by which people start a workflow.
    func workflowTrigger(_ one: PDWorkflow) -> JSON {
        [
            "id": .string(one.triggerID), "type": "workflow_trigger", "trigger_type_name": "Manual Trigger",
            "trigger_type": "manual", "condition": nil, "workflow_id": .string(one.id),
            "trigger_url": api("incident_workflows/triggers/\(one.triggerID)/start"),
            "self": api("incident_workflows/triggers/\(one.triggerID)"), "workflow_name": .string(one.name),
            "is_subscribed_to_all_services": true, "services": [], "workflow": plain.workflow(one),
            "permissions": ["restricted": false, "team_id": JSON(one.teamID)],
        ]
    }

    func responsePlay(_ one: PDWorkflow) -> JSON {
        [
            "id": .string(one.playID), "type": "response_play", "summary": .string(one.name),
            "self": api("response_plays/\(one.playID)"), "html_url": nil, "name": .string(one.name),
            "description": .string(one.description), "team": one.teamID.map(teamReference) ?? .null,
        ]
    }

    func customField(_ one: PDCustomField) -> JSON {
        [
            "id": .string(one.id), "type": "field", "name": .string(one.name),
            "display_name": .string(one.displayName), "data_type": "string", "field_type": "single_value",
            "summary": .string(one.displayName), "self": api("incidents/custom_fields/\(one.id)"),
        ]
    }

    func customFields(of incident: PDIncident, only names: [String]? = nil) -> JSON {
        .array(
            account.customFields.filter { names?.contains($0.name) ?? true }.map { one in
                [
                    "id": .string(one.id), "type": "field_value", "name": .string(one.name),
                    "display_name": .string(one.displayName), "data_type": "string", "field_type": "single_value",
                    "value": incident.customFields[one.name] ?? .null,
                ]
            })
    }
}
