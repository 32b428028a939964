package import FoundationEssentials
private import PluginAPI

/// Which incidents analytics are asked about.
package struct AnalyticsFilter: Sendable, Hashable {
    /// When the incidents were created; PagerDuty takes a year at most.
    package var period: Range<Date>
    /// Whose incidents; PagerDuty asks a person's token for teams or services.
    package var teams: [PagerDuty.ID]
    package var services: [PagerDuty.ID]
    /// The tz database name by which days begin, and interruptions count as business, off or sleep hours.
    package var timeZone: String
    package var urgency: PagerDuty.Urgency?
    package var priorities: [PagerDuty.ID]

    package init(
        period: Range<Date>, teams: [PagerDuty.ID], services: [PagerDuty.ID] = [], timeZone: String,
        urgency: PagerDuty.Urgency? = nil, priorities: [PagerDuty.ID] = []
    ) {
        self.period = period
        self.teams = teams
        self.services = services
        self.timeZone = timeZone
        self.urgency = urgency
        self.priorities = priorities
    }

    /// The same question about less.
    package func only(_ change: (inout AnalyticsFilter) -> Void) -> AnalyticsFilter {
        var filter = self
        change(&filter)
        return filter
    }
}

extension PagerDutyRead where Response == PagerDuty.MetricsTable {
    /// Sums and means over incidents of a period.
    ///
    /// PagerDuty asks for them with POST, but nothing changes: the filters are too long for an address.
    ///
    /// - Parameters:
    ///   - rows: what a row stands for.
    ///   - filter: which incidents count.
    ///   - byDay: a row for each day too, the newest first; days without an incident have none.
    /// - SeeAlso: `POST /analytics/metrics/incidents/teams` and its siblings in PagerDuty's REST API reference.
    package static func incidentMetrics(
        by rows: PagerDuty.MetricsTable.Rows, _ filter: AnalyticsFilter, byDay: Bool = false
    ) -> Self {
        let question = Question(
            filters: .init(filter, range: .createdAt), timeZone: filter.timeZone, unit: byDay ? "day" : nil)
        return Self(.post("/analytics/metrics/incidents/\(rows.rawValue)", json: question), at: "data")
    }
}

extension PagerDutyRead where Response == PagerDuty.ResponderTable {
    /// How long people were on call in a period, and how often they were interrupted; a row for each person and team.
    ///
    /// - Parameter filter: which time and which teams.
    /// - SeeAlso: `POST /analytics/metrics/responders/teams` in PagerDuty's REST API reference.
    package static func responderMetrics(_ filter: AnalyticsFilter) -> Self {
        let question = Question(
            filters: .init(filter, range: .dateRange), timeZone: filter.timeZone, unit: nil)
        return Self(.post("/analytics/metrics/responders/teams", json: question), at: "data")
    }
}

private struct Question: Encodable {
    var filters: Filters
    var timeZone: String
    var unit: String?

    /// The two families of analytics name the ends of a period differently.
    enum RangeName { case createdAt, dateRange }

    struct Filters: Encodable {
        let filter: AnalyticsFilter
        let range: RangeName

        init(_ filter: AnalyticsFilter, range: RangeName) {
            self.filter = filter
            self.range = range
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            let names: (Key, Key) = range == .createdAt ? (.createdFrom, .createdTo) : (.rangeFrom, .rangeTo)
            try container.encode(PagerDutyTime.format(filter.period.lowerBound), forKey: names.0)
            try container.encode(PagerDutyTime.format(filter.period.upperBound), forKey: names.1)
            if !filter.teams.isEmpty { try container.encode(filter.teams, forKey: .teams) }
            if !filter.services.isEmpty { try container.encode(filter.services, forKey: .services) }
            if !filter.priorities.isEmpty { try container.encode(filter.priorities, forKey: .priorities) }
            try container.encodeIfPresent(filter.urgency?.rawValue, forKey: .urgency)
        }

        enum Key: String, CodingKey {
            case createdFrom = "created_at_start"
            case createdTo = "created_at_end"
            case rangeFrom = "date_range_start"
            case rangeTo = "date_range_end"
            case teams = "team_ids"
            case services = "service_ids"
            case priorities = "priority_ids"
            case urgency
        }
    }

    enum CodingKeys: String, CodingKey {
        case filters
        case timeZone = "time_zone"
        case unit = "aggregate_unit"
    }
}
