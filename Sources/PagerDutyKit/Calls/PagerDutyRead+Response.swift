package import FoundationEssentials
private import PluginAPI

extension PagerDutyRead where Response == PagerDuty.Service {
    /// `GET /services/{id}`.
    package static func service(_ id: PagerDuty.ID) -> Self {
        Self(.get("/services/\(id)"), at: "service")
    }
}

extension PagerDutyRead where Response == PagerDuty.EscalationPolicy {
    /// `GET /escalation_policies/{id}`.
    package static func escalationPolicy(_ id: PagerDuty.ID) -> Self {
        Self(.get("/escalation_policies/\(id)"), at: "escalation_policy")
    }
}

extension PagerDutyRead where Response == PagerDuty.Incident {
    /// `GET /incidents/{id}`.
    package static func incident(_ id: PagerDuty.ID) -> Self {
        Self(.get("/incidents/\(id)"), at: "incident")
    }
}

extension PagerDutyList<PagerDuty.Service> {
    /// Services by a part of their name, all of them where it is empty: `GET /services`.
    package static func services(matching query: String = "") -> Self {
        Self("/services", at: "services", query: .matching(query))
    }
}

extension PagerDutyList<PagerDuty.EscalationPolicy> {
    /// `GET /escalation_policies`.
    package static func escalationPolicies(matching query: String = "") -> Self {
        Self("/escalation_policies", at: "escalation_policies", query: .matching(query))
    }
}

extension PagerDutyList<PagerDuty.Schedule> {
    /// `GET /schedules`.
    package static func schedules(matching query: String = "") -> Self {
        Self("/schedules", at: "schedules", query: .matching(query))
    }
}

extension PagerDutyList<PagerDuty.Priority> {
    /// The account's scale: `GET /priorities`. An error (402 or 403) where the plan or the settings have none.
    package static var priorities: Self { Self("/priorities", at: "priorities") }
}

extension PagerDutyList<PagerDuty.Incident> {
    /// Incidents with this key, the way to find out whether a create that got no answer was carried out:
    /// `GET /incidents?incident_key=`.
    package static func incidents(key: String) -> Self {
        Self("/incidents", at: "incidents", query: [("incident_key", key), ("date_range", "all")])
    }
}

extension PagerDutyList<PagerDuty.OnCall> {
    /// Who is on call for a policy in a stretch of time, people spelled out: `GET /oncalls`.
    ///
    /// - Parameter time: without it PagerDuty answers for now; with it the answer holds every stretch that overlaps.
    /// - SeeAlso: "List all of the on-calls" in PagerDuty's REST API reference.
    package static func onCalls(policy: PagerDuty.ID, during time: Range<Date>? = nil) -> Self {
        var query: [(name: String, value: String)] = [
            ("escalation_policy_ids[]", policy.value), ("include[]", "users"), ("time_zone", "UTC"),
        ]
        if let time {
            query += [
                ("since", PagerDutyTime.format(time.lowerBound)),
                ("until", PagerDutyTime.format(time.upperBound)),
            ]
        }
        return Self("/oncalls", at: "oncalls", query: query)
    }
}

extension PagerDutyList<PagerDuty.Extension> {
    /// What services' incidents are told to besides people: `GET /extensions`.
    package static var extensions: Self { Self("/extensions", at: "extensions") }
}

extension PagerDutyList<PagerDuty.LogEntry> {
    /// What happened to the account's incidents in a stretch of time: `GET /log_entries`.
    package static func logEntries(during time: Range<Date>) -> Self {
        Self(
            "/log_entries", at: "log_entries",
            query: [
                ("since", PagerDutyTime.format(time.lowerBound)), ("until", PagerDutyTime.format(time.upperBound)),
                ("time_zone", "UTC"),
            ])
    }
}

extension PagerDutyRead where Response == PagerDuty.Incident {
    /// An incident by the number that people know: `GET /incidents/{number}`.
    package static func incident(number: Int) -> Self {
        Self(.get("/incidents/\(number)"), at: "incident")
    }
}

extension PagerDutyList<PagerDuty.Alert> {
    /// What was reported of an incident: `GET /incidents/{id}/alerts`.
    package static func alerts(of incident: PagerDuty.ID) -> Self {
        Self("/incidents/\(incident)/alerts", at: "alerts", query: [("sort_by", "created_at:asc")])
    }
}

extension PagerDutyList<PagerDuty.LogEntry> {
    /// What happened to an incident, the latest first: `GET /incidents/{id}/log_entries`.
    package static func logEntries(of incident: PagerDuty.ID) -> Self {
        Self("/incidents/\(incident)/log_entries", at: "log_entries", query: [("time_zone", "UTC")])
    }
}

extension PagerDutyRead where Response == [PagerDuty.Note] {
    /// What people wrote on an incident: `GET /incidents/{id}/notes`, which has no pages.
    package static func notes(of incident: PagerDuty.ID) -> Self {
        Self(.get("/incidents/\(incident)/notes"), at: "notes")
    }
}

extension PagerDutyRead where Response == [PagerDuty.WorkflowTrigger] {
    /// Workflows that a person may start by hand: `GET /incident_workflows/triggers?trigger_type=manual`.
    package static var manualWorkflows: Self {
        Self(
            .get("/incident_workflows/triggers", query: [("trigger_type", "manual"), ("limit", "100")]),
            at: "triggers")
    }
}
