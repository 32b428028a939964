import Foundation

/// Many incidents in one row of numbers.
struct PDAggregate {
    /// What a row is about: everything, a team, a service, a policy.
    enum Subject: Hashable {
        case all
        case team(String)
        case service(String)
        case policy(String)
    }

    private struct Key: Hashable {
        var subject: Subject
        var range: Date?
    }

    /// The rows of an answer. With a unit the newest range comes first.
    static func rows(
        _ metrics: [PDIncidentMetrics], _ query: PDAnalyticsQuery, _ account: PDAccount,
        by subjects: (PDIncidentMetrics) -> [Subject]
    ) -> [JSON] {
        var groups: [Key: [PDIncidentMetrics]] = [:]
        for one in metrics {
            for subject in subjects(one) {
                groups[Key(subject: subject, range: query.range(of: one.incident.createdAt)), default: []].append(one)
            }
        }
        let sorted = groups.sorted { first, second in
            let dates = (first.key.range ?? .distantPast, second.key.range ?? .distantPast)
            return dates.0 == dates.1
                ? name(first.key.subject, account) < name(second.key.subject, account) : dates.0 > dates.1
        }
        return sorted.map { row($0.key, $0.value, query, account) }
    }

    private static func row(
        _ key: Key, _ metrics: [PDIncidentMetrics], _ query: PDAnalyticsQuery, _ account: PDAccount
    ) -> JSON {
        func total(_ value: (PDIncidentMetrics) -> Int) -> JSON { .int(metrics.reduce(0) { $0 + value($1) }) }
        func mean(_ value: (PDIncidentMetrics) -> Int?) -> JSON {
            let values = metrics.compactMap(value)
            return values.isEmpty ? .null : .int((values.reduce(0, +) + values.count / 2) / values.count)
        }
        func hours(_ hour: PDIncidentMetrics.Hour) -> JSON { total { $0.interruptions.count { $0 == hour } } }
        let row: JSON = [
            "mean_assignment_count": mean { $0.assignments },
            "mean_engaged_seconds": mean { $0.engagedSeconds },
            "mean_engaged_user_count": mean { $0.engagedUsers },
            "mean_seconds_to_engage": mean { $0.secondsToEngage },
            "mean_seconds_to_first_ack": mean { $0.secondsToFirstAck },
            "mean_seconds_to_mobilize": mean { $0.secondsToMobilize },
            "mean_seconds_to_resolve": mean { $0.secondsToResolve },
            "mean_user_defined_engaged_seconds": mean { $0.engagedSeconds },
            "total_business_hour_interruptions": hours(.business),
            "total_off_hour_interruptions": hours(.off),
            "total_sleep_hour_interruptions": hours(.sleep),
            "total_interruptions": total { $0.interruptions.count },
            "total_engaged_seconds": total { $0.engagedSeconds },
            "total_user_defined_engaged_seconds": total { $0.engagedSeconds },
            "total_escalation_count": total { $0.escalations },
            "total_incident_count": .int(metrics.count),
            "total_major_incidents": total { $0.isMajor ? 1 : 0 },
            "total_incidents_acknowledged": total { $0.acknowledgements > 0 ? 1 : 0 },
            "total_incidents_auto_resolved": total { $0.isAutoResolved ? 1 : 0 },
            "total_incidents_manual_escalated": total { $0.manualEscalations > 0 ? 1 : 0 },
            "total_incidents_reassigned": total { $0.reassignments > 0 ? 1 : 0 },
            "total_incidents_timeout_escalated": total { $0.timeoutEscalations > 0 ? 1 : 0 },
            "total_notifications": total { $0.notifications },
            "total_snoozed_seconds": total { $0.snoozedSeconds },
        ]
        return row.with(["range_start": key.range.map { .string(PDTime.formatWithoutZone($0, in: query.zone)) }])
            .with(identity(key.subject, metrics, query, account))
    }

    private static func identity(
        _ subject: Subject, _ metrics: [PDIncidentMetrics], _ query: PDAnalyticsQuery, _ account: PDAccount
    ) -> [String: JSON] {
        func team(_ id: String?) -> [String: JSON] {
            ["team_id": JSON(id), "team_name": JSON(id.flatMap { account.team($0)?.name })]
        }
        let upTime = JSON.double(upTimePercent(metrics, query))
        switch subject {
        case .all: return [:]
        case .team(let id): return team(id).merging(["up_time_pct": upTime]) { $1 }
        case .service(let id):
            let service = account.service(id)
            return team(service?.teamIDs.first).merging([
                "service_id": .string(id), "service_name": JSON(service?.name), "up_time_pct": upTime,
            ]) { $1 }
        case .policy(let id):
            let policy = account.policy(id)
            let responders = Set(metrics.flatMap(\.assignedTo)).count
            return team(policy?.teamIDs.first).merging([
                "escalation_policy_id": .string(id), "escalation_policy_name": JSON(policy?.name),
                "distinct_responder_count": .int(responders), "up_time_pct": upTime,
            ]) { $1 }
        }
    }

    private static func name(_ subject: Subject, _ account: PDAccount) -> String {
        switch subject {
        case .all: ""
        case .team(let id): account.team(id)?.name ?? id
        case .service(let id): account.service(id)?.name ?? id
        case .policy(let id): account.policy(id)?.name ?? id
        }
    }

    /// The share of the time in which no major incident was open.
    private static func upTimePercent(_ metrics: [PDIncidentMetrics], _ query: PDAnalyticsQuery) -> Double {
        let whole = query.end.timeIntervalSince(query.start)
        guard whole > 0 else { return 100 }
        var down = 0.0
        var covered = query.start
        for one in metrics.filter(\.isMajor).sorted(by: { $0.incident.createdAt < $1.incident.createdAt }) {
            let end = min(one.incident.resolvedAt ?? query.end, query.end)
            let start = max(one.incident.createdAt, covered)
            if end > start { down += end.timeIntervalSince(start) }
            covered = max(covered, end)
        }
        return max(0, 100 * (1 - down / whole))
    }
}
