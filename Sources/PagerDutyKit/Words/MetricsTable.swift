extension PagerDuty {
    /// Rows of incident metrics.
    package struct MetricsTable: Hashable, Sendable, Decodable {
        package var rows: [IncidentMetrics]

        package init(from decoder: any Decoder) throws {
            rows = try TolerantArray<IncidentMetrics>(from: decoder).elements
        }

        /// What a row stands for; the raw value is the end of the endpoint's path.
        package enum Rows: String, Sendable, CaseIterable {
            /// One row over everything.
            case all
            case team = "teams"
            /// One row over all the teams.
            case allTeams = "teams/all"
            case service = "services"
            /// One row over all the services.
            case allServices = "services/all"
        }
    }
}
