import Foundation

/// Which incidents an analytics call is about, and how it wants them summed up.
struct PDAnalyticsQuery {
    enum Unit: String {
        case day, week, month
    }

    let start: Date
    let end: Date
    let zone: TimeZone
    let unit: Unit?
    let filters: JSON
    private let urgency: String?
    private let isMajor: Bool?
    private let updatedAfter: Date?
    private let teams: [String]
    private let services: [String]
    private let policies: [String]
    private let priorityIDs: [String]
    private let priorityNames: [String]

    init(_ call: PDCall, scoped: Bool) throws(PDFailure) {
        let body = call.body
        var filters = body["filters"] ?? [:]
        guard filters.object != nil else { throw .invalid("filters must be an object") }
        let zoneName = body["time_zone"]?.string ?? "Etc/UTC"
        guard let zone = TimeZone(identifier: zoneName) else { throw .invalid("time_zone is invalid") }
        self.zone = zone
        func date(_ name: String) throws(PDFailure) -> Date? {
            guard let value = filters[name], !value.isNull else { return nil }
            guard let date = value.string.flatMap({ PDTime.parse($0, in: zone) }) else {
                throw .invalid("\(name) is not a valid date")
            }
            return date
        }
        func words(_ name: String) throws(PDFailure) -> [String] {
            guard let value = filters[name], !value.isNull else { return [] }
            guard let words = value.array?.map(\.string), !words.contains(nil), words.count <= 500 else {
                throw .invalid("\(name) must be a list of strings")
            }
            return words.compactMap { $0 }
        }
        // Analytics over people name the ends of the period differently.
        let ends = (try date("created_at_end"), try date("date_range_end"))
        end = ends.0 ?? ends.1 ?? call.now
        // Without a beginning, the longest time that PagerDuty looks back.
        let starts = (try date("created_at_start"), try date("date_range_start"))
        start = starts.0 ?? starts.1 ?? end.addingTimeInterval(-365 * 86_400)
        guard start <= end else { throw .invalid("created_at_start must be before created_at_end") }
        guard end.timeIntervalSince(start) <= 366 * 86_400 else {
            throw .invalid("The time range must not exceed one year")
        }
        teams = try words("team_ids")
        services = try words("service_ids")
        policies = try words("escalation_policy_ids")
        priorityIDs = try words("priority_ids")
        priorityNames = try words("priority_names")
        updatedAfter = try date("updated_after")
        urgency = filters["urgency"]?.string
        isMajor = filters["major"]?.bool
        if let urgency, urgency != "high", urgency != "low" { throw .invalid("urgency must be high or low") }
        if scoped, call.user != nil, teams.isEmpty, services.isEmpty {
            throw .invalid("A team_ids or service_ids filter is required for user-level API keys")
        }
        if let name = body["aggregate_unit"]?.string {
            guard let unit = Unit(rawValue: name) else { throw .invalid("aggregate_unit must be day, week or month") }
            self.unit = unit
        } else {
            unit = nil
        }
        filters["created_at_start"] = .string(PDTime.format(start))
        filters["created_at_end"] = .string(PDTime.format(end))
        self.filters = filters
    }

    func includes(team: String) -> Bool { teams.isEmpty || teams.contains(team) }

    func metrics(_ account: PDAccount, now: Date) -> [PDIncidentMetrics] {
        account.incidents.lazy
            .filter { $0.createdAt >= start && $0.createdAt < end }
            .map { PDIncidentMetrics($0, in: account, now: now) }
            .filter { fits($0, account) }
    }

    private func fits(_ one: PDIncidentMetrics, _ account: PDAccount) -> Bool {
        let incident = one.incident
        if let urgency, incident.urgency != urgency { return false }
        if let isMajor, one.isMajor != isMajor { return false }
        if let updatedAfter, incident.updatedAt <= updatedAfter { return false }
        let priority = incident.priorityID.flatMap { account.priority($0) }
        return (teams.isEmpty || one.teamIDs.contains(where: teams.contains))
            && (services.isEmpty || services.contains(incident.serviceID))
            && (policies.isEmpty || policies.contains(incident.policyID))
            && (priorityIDs.isEmpty || priority.map { priorityIDs.contains($0.id) } == true)
            && (priorityNames.isEmpty || priority.map { priorityNames.contains($0.name) } == true)
    }

    /// The beginning of the day, week (Monday) or month in which an incident began.
    func range(of date: Date) -> Date? {
        guard let unit else { return nil }
        let wall = PDTime.wall(date, in: zone)
        let day =
            switch unit {
            case .day: wall.day
            case .week: wall.day - wall.weekday + 1
            case .month: wall.day - PDTime.civil(wall.day).day + 1
            }
        return PDTime.instant(PDTime.Wall(day: day, second: 0), in: zone)
    }
}
