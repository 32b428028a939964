import Foundation

/// Schedules and who is on call.
extension PDEndpoint {
    static let schedules: [PDEndpoint] = [
        PDEndpoint("GET", "oncalls", .read, perMinute: 480) { call, account throws(PDFailure) in
            let zone = try call.zone(default: PDTime.utc)
            let start = try call.date("since", in: zone) ?? call.now
            let end = try call.date("until", in: zone) ?? max(start, call.now)
            guard start <= end, end.timeIntervalSince(start) <= 90 * 86_400 else {
                throw .invalid("The date range must run forward and not exceed 3 months")
            }
            let found = onCalls(call, account, from: start, to: end)
            let renderer = PDRenderer(account, call, zone: zone)
            return try PDPage.answer("oncalls", found, for: call, render: renderer.onCall)
        },
        PDEndpoint("GET", "schedules", .read) { call, account throws(PDFailure) in
            let teams = call.values("team_ids")
            let found = account.schedules.filter { schedule in
                Self.matches(call, schedule.name) && (teams.isEmpty || schedule.teamIDs.contains(where: teams.contains))
            }.sorted { $0.name < $1.name }
            let renderer = PDRenderer(account, call)
            let range = try range(call)
            let isFull = ["schedule_layers", "overrides_subschedule", "final_schedule"].contains { call.includes($0) }
            return try PDPage.answer("schedules", found, for: call, usual: 100) { schedule in
                guard isFull, let range else { return renderer.schedule(schedule) }
                return renderer.schedule(schedule, from: range.start, to: range.end, overflow: false)
            }
        },
        PDEndpoint("GET", "schedules/{}", .read) { call, account throws(PDFailure) in
            guard let schedule = account.schedule(call.id) else { throw .notFound }
            let zone = try call.zone(default: schedule.zone)
            let overflow = call.value("overflow") == "true"
            let range = try range(call, in: zone)
            let renderer = PDRenderer(account, call, zone: zone)
            // Without a range PagerDuty renders nothing: the layers are there, their entries are empty.
            let start = range?.start ?? call.now
            var json = renderer.schedule(
                schedule, from: start, to: range?.end ?? start, overflow: overflow && range != nil)
            if let userID = call.value("include_next_oncall_for_user") {
                json["next_oncall_for_user"] = next(of: userID, in: schedule, after: call.now, renderer)
            }
            return PDAnswer(json: ["schedule": json])
        },
        PDEndpoint("GET", "schedules/{}/users", .read) { call, account throws(PDFailure) in
            guard let schedule = account.schedule(call.id) else { throw .notFound }
            let start = try call.date("since") ?? call.now
            let end = try call.date("until") ?? start
            var seen: Set<String> = []
            let ids = schedule.wholeEntries(from: start, to: end).map(\.userID).filter { seen.insert($0).inserted }
            let renderer = PDRenderer(account, call)
            return PDAnswer(json: ["users": .array(ids.compactMap { account.user($0) }.map(renderer.user))])
        },
        PDEndpoint("GET", "schedules/{}/overrides", .read) { call, account throws(PDFailure) in
            guard let schedule = account.schedule(call.id) else { throw .notFound }
            guard let start = try call.date("since"), let end = try call.date("until") else {
                throw .invalid("Since and until are required")
            }
            let renderer = PDRenderer(account, call, zone: schedule.zone)
            let found = schedule.overrides.filter { $0.start < end && $0.end > start }
            return PDAnswer(json: ["overrides": .array(found.map(renderer.override))])
        },
        PDEndpoint("POST", "schedules/{}/overrides", .override) { call, account throws(PDFailure) in
            guard let place = account.schedules.firstIndex(where: { $0.id == call.id }) else { throw .notFound }
            if let many = call.body["overrides"]?.array {
                guard many.count <= 100 else { throw .invalid("Too many overrides") }
                var results: [JSON] = []
                for one in many {
                    switch addOverride(one, place, call, &account) {
                    case .success(let override):
                        let json = PDRenderer(account, call, zone: account.schedules[place].zone).override(override)
                        results.append(["status": 201, "override": json])
                    case .failure(let failure):
                        results.append([
                            "status": 400, "errors": .array(failure.errors.map(JSON.string)), "override": one,
                        ])
                    }
                }
                return PDAnswer(status: 201, json: .array(results))
            }
            let override = try addOverride(try call.wrapped("override"), place, call, &account).get()
            let renderer = PDRenderer(account, call, zone: account.schedules[place].zone)
            return PDAnswer(status: 201, json: ["override": renderer.override(override)])
        },
        PDEndpoint("DELETE", "schedules/{}/overrides/{}", .override) { call, account throws(PDFailure) in
            guard let place = account.schedules.firstIndex(where: { $0.id == call.id }), call.parameters.count == 2,
                let override = account.schedules[place].overrides.firstIndex(where: { $0.id == call.parameters[1] })
            else { throw .notFound }
            // What has begun stays in the record: it is cut at now.
            if account.schedules[place].overrides[override].start < call.now {
                account.schedules[place].overrides[override].end = call.now
                account.touch()
                return PDAnswer(status: 200)
            }
            account.schedules[place].overrides.remove(at: override)
            account.touch()
            return PDAnswer(status: 204)
        },
    ]

    private static func onCalls(
        _ call: PDCall, _ account: PDAccount, from start: Date, to end: Date
    ) -> [PDOnCall] {
        let policies = call.values("escalation_policy_ids")
        let users = call.values("user_ids")
        let schedules = call.values("schedule_ids")
        var found = account.onCalls(from: start, to: end).filter { one in
            (policies.isEmpty || policies.contains(one.policyID)) && (users.isEmpty || users.contains(one.userID))
                && (schedules.isEmpty || schedules.contains(one.scheduleID ?? "null"))
        }
        found.sort {
            ($0.policyID, $0.level, $0.start ?? .distantPast) < ($1.policyID, $1.level, $1.start ?? .distantPast)
        }
        guard call.value("earliest") == "true" else { return found }
        var seen: Set<[String]> = []
        return found.filter { seen.insert([$0.policyID, String($0.level), $0.userID]).inserted }
    }

    /// The range of entries to show, or nil where none is asked for.
    private static func range(
        _ call: PDCall, in zone: TimeZone = PDTime.utc
    ) throws(PDFailure) -> (start: Date, end: Date)? {
        let fortnight = 14.0 * 86_400
        let since = try call.date("since", in: zone)
        let until = try call.date("until", in: zone)
        guard since != nil || until != nil else { return nil }
        let start = since ?? (until ?? call.now).addingTimeInterval(-fortnight)
        let end = until ?? start.addingTimeInterval(fortnight)
        guard start <= end, end.timeIntervalSince(start) <= 92 * 86_400 else {
            throw .invalid("The date range must run forward and not exceed 3 months")
        }
        return (start, end)
    }

    private static func next(of userID: String, in schedule: PDSchedule, after now: Date, _ renderer: PDRenderer)
        -> JSON
    {
        let entries = schedule.wholeEntries(from: now, to: now.addingTimeInterval(90 * 86_400))
        guard let entry = entries.first(where: { $0.userID == userID }) else { return .null }
        return renderer.entry(entry)
    }

    private static func addOverride(
        _ json: JSON, _ place: Int, _ call: PDCall, _ account: inout PDAccount
    ) -> Result<PDSchedule.Override, PDFailure> {
        let zone = json["time_zone"]?.string.flatMap { TimeZone(identifier: $0) } ?? account.schedules[place].zone
        guard let start = json["start"]?.string.flatMap({ PDTime.parse($0, in: zone) }),
            let end = json["end"]?.string.flatMap({ PDTime.parse($0, in: zone) })
        else { return .failure(.invalid("Override start and end must be dates")) }
        guard start < end else { return .failure(.invalid("Override must end after its start")) }
        guard end > call.now else { return .failure(.invalid("Override cannot be in the past")) }
        guard let user = json["user"]?["id"]?.string.flatMap({ account.user($0) }) else {
            return .failure(.invalid("User not found"))
        }
        guard account.schedules[place].overrides.count < 500 else { return .failure(.invalid("Too many overrides")) }
        let override = PDSchedule.Override(
            id: account.random.id("Q", length: 13), userID: user.id, start: max(start, call.now), end: end)
        account.schedules[place].overrides.append(override)
        account.touch()
        return .success(override)
    }
}
