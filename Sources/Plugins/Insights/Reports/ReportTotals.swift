import PagerDutyKit

/// A period's incidents in a few numbers. PagerDuty has no row for a period without incidents.
struct ReportTotals: Codable, Equatable {
    var incidents = 0
    var escalations: Int?
    var notifications: Int?
    var meanSecondsToAcknowledge: Double?
    var meanSecondsToResolve: Double?
    var interruptions = Interruptions()
    var engagedSeconds: Double?

    init() {}

    init(_ metrics: PagerDuty.IncidentMetrics?) {
        guard let metrics else { return }
        incidents = metrics.incidents ?? 0
        escalations = metrics.escalations
        notifications = metrics.notifications
        meanSecondsToAcknowledge = metrics.meanSecondsToFirstAck
        meanSecondsToResolve = metrics.meanSecondsToResolve
        interruptions = Interruptions(metrics)
        engagedSeconds = metrics.engagedSeconds
    }

    static func read(_ query: ReportQuery, in filter: AnalyticsFilter, from reader: InsightsReader) async throws -> Self
    {
        Self(try await reader.read(.incidentMetrics(by: query.all, filter)).rows.first)
    }
}

/// When people were interrupted, by their own clocks.
struct Interruptions: Codable, Equatable {
    var business = 0
    var off = 0
    var sleep = 0

    init() {}

    init(_ metrics: PagerDuty.IncidentMetrics) {
        business = metrics.businessHourInterruptions ?? 0
        off = metrics.offHourInterruptions ?? 0
        sleep = metrics.sleepHourInterruptions ?? 0
    }

    init(_ metrics: PagerDuty.ResponderMetrics) {
        business = metrics.businessHourInterruptions ?? 0
        off = metrics.offHourInterruptions ?? 0
        sleep = metrics.sleepHourInterruptions ?? 0
    }

    var all: Int { business + off + sleep }
}
