import Foundation

/// Schedules and on-calls.
extension PDRenderer {
    /// A schedule without its entries, as lists show it.
    func schedule(_ schedule: PDSchedule) -> JSON {
        let path = "schedules/\(schedule.id)"
        let policies = account.policies.filter { policy in
            policy.rules.contains { $0.targets.contains(.schedule(schedule.id)) }
        }
        return [
            "id": .string(schedule.id), "type": "schedule", "summary": .string(schedule.name), "self": api(path),
            "html_url": page(path), "name": .string(schedule.name), "time_zone": .string(schedule.timeZone),
            "description": .string(schedule.description),
            "users": .array(schedule.userIDs.map(userReference)),
            "escalation_policies": .array(policies.map { policyReference($0.id) }),
            "teams": teamReferences(schedule.teamIDs),
        ]
    }

    /// A schedule with its layers and what they come to between two moments.
    func schedule(_ schedule: PDSchedule, from start: Date, to end: Date, overflow: Bool) -> JSON {
        var json = plain.schedule(schedule)
        let final = overflow ? schedule.wholeEntries(from: start, to: end) : schedule.entries(from: start, to: end)
        let overrides = schedule.overrideEntries(from: start, to: end)
        // PagerDuty lists the layers from the topmost down.
        json["schedule_layers"] = .array(
            schedule.layers.reversed().map { self.layer($0, of: schedule, from: start, to: end) })
        json["overrides_subschedule"] = [
            "name": "Overrides", "rendered_schedule_entries": .array(overrides.map(entry)),
            "rendered_coverage_percentage": coverage(overrides, start, end),
        ]
        json["final_schedule"] = [
            "name": "Final Schedule", "rendered_schedule_entries": .array(final.map(entry)),
            "rendered_coverage_percentage": coverage(final, start, end),
        ]
        return json
    }

    private func layer(_ layer: PDSchedule.Layer, of schedule: PDSchedule, from start: Date, to end: Date) -> JSON {
        let entries = schedule.entries(of: layer, from: start, to: end)
        let first = PDTime.instant(PDTime.Wall(day: layer.firstDay, second: layer.handoff), in: schedule.zone)
        return [
            "id": .string(layer.id), "name": .string(layer.name), "start": time(first), "end": nil,
            "rotation_virtual_start": time(first), "rotation_turn_length_seconds": .int(layer.turnDays * 86_400),
            "users": .array(layer.userIDs.map { ["user": userReference($0)] }),
            "restrictions": .array(
                layer.restrictions.map { restriction in
                    var json: JSON = [
                        "type": restriction.weekday == nil ? "daily_restriction" : "weekly_restriction",
                        "start_time_of_day": .string(Self.timeOfDay(restriction.startSecond)),
                        "duration_seconds": .int(restriction.duration),
                    ]
                    if let weekday = restriction.weekday { json["start_day_of_week"] = .int(weekday) }
                    return json
                }),
            "rendered_schedule_entries": .array(entries.map(entry)),
            "rendered_coverage_percentage": coverage(entries, start, end),
        ]
    }

    func entry(_ entry: PDSchedule.Entry) -> JSON {
        ["start": time(entry.start), "end": time(entry.end), "user": userReference(entry.userID)]
    }

    private func coverage(_ entries: [PDSchedule.Entry], _ start: Date, _ end: Date) -> JSON {
        let whole = end.timeIntervalSince(start)
        guard whole > 0 else { return 0.0 }
        let covered = entries.reduce(0) { sum, entry in
            sum + max(0, min(end, entry.end).timeIntervalSince(max(start, entry.start)))
        }
        return .double((covered / whole * 1_000).rounded() / 10)
    }

    func override(_ override: PDSchedule.Override) -> JSON {
        [
            "id": .string(override.id), "start": time(override.start), "end": time(override.end),
            "user": userReference(override.userID),
        ]
    }

    func onCall(_ onCall: PDOnCall) -> JSON {
        [
            "escalation_policy": expand(
                "escalation_policies", account.policy(onCall.policyID).map(plain.policy),
                policyReference(onCall.policyID)),
            "escalation_level": .int(onCall.level),
            "schedule": onCall.scheduleID.map { id in
                expand("schedules", account.schedule(id).map(plain.schedule), scheduleReference(id))
            } ?? .null,
            "user": expand("users", account.user(onCall.userID).map(plain.user), userReference(onCall.userID)),
            "start": time(onCall.start), "end": time(onCall.end),
        ]
    }
}
