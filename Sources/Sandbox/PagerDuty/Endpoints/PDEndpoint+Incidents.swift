import Foundation

/// Incidents: listing, opening, changing.
extension PDEndpoint {
    static let incidents: [PDEndpoint] = [
        PDEndpoint("GET", "incidents", .readIncidents) { call, account throws(PDFailure) in
            let found = try PDIncidentFilter(call, account).sorted(account.incidents)
            let renderer = PDRenderer(account, call, zone: try call.zone(default: PDTime.utc))
            return try PDPage.answer("incidents", found, for: call, render: renderer.incident)
        },
        PDEndpoint("POST", "incidents", .trigger, from: true, perMinute: 480) { call, account throws(PDFailure) in
            let hand = try call.hand(in: account)
            let draft = try draft(try call.wrapped("incident"), account)
            let incident = try account.trigger(draft, by: hand)
            return PDAnswer(status: 201, json: ["incident": PDRenderer(account, call).incident(incident)])
        },
        PDEndpoint("PUT", "incidents", .respond, from: true, perMinute: 480) { call, account throws(PDFailure) in
            guard let changes = call.body["incidents"]?.array, !changes.isEmpty else {
                throw .invalid("incidents is required")
            }
            guard changes.count <= 250 else {
                throw PDFailure(
                    status: 413, message: "Request Entity Too Large", code: 2013, errors: ["At most 250 incidents"])
            }
            let hand = try call.hand(in: account)
            // All or nothing: a change that does not pass leaves the others undone.
            var next = account
            var ids: [String] = []
            for json in changes {
                guard let id = json["id"]?.string, let incident = next.incident(id) else { throw .notFound }
                try mayRespond(call, incident)
                try PDIncidentChange(json, incident, next).apply(to: &next, by: hand)
                ids.append(incident.id)
            }
            account = next
            let renderer = PDRenderer(account, call)
            return PDAnswer(json: ["incidents": .array(ids.compactMap { account.incident($0) }.map(renderer.incident))])
        },
        PDEndpoint("GET", "incidents/{}", .readIncidents) { call, account throws(PDFailure) in
            let incident = try visible(call, account)
            return PDAnswer(json: ["incident": PDRenderer(account, call).incident(incident)])
        },
        PDEndpoint("PUT", "incidents/{}", .respond, from: true) { call, account throws(PDFailure) in
            let incident = try respondable(call, account)
            let hand = try call.hand(in: account)
            try PDIncidentChange(try call.wrapped("incident"), incident, account).apply(to: &account, by: hand)
            let after = account.incident(incident.id) ?? incident
            return PDAnswer(json: ["incident": PDRenderer(account, call).incident(after)])
        },
    ]

    /// The incident of the path, where the caller's role lets it be seen.
    static func visible(_ call: PDCall, _ account: PDAccount) throws(PDFailure) -> PDIncident {
        guard let incident = account.incident(call.id) else { throw .notFound }
        if let user = call.user, user.role.seesOnlyAssigned, !isAssigned(user, incident) { throw .accessDenied }
        return incident
    }

    /// The incident of the path, where the caller's role lets it be responded to.
    static func respondable(_ call: PDCall, _ account: PDAccount) throws(PDFailure) -> PDIncident {
        let incident = try visible(call, account)
        try mayRespond(call, incident)
        return incident
    }

    static func mayRespond(_ call: PDCall, _ incident: PDIncident) throws(PDFailure) {
        guard let user = call.user else { return }
        guard user.role.respondsToAny || (user.role.respondsToAssigned && isAssigned(user, incident)) else {
            throw .accessDenied
        }
    }

    static func isAssigned(_ user: PDUser, _ incident: PDIncident) -> Bool {
        incident.assignments.contains { $0.userID == user.id }
            || incident.acknowledgements.contains { $0.userID == user.id }
            || incident.responders.contains { $0.userID == user.id }
    }

    private static func draft(_ json: JSON, _ account: PDAccount) throws(PDFailure) -> PDIncidentDraft {
        guard let title = json["title"]?.string, title.utf8.contains(where: { $0 > 0x20 }) else {
            throw .invalid("Title can't be blank")
        }
        guard title.unicodeScalars.count <= 1_024 else {
            throw .invalid("Title is too long (maximum is 1024 characters)")
        }
        guard let serviceID = json["service"]?["id"]?.string else { throw .invalid("Service can't be blank") }
        guard let service = account.service(serviceID) else { throw .invalid("Service not found") }
        guard !service.disabled else { throw .arguments("Service is disabled") }
        var draft = PDIncidentDraft(title: title, serviceID: serviceID)
        draft.details = json["body"]?["details"]?.string
        draft.urgency = try PDIncidentChange.urgency(json)
        draft.priorityID = try PDIncidentChange.priority(json, account) ?? nil
        draft.type = try PDIncidentChange.type(json)
        draft.conferenceNumber = json["conference_bridge"]?["conference_number"]?.string
        draft.conferenceURL = json["conference_bridge"]?["conference_url"]?.string
        if let key = json["incident_key"]?.string, !key.isEmpty {
            guard key.unicodeScalars.count <= 255 else {
                throw .invalid("Incident key is too long (maximum is 255 characters)")
            }
            draft.key = key
        }
        draft.assigneeIDs = try PDIncidentChange.assignees(json, account) ?? []
        if let policyID = json["escalation_policy"]?["id"]?.string {
            guard draft.assigneeIDs.isEmpty else {
                throw .arguments("Incident can have either assignments or an escalation policy, not both")
            }
            guard account.policy(policyID) != nil else { throw .invalid("Escalation policy not found") }
            draft.policyID = policyID
        }
        return draft
    }
}
