import Foundation

/// How long a person was on call for a team in a period, and what that cost.
struct PDResponderMetrics {
    private struct Key: Hashable {
        let userID: String
        let teamID: String
    }

    private struct Sums {
        var spans: [Int: [(start: Date, end: Date)]] = [:]
        var incidents = 0
        var acknowledged = 0
        var notifications = 0
        var interruptions: [PDIncidentMetrics.Hour] = []
        var engagedSeconds = 0
    }

    /// The rows of an answer, a person and team each.
    static func rows(_ query: PDAnalyticsQuery, _ account: PDAccount, now: Date) -> [JSON] {
        var sums: [Key: Sums] = [:]
        for onCall in account.onCalls(from: query.start, to: query.end) {
            let (start, end) = (
                max(onCall.start ?? query.start, query.start), min(onCall.end ?? query.end, query.end)
            )
            guard start < end, let policy = account.policy(onCall.policyID) else { continue }
            for team in policy.teamIDs where query.includes(team: team) {
                let level = onCall.level == 1 ? 1 : 2
                sums[Key(userID: onCall.userID, teamID: team), default: Sums()].spans[level, default: []]
                    .append((start, end))
            }
        }
        for one in query.metrics(account, now: now) {
            for team in one.teamIDs where query.includes(team: team) {
                for user in one.assignedTo {
                    add(one, by: user, to: &sums[Key(userID: user, teamID: team), default: Sums()])
                }
            }
        }
        return sums.map { row($0.key, $0.value, account) }
            .sorted { ($0["responder_name"]?.string ?? "") < ($1["responder_name"]?.string ?? "") }
    }

    private static func add(_ one: PDIncidentMetrics, by user: String, to sums: inout Sums) {
        sums.incidents += 1
        if one.acknowledgedBy.contains(user) { sums.acknowledged += 1 }
        sums.interruptions += one.interruptionsOf[user] ?? []
        sums.notifications += one.notificationsOf[user] ?? 0
        if one.joinedBy.contains(user) { sums.engagedSeconds += one.engagedSeconds / max(1, one.engagedUsers) }
    }

    private static func row(_ key: Key, _ sums: Sums, _ account: PDAccount) -> JSON {
        func hours(_ hour: PDIncidentMetrics.Hour) -> JSON { .int(sums.interruptions.count { $0 == hour }) }
        let (first, others) = (length(sums.spans[1] ?? []), length(sums.spans[2] ?? []))
        return [
            "responder_id": .string(key.userID),
            "responder_name": .string(account.user(key.userID)?.name ?? "Deleted User"),
            "team_id": .string(key.teamID), "team_name": JSON(account.team(key.teamID)?.name),
            "total_seconds_on_call": .int(length((sums.spans[1] ?? []) + (sums.spans[2] ?? []))),
            "total_seconds_on_call_level_1": .int(first), "total_seconds_on_call_level_2_plus": .int(others),
            "total_incident_count": .int(sums.incidents), "total_incidents_acknowledged": .int(sums.acknowledged),
            "total_notifications": .int(sums.notifications), "total_interruptions": .int(sums.interruptions.count),
            "total_business_hour_interruptions": hours(.business), "total_off_hour_interruptions": hours(.off),
            "total_sleep_hour_interruptions": hours(.sleep), "total_engaged_seconds": .int(sums.engagedSeconds),
        ]
    }

    /// Being on call twice at the same time counts once.
    private static func length(_ spans: [(start: Date, end: Date)]) -> Int {
        var (covered, total) = (Date.distantPast, 0.0)
        for span in spans.sorted(by: { $0.start < $1.start }) {
            let start = max(span.start, covered)
            if span.end > start { total += span.end.timeIntervalSince(start) }
            covered = max(covered, span.end)
        }
        return Int(total)
    }
}
