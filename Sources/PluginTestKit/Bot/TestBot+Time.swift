import FoundationEssentials
public import PluginAPI
import Synchronization

extension TestBot {
    /// Lets time pass: schedules and jobs that become due run at their moment, in their order.
    /// - Parameter duration: How long.
    /// - Throws: What a schedule's handler threw.
    public func passes(_ duration: Duration) async throws {
        let end = now.addingTimeInterval(duration / .seconds(1))
        // A plugin whose jobs make jobs without a pause would hold the test up for ever.
        for _ in 0..<10_000 {
            let tick = nextTick(after: now)
            let due = host.state.withLock(\.queue.nextDue)
            let next = [tick?.date, due].compactMap(\.self).min()
            guard let next, next <= end else { break }
            host.state.withLock { $0.now = max($0.now, next) }
            if let tick, tick.date == next {
                for entry in tick.entries { try await run(entry) }
            }
            try await settle()
        }
        host.state.withLock { $0.now = end }
        try await settle()
    }

    /// Runs a schedule now, whatever the time is.
    /// - Parameter id: The id of an `Every` route.
    public func runs(schedule id: String) async throws {
        guard let entry = table.schedules.first(where: { $0.id == id }) else {
            throw KitProblem("No schedule “\(id)”; there are \(quoted(table.schedules.map(\.id)))")
        }
        try await run(entry)
        try await settle()
    }

    private func run(_ entry: RouteTable.ScheduleEntry) async throws {
        for workspace in workspaces { try await entry.run(scope(entry.pluginID, in: workspace)) }
    }

    /// The workspaces that somebody or something is in.
    private var workspaces: [Workspace] {
        let ids = host.state.withLock { state in
            Set(state.screen.people.map(\.workspaceID)).union(state.screen.channels.map(\.workspaceID))
        }
        return [workspace] + ids.subtracting([workspace.id]).sorted().map { Workspace(id: $0, botUserID: "U0BOT") }
    }

    /// The next moment at which schedules run. A schedule runs at the multiples of its length, at least a minute.
    private func nextTick(after date: Date) -> (date: Date, entries: [RouteTable.ScheduleEntry])? {
        let seconds = date.timeIntervalSince1970
        var first: (date: Date, entries: [RouteTable.ScheduleEntry])?
        for entry in table.schedules {
            guard case .every(let interval) = entry.schedule.kind else { continue }
            let length = max(60, interval / .seconds(1))
            let next = Date(timeIntervalSince1970: ((seconds / length).rounded(.down) + 1) * length)
            if let known = first, known.date == next {
                first?.entries.append(entry)
            } else if first.map({ next < $0.date }) ?? true {
                first = (next, [entry])
            }
        }
        return first
    }

    // MARK: Jobs

    /// Runs what is due, and what that makes due.
    func settle() async throws {
        for _ in 0..<1_000 {
            let job = host.state.withLock { state in
                let now = state.now
                return state.queue.next(until: now)
            }
            guard let job else { return }
            await perform(job)
        }
        host.complain("Jobs make jobs without end: a job that wants to run again needs a delay, or a condition")
    }

    private func perform(_ job: FakeQueue.Waiting) async {
        let kind = job.request.kind
        guard let run = table.handlers[job.core.pluginID]?.jobs[kind] else {
            let name = "\(type(of: job.request.job))"
            host.complain("Nobody performs the job \(kind): add Perform(\(name).self) to the routes")
            return
        }
        do {
            try await run(job.request.payload(), scope(job.core.pluginID, core: job.core))
        } catch let snooze as Snooze {
            putBack(job, after: max(1, snooze.delay / .seconds(1)), countsAttempt: false)
        } catch let abandon as Abandon {
            host.state.withLock { $0.queue.discarded.append("\(kind): \(abandon.reason)") }
        } catch {
            guard job.attempt < job.request.attempts else {
                host.state.withLock { $0.queue.discarded.append("\(kind): \(error)") }
                return
            }
            putBack(job, after: Double(min(900, 1 << (2 * min(job.attempt, 5)))), countsAttempt: true)
        }
    }

    private func putBack(_ job: FakeQueue.Waiting, after seconds: Double, countsAttempt: Bool) {
        var job = job
        if countsAttempt { job.attempt += 1 }
        host.state.withLock { state in
            job.due = state.now.addingTimeInterval(seconds)
            state.queue.putBack(job)
        }
    }

    // MARK: What happens outside

    /// Something happens in Slack that the plugin listens to.
    /// - Parameters:
    ///   - event: Slack's name of it, such as `member_joined_channel`.
    ///   - payload: The inner event.
    public func happens(_ event: String, _ payload: JSONValue = [:]) async throws {
        guard let entries = table.events[event] else {
            throw KitProblem("Nobody listens to \(event): add OnEvent(\"\(event)\") to the routes")
        }
        let number = host.state.withLock { $0.screen.nextNumber() }
        for entry in entries {
            let channel = payload["channel"].string.map { Channel(id: $0) }
            try await entry.handle(
                SlackEvent(type: event, id: "Ev\(number)", payload: payload),
                scope(entry.pluginID, in: workspace, channel: channel))
        }
        try await settle()
    }

    /// A webhook tells something.
    /// - Parameters:
    ///   - body: The part of the body that tells it, as its source gives it on.
    ///   - source: The source's id, such as `pagerduty.v3`.
    ///   - id: The sender's id of it.
    public func delivers(_ body: String, from source: String, id: String = "delivery-1") async throws {
        guard let entries = table.deliveries[source] else {
            throw KitProblem("Nobody listens to \(source): add OnDelivery(\"\(source)\") to the routes")
        }
        let delivery = Delivery(source: source, id: id, receivedAt: now, body: Array(body.utf8))
        for entry in entries { try await entry.handle(delivery, scope(entry.pluginID, in: workspace)) }
        try await settle()
    }

    // MARK: Contexts

    func scope(
        _ plugin: String, in workspace: Workspace, person: Person? = nil, channel: Channel? = nil
    ) -> RegisteredRoute.Scope {
        scope(
            plugin,
            core: ContextCore(
                pluginID: plugin, workspace: workspace, person: person, channel: channel, traceID: "test-trace",
                services: host))
    }

    private func scope(_ plugin: String, core: ContextCore) -> RegisteredRoute.Scope {
        (core, settings[plugin] ?? defaults(of: plugin))
    }

    private func defaults(of plugin: String) -> any PluginSettings {
        let registered = table.plugins.first { $0.id == plugin }
        return (try? registered?.settings([:])) ?? NoSettings()
    }
}
