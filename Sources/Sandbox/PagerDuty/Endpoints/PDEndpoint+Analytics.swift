import Foundation

/// Numbers over incidents, computed from their logs.
extension PDEndpoint {
    static let analytics: [PDEndpoint] = [
        aggregate("all", scoped: true) { _ in [.all] },
        aggregate("teams", scoped: true) { $0.teamIDs.map(PDAggregate.Subject.team) },
        aggregate("services") { [.service($0.incident.serviceID)] },
        aggregate("escalation_policies") { [.policy($0.incident.policyID)] },
        // Over all teams, services or policies together.
        aggregate("teams/all", scoped: true) { $0.teamIDs.isEmpty ? [] : [.all] },
        aggregate("services/all") { _ in [.all] },
        aggregate("escalation_policies/all") { _ in [.all] },
        PDEndpoint("POST", "analytics/metrics/responders/teams", .read) { call, account throws(PDFailure) in
            let query = try PDAnalyticsQuery(call, scoped: true)
            return PDAnswer(
                json: [
                    "data": .array(PDResponderMetrics.rows(query, account, now: call.now)), "filters": query.filters,
                    "time_zone": .string(query.zone.identifier),
                ])
        },
        PDEndpoint("POST", "analytics/raw/incidents", .read) { call, account throws(PDFailure) in
            try rawIncidents(call, account)
        },
        PDEndpoint("GET", "analytics/raw/incidents/{}", .read) { call, account throws(PDFailure) in
            guard let incident = account.incident(call.id) else { throw .notFound }
            return PDAnswer(json: raw(PDIncidentMetrics(incident, in: account, now: call.now), account, PDTime.utc))
        },
    ]

    private static func aggregate(
        _ name: String, scoped: Bool = false,
        by subjects: @escaping @Sendable (PDIncidentMetrics) -> [PDAggregate.Subject]
    ) -> PDEndpoint {
        PDEndpoint("POST", "analytics/metrics/incidents/\(name)", .read) { call, account throws(PDFailure) in
            let query = try PDAnalyticsQuery(call, scoped: scoped)
            let rows = PDAggregate.rows(query.metrics(account, now: call.now), query, account, by: subjects)
            return PDAnswer(
                json: .compact([
                    "data": .array(rows), "filters": query.filters, "time_zone": .string(query.zone.identifier),
                    "aggregate_unit": query.unit.map { .string($0.rawValue) },
                ]))
        }
    }

    private static func rawIncidents(_ call: PDCall, _ account: PDAccount) throws(PDFailure) -> PDAnswer {
        let query = try PDAnalyticsQuery(call, scoped: true)
        let limit = call.body["limit"]?.int ?? 100
        guard (1...1_000).contains(limit) else { throw .invalid("limit must be between 1 and 1000") }
        let order = call.body["order"]?.string ?? "desc"
        let field = call.body["order_by"]?.string ?? "created_at"
        guard ["asc", "desc"].contains(order) else { throw .invalid("order must be asc or desc") }
        guard ["created_at", "seconds_to_resolve"].contains(field) else { throw .invalid("order_by is invalid") }
        var found = query.metrics(account, now: call.now).sorted { first, second in
            let resolve = (first.secondsToResolve ?? .max, second.secondsToResolve ?? .max)
            if field == "seconds_to_resolve", resolve.0 != resolve.1 { return resolve.0 < resolve.1 }
            return (first.incident.createdAt, first.incident.number) < (
                second.incident.createdAt, second.incident.number
            )
        }
        if order == "desc" { found.reverse() }
        let (after, before) = (call.body["starting_after"]?.string, call.body["ending_before"]?.string)
        if let after, let place = found.firstIndex(where: { $0.incident.id == after }) { found.removeFirst(place + 1) }
        var page = Array(found.prefix(limit))
        if let before, let place = found.firstIndex(where: { $0.incident.id == before }) {
            found = Array(found[..<place])
            page = found.suffix(limit)
        }
        return PDAnswer(json: [
            "first": JSON(page.first?.incident.id), "last": JSON(page.last?.incident.id), "limit": .int(limit),
            "more": .bool(page.count < found.count), "order": .string(order), "order_by": .string(field),
            "filters": query.filters, "time_zone": .string(query.zone.identifier), "starting_after": JSON(after),
            "ending_before": JSON(before), "data": .array(page.map { raw($0, account, query.zone) }),
        ])
    }

    private static func raw(_ one: PDIncidentMetrics, _ account: PDAccount, _ zone: TimeZone) -> JSON {
        let incident = one.incident
        func time(_ date: Date?) -> JSON { JSON(date.map { PDTime.formatWithoutZone($0, in: zone) }) }
        func names(_ ids: [String]) -> JSON { .array(ids.map { .string(account.user($0)?.name ?? "Deleted User") }) }
        func ids(_ ids: [String]) -> JSON { .array(ids.map(JSON.string)) }
        func count(_ hour: PDIncidentMetrics.Hour) -> JSON { .int(one.interruptions.count { $0 == hour }) }
        let priority = incident.priorityID.flatMap { account.priority($0) }
        let place = account.priorities.firstIndex { $0.id == priority?.id }
        let team = one.teamIDs.first
        let identity: JSON = [
            "id": .string(incident.id), "incident_number": .int(incident.number),
            "description": .string(incident.title),
            "status": .string(incident.status.rawValue), "urgency": .string(incident.urgency),
            "major": .bool(one.isMajor),
            "service_id": .string(incident.serviceID), "service_name": JSON(account.service(incident.serviceID)?.name),
            "escalation_policy_id": .string(incident.policyID),
            "escalation_policy_name": JSON(account.policy(incident.policyID)?.name), "team_id": JSON(team),
            "team_name": JSON(team.flatMap { account.team($0)?.name }), "priority_id": JSON(priority?.id),
            "priority_name": JSON(priority?.name),
            "priority_order": JSON(place.map { (account.priorities.count - $0) * 100 }),
            "incident_type_id": .string(incident.type == "major_incident" ? "PINCTY2" : "PINCTY1"),
            "incident_type_name": .string(incident.type), "created_at": time(incident.createdAt),
            "updated_at": time(incident.updatedAt), "resolved_at": time(incident.resolvedAt),
        ]
        let people: JSON = [
            "acknowledged_user_ids": ids(one.acknowledgedBy), "acknowledged_user_names": names(one.acknowledgedBy),
            "assigned_user_ids": ids(one.assignedTo), "assigned_user_names": names(one.assignedTo),
            "joined_user_ids": ids(one.joinedBy), "joined_user_names": names(one.joinedBy),
            "resolved_by_user_id": JSON(one.resolvedBy),
            "resolved_by_user_name": JSON(one.resolvedBy.flatMap { account.user($0)?.name }),
            "active_user_count": .int(one.engagedUsers), "engaged_user_count": .int(one.engagedUsers),
        ]
        let numbers: JSON = [
            "acknowledgement_count": .int(one.acknowledgements), "assignment_count": .int(one.assignments),
            "auto_resolved": .bool(one.isAutoResolved), "engaged_seconds": .int(one.engagedSeconds),
            "escalation_count": .int(one.escalations), "manual_escalation_count": .int(one.manualEscalations),
            "timeout_escalation_count": .int(one.timeoutEscalations), "reassignment_count": .int(one.reassignments),
            "business_hour_interruptions": count(.business), "off_hour_interruptions": count(.off),
            "sleep_hour_interruptions": count(.sleep), "total_interruptions": .int(one.interruptions.count),
            "total_notifications": .int(one.notifications), "snoozed_seconds": .int(one.snoozedSeconds),
            "seconds_to_engage": JSON(one.secondsToEngage), "seconds_to_first_ack": JSON(one.secondsToFirstAck),
            "seconds_to_mobilize": JSON(one.secondsToMobilize), "seconds_to_resolve": JSON(one.secondsToResolve),
            "user_defined_effort_seconds": nil,
        ]
        return identity.with((people.object ?? [:]).merging(numbers.object ?? [:]) { $1 }.mapValues { Optional($0) })
    }
}
