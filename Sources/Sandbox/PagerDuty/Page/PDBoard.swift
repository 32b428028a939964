import Foundation

/// What the page shows of the account.
struct PDBoard {
    let account: PDAccount
    let now: Date
    let origin: String
    /// Whether the app takes orders about channels; without that the page offers none.
    let setsChannels: Bool

    private var renderer: PDRenderer { PDRenderer(account, origin: origin) }

    var json: JSON {
        [
            "account": [
                "name": .string(account.name), "key": .string(account.accountKey),
                "api": .string("\(origin)/pd"), "seats": .int(PDAccount.seats), "taken": .int(account.takenSeats),
            ],
            "now": time(now), "revision": .int(account.revision),
            "users": .array(account.users.map(user)), "services": .array(account.services.map(service)),
            "teams": .array(account.teams.map { ["id": .string($0.id), "name": .string($0.name)] }),
            "priorities": .array(account.priorities.map { ["id": .string($0.id), "name": .string($0.name)] }),
            "policies": .array(account.policies.map(policy)), "schedules": .array(account.schedules.map(schedule)),
            "workflows": .array(account.workflows.map { ["id": .string($0.id), "name": .string($0.name)] }),
            "webhooks": .array(account.subscriptions.map(subscription) + account.extensions.map(webhook)),
            "abilities": .array(account.abilities.map(JSON.string)), "sets_channels": .bool(setsChannels),
            "incidents": .array(listed.map(row)),
            "roles": .array(PDRole.allCases.map { ["id": .string($0.rawValue), "name": .string($0.title)] }),
        ]
    }

    /// What is open, and the latest of the rest.
    private var listed: [PDIncident] {
        let open = account.incidents.filter(\.isOpen)
        let closed = account.incidents.filter { !$0.isOpen }
            .sorted { ($0.resolvedAt ?? .distantPast) > ($1.resolvedAt ?? .distantPast) }
        return open.sorted { $0.number > $1.number } + closed.prefix(100)
    }

    private func time(_ date: Date?) -> JSON { JSON(date.map { PDTime.format($0) }) }

    private func row(_ incident: PDIncident) -> JSON {
        [
            "id": .string(incident.id), "number": .int(incident.number), "title": .string(incident.title),
            "status": .string(incident.status.rawValue), "urgency": .string(incident.urgency),
            "service": .string(incident.serviceID), "policy": .string(incident.policyID),
            "priority": JSON(incident.priorityID), "created_at": time(incident.createdAt),
            "resolved_at": time(incident.resolvedAt), "level": .int(incident.level),
            "assignees": .array(incident.assignments.map { .string($0.userID) }),
            "notes": .int(incident.notes.count),
        ]
    }

    /// One incident with all that has happened to it, newest first.
    func incident(_ incident: PDIncident) -> JSON {
        let log = incident.log.reversed().map { entry -> JSON in
            .compact([
                "id": .string(entry.id), "at": time(entry.at), "kind": .string(Self.kind(entry.kind)),
                "text": .string(renderer.logSummary(entry, of: incident)), "user": entry.agent.userID.map(JSON.string),
                "note": Self.words(entry.kind).map(JSON.string),
            ])
        }
        return row(incident).with([
            "details": JSON(incident.details), "key": .string(incident.key), "snoozed": .bool(incident.snoozed),
            "escalates_at": time(incident.escalatesAt), "unacknowledges_at": time(incident.unacknowledgesAt),
            "resolves_at": time(incident.resolvesAt), "merged_into": JSON(incident.mergedInto),
            "assigned_via": .string(incident.assignedVia),
            "acknowledged_by": .array(incident.acknowledgements.map { .string($0.userID) }),
            "responders": .array(
                incident.responders.map { ["user": .string($0.userID), "state": .string($0.state)] }),
            "conference": JSON(incident.conferenceURL),
            "alerts": .array(
                incident.alerts.map { ["summary": .string($0.summary), "severity": .string($0.severity)] }),
            "log": .array(log),
        ])
    }

    private static func words(_ kind: PDLogEntry.Kind) -> String? {
        switch kind {
        case .annotate(let text), .statusUpdate(let text): text
        case .responderRequest(_, let message): message
        default: nil
        }
    }

    /// What mark an entry has in the timeline.
    private static func kind(_ kind: PDLogEntry.Kind) -> String {
        switch kind {
        case .trigger, .reopen: "trigger"
        case .acknowledge: "acknowledge"
        case .resolve, .merge: "resolve"
        case .unacknowledge: "unacknowledge"
        case .escalate, .exhausted: "escalate"
        case .assign, .reassign, .delegate: "assign"
        case .notify: "notify"
        case .annotate, .statusUpdate: "note"
        default: "change"
        }
    }

    private func user(_ user: PDUser) -> JSON {
        let duties = account.policies.compactMap { policy -> JSON? in
            guard account.onCall(policy, level: 1, at: now).contains(user.id) else { return nil }
            return .string(policy.name)
        }
        return [
            "id": .string(user.id), "name": .string(user.name), "email": .string(user.email),
            "role": .string(user.role.rawValue), "role_name": .string(user.role.title), "token": .string(user.token),
            "time_zone": .string(user.timeZone), "job": JSON(user.jobTitle), "color": .string(user.color),
            "invited": .bool(user.invitationSent),
            "teams": .array(account.teamIDs(of: user.id).compactMap { account.team($0) }.map { .string($0.name) }),
            "on_call": .array(duties),
        ]
    }

    private func service(_ service: PDService) -> JSON {
        let open = account.incidents.filter { $0.isOpen && $0.serviceID == service.id }
        return [
            "id": .string(service.id), "name": .string(service.name), "description": .string(service.description),
            "status": .string(renderer.status(of: service)), "policy": .string(service.policyID),
            "teams": .array(service.teamIDs.compactMap { account.team($0) }.map { .string($0.name) }),
            "open": .int(open.count), "triggered": .int(open.count { $0.status == .triggered }),
            "urgency": .string(account.urgency(of: service, at: now)),
        ]
    }

    /// A policy with everybody who is on call on its levels, and who is next.
    private func policy(_ policy: PDPolicy) -> JSON {
        let levels = policy.rules.enumerated().map { index, rule -> JSON in
            [
                "level": .int(index + 1), "delay": .int(rule.delayMinutes),
                "targets": .array(rule.targets.map(target)),
            ]
        }
        return [
            "id": .string(policy.id), "name": .string(policy.name), "description": .string(policy.description),
            "levels": .array(levels), "loops": .int(policy.loops),
            "services": .array(account.services.filter { $0.policyID == policy.id }.map { .string($0.id) }),
        ]
    }

    private func target(_ target: PDPolicy.Target) -> JSON {
        switch target {
        case .user(let id): return ["user": .string(id)]
        case .schedule(let id):
            guard let schedule = account.schedule(id) else { return [:] }
            let shifts = schedule.wholeEntries(from: now, to: now.addingTimeInterval(schedule.horizon))
            let current = shifts.first { $0.start <= now && now < $0.end }
            let next = shifts.first { $0.start > now }
            return .compact([
                "schedule": .string(id), "user": current.map { .string($0.userID) }, "until": time(current?.end),
                "next": next.map { .string($0.userID) }, "next_at": time(next?.start),
            ])
        }
    }

    private func schedule(_ schedule: PDSchedule) -> JSON {
        let week = schedule.entries(from: now, to: now.addingTimeInterval(7 * 86_400))
        return [
            "id": .string(schedule.id), "name": .string(schedule.name), "time_zone": .string(schedule.timeZone),
            "description": .string(schedule.description),
            "week": .array(week.map { ["user": .string($0.userID), "start": time($0.start), "end": time($0.end)] }),
        ]
    }

    private func subscription(_ one: PDSubscription) -> JSON {
        [
            "id": .string(one.id), "url": .string(one.url), "description": JSON(one.description),
            "active": .bool(one.active), "disabled_until": time(one.temporarilyDisabledUntil),
            "events": .int(one.events.count),
        ]
    }

    private func webhook(_ one: PDExtension) -> JSON {
        let services = one.serviceIDs.compactMap { account.service($0)?.name }
        return [
            "id": .string(one.id), "url": JSON(one.endpointURL), "active": true,
            "description": .string("V2: \(one.name) on \(services.joined(separator: ", "))"),
            "disabled_until": time(one.temporarilyDisabledUntil), "events": 8,
        ]
    }
}
