extension PagerDuty {
    /// How long a person was on call for a team, and how often interrupted.
    ///
    /// - SeeAlso: `POST /analytics/metrics/responders/teams` in PagerDuty's REST API reference.
    package struct ResponderMetrics: Hashable, Sendable, Decodable {
        package var responder: ID?
        package var responderName: String?
        package var onCallSeconds: Double?
        package var firstLevelSeconds: Double?
        package var businessHourInterruptions: Int?
        package var offHourInterruptions: Int?
        package var sleepHourInterruptions: Int?

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            responder = container.tolerant(ID.self, .responder)
            responderName = container.text(.responderName)
            onCallSeconds = container.number(.onCallSeconds)
            firstLevelSeconds = container.number(.firstLevelSeconds)
            businessHourInterruptions = container.count(.businessHourInterruptions)
            offHourInterruptions = container.count(.offHourInterruptions)
            sleepHourInterruptions = container.count(.sleepHourInterruptions)
        }

        private enum CodingKeys: String, CodingKey {
            case responder = "responder_id"
            case responderName = "responder_name"
            case onCallSeconds = "total_seconds_on_call"
            case firstLevelSeconds = "total_seconds_on_call_level_1"
            case businessHourInterruptions = "total_business_hour_interruptions"
            case offHourInterruptions = "total_off_hour_interruptions"
            case sleepHourInterruptions = "total_sleep_hour_interruptions"
        }
    }

    /// Rows of responder metrics.
    package struct ResponderTable: Hashable, Sendable, Decodable {
        package var rows: [ResponderMetrics]

        package init(from decoder: any Decoder) throws {
            rows = try TolerantArray<ResponderMetrics>(from: decoder).elements
        }
    }
}
