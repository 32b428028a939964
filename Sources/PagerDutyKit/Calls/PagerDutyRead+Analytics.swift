package import FoundationEssentials
private import PluginAPI

extension PagerDutyRead where Response == PagerDuty.MetricsTable {
    /// Sums and means over incidents of a period.
    ///
    /// PagerDuty asks for them with POST, but nothing changes: the filters are too long for an address.
    ///
    /// - Parameters:
    ///   - rows: what a row stands for.
    ///   - period: when the incidents were created; PagerDuty takes a year at most.
    ///   - teams: whose incidents; required by PagerDuty for a person's token.
    ///   - timeZone: tz database name by which interruptions count as business, off or sleep hours.
    /// - SeeAlso: `POST /analytics/metrics/incidents/teams` and its siblings in PagerDuty's REST API reference.
    package static func incidentMetrics(
        by rows: PagerDuty.MetricsTable.Rows, period: Range<Date>, teams: [PagerDuty.ID], timeZone: String
    ) -> Self {
        let question = Question(
            filters: .init(
                from: PagerDutyTime.format(period.lowerBound), to: PagerDutyTime.format(period.upperBound),
                teams: teams.isEmpty ? nil : teams),
            timeZone: timeZone)
        let request = HTTPRequest.post("/analytics/metrics/incidents/\(rows.rawValue)", json: question)
        return Self(request, at: "data")
    }
}

private struct Question: Encodable {
    var filters: Filters
    var timeZone: String

    struct Filters: Encodable {
        var from: String
        var to: String
        var teams: [PagerDuty.ID]?

        enum CodingKeys: String, CodingKey {
            case from = "created_at_start"
            case to = "created_at_end"
            case teams = "team_ids"
        }
    }

    enum CodingKeys: String, CodingKey {
        case filters
        case timeZone = "time_zone"
    }
}
