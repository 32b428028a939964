import Foundation

/// Which incidents a list asks for.
struct PDIncidentFilter {
    private var statuses: [String]
    private var services: [String]
    private var teams: [String]
    private var users: [String]
    private var urgencies: [String]
    private var key: String?
    private var since: Date?
    private var until: Date?
    private var assignee: PDUser?
    private var account: PDAccount
    private var order: [(field: String, descending: Bool)]

    init(_ call: PDCall, _ account: PDAccount) throws(PDFailure) {
        self.account = account
        statuses = call.values("statuses")
        services = call.values("service_ids")
        teams = call.values("team_ids")
        users = call.values("user_ids")
        urgencies = call.values("urgencies")
        key = call.value("incident_key")
        guard statuses.allSatisfy({ PDIncident.Status(rawValue: $0) != nil }) else {
            throw PDFailure(status: 400, message: "Invalid Status Provided", code: 1003)
        }
        guard urgencies.allSatisfy(["high", "low"].contains) else { throw .invalid("Urgency is invalid") }
        if let user = call.user, user.role.seesOnlyAssigned { assignee = user }
        if call.value("date_range") != "all", key == nil {
            let zone = try call.zone(default: PDTime.utc)
            let month = 30.0 * 86_400
            let asked = (since: try call.date("since", in: zone), until: try call.date("until", in: zone))
            since = asked.since ?? (asked.until ?? call.now).addingTimeInterval(-month)
            until = asked.until
            if let since, since.addingTimeInterval(184 * 86_400) < until ?? call.now {
                throw .invalid("The date range must not exceed 6 months")
            }
        }
        order = []
        for part in (call.value("sort_by") ?? "incident_number:asc").split(separator: ",") {
            let words = part.split(separator: ":")
            let field = words.first.map(String.init) ?? ""
            guard ["incident_number", "created_at", "resolved_at", "urgency"].contains(field) else {
                throw .invalid("Sort by is invalid")
            }
            order.append((field, words.last == "desc"))
        }
    }

    func sorted(_ incidents: [PDIncident]) -> [PDIncident] {
        incidents.filter(fits).sorted { first, second in
            for (field, descending) in order {
                let (a, b) = (value(field, first), value(field, second))
                if a != b { return descending ? a > b : a < b }
            }
            return first.number < second.number
        }
    }

    private func fits(_ incident: PDIncident) -> Bool {
        if let assignee, !PDEndpoint.isAssigned(assignee, incident) { return false }
        if let key, incident.key != key { return false }
        if let since, incident.createdAt < since { return false }
        if let until, incident.createdAt >= until { return false }
        guard statuses.isEmpty || statuses.contains(incident.status.rawValue),
            services.isEmpty || services.contains(incident.serviceID),
            urgencies.isEmpty || urgencies.contains(incident.urgency),
            users.isEmpty || incident.assignments.contains(where: { users.contains($0.userID) })
        else { return false }
        return teams.isEmpty || account.service(incident.serviceID)?.teamIDs.contains(where: teams.contains) == true
    }

    private func value(_ field: String, _ incident: PDIncident) -> Double {
        switch field {
        case "created_at": incident.createdAt.timeIntervalSince1970
        case "resolved_at": (incident.resolvedAt ?? .distantFuture).timeIntervalSince1970
        case "urgency": incident.urgency == "high" ? 1 : 0
        default: Double(incident.number)
        }
    }
}
