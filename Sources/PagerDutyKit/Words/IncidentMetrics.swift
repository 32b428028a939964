extension PagerDuty {
    /// One row of the analytics over incidents: the sums and means of a period for a team, a service or all.
    ///
    /// Rows come without the metrics that PagerDuty could not work out, and a mean over nothing is null, so that
    /// every figure may be absent.
    ///
    /// - SeeAlso: `POST /analytics/metrics/incidents/teams` in PagerDuty's REST API reference.
    package struct IncidentMetrics: Hashable, Sendable, Decodable {
        package var team: ID?
        package var teamName: String?
        package var service: ID?
        package var serviceName: String?
        package var incidents: Int?
        package var escalations: Int?
        package var notifications: Int?
        package var interruptions: Int?
        package var businessHourInterruptions: Int?
        package var offHourInterruptions: Int?
        package var sleepHourInterruptions: Int?
        package var meanSecondsToFirstAck: Double?
        package var meanSecondsToEngage: Double?
        package var meanSecondsToMobilize: Double?
        package var meanSecondsToResolve: Double?
        package var engagedSeconds: Double?
        package var upTimePercent: Double?
        /// The day that the row is about, `2026-11-17`, where rows are by day.
        package var day: String?

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            team = container.tolerant(ID.self, .team)
            teamName = container.text(.teamName)
            service = container.tolerant(ID.self, .service)
            serviceName = container.text(.serviceName)
            incidents = container.count(.incidents)
            escalations = container.count(.escalations)
            notifications = container.count(.notifications)
            interruptions = container.count(.interruptions)
            businessHourInterruptions = container.count(.businessHourInterruptions)
            offHourInterruptions = container.count(.offHourInterruptions)
            sleepHourInterruptions = container.count(.sleepHourInterruptions)
            meanSecondsToFirstAck = container.number(.meanSecondsToFirstAck)
            meanSecondsToEngage = container.number(.meanSecondsToEngage)
            meanSecondsToMobilize = container.number(.meanSecondsToMobilize)
            meanSecondsToResolve = container.number(.meanSecondsToResolve)
            engagedSeconds = container.number(.engagedSeconds)
            upTimePercent = container.number(.upTimePercent)
            // By the clock of the zone that was asked for, with no zone behind it.
            day = container.text(.rangeStart).map { String($0.prefix(10)) }
        }

        private enum CodingKeys: String, CodingKey {
            case team = "team_id"
            case teamName = "team_name"
            case service = "service_id"
            case serviceName = "service_name"
            case incidents = "total_incident_count"
            case escalations = "total_escalation_count"
            case notifications = "total_notifications"
            case interruptions = "total_interruptions"
            case businessHourInterruptions = "total_business_hour_interruptions"
            case offHourInterruptions = "total_off_hour_interruptions"
            case sleepHourInterruptions = "total_sleep_hour_interruptions"
            case meanSecondsToFirstAck = "mean_seconds_to_first_ack"
            case meanSecondsToEngage = "mean_seconds_to_engage"
            case meanSecondsToMobilize = "mean_seconds_to_mobilize"
            case meanSecondsToResolve = "mean_seconds_to_resolve"
            case engagedSeconds = "total_engaged_seconds"
            case upTimePercent = "up_time_pct"
            case rangeStart = "range_start"
        }
    }
}
