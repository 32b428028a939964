import BotStore
import Foundation
import Logging
import PluginAPI

/// Gives a stored job to the plugin it belongs to.
struct JobPerformer: Sendable {
    let table: RouteTable
    let directory: InstallationDirectory
    let policy: @Sendable () -> Policy
    let services: any HostServices
    let store: any InboxStore
    let spoken: SpokenCommands
    let poison: PoisonCabinet
    let clock: HostClock

    func perform(_ job: StoredJob) async throws {
        if job.crashes >= PoisonCabinet.mostCrashes { throw try await poison.lockUp(job) }
        let work = job.work
        let origin = work.origin.flatMap { try? JSONDecoder().decode(JobOrigin.self, from: $0) } ?? JobOrigin()
        let served = try await directory.served(teamID: work.workspace, enterpriseID: origin.enterpriseID)
        guard let served, served.installation.state == .active else {
            throw wait(job, or: "the app is not installed in the workspace any more")
        }
        if work.kind == SpokenCommands.jobKind { return try await spoken.perform(work, origin, in: served) }
        guard let terms = policy().terms(for: work.plugin, in: served.workspace.id) else {
            throw Abandon("the plugin “\(work.plugin)” is not compiled in")
        }
        guard terms.isEnabled else { throw wait(job, or: "the plugin “\(work.plugin)” is switched off there") }
        let core = ContextCore(
            pluginID: work.plugin, workspace: served.workspace, person: origin.person, channel: origin.channel,
            traceID: work.traceID ?? TraceID.make(), services: services)
        try await run(job, (core, terms.settings))
    }

    /// What is gone or off may come back: the work waits a week for it, and no longer, or it would pile up.
    private func wait(_ job: StoredJob, or reason: String) -> any Error {
        clock.now().timeIntervalSince(job.createdAt) < 7 * 86_400 ? Snooze(for: .seconds(600)) : Abandon(reason)
    }

    private func run(_ job: StoredJob, _ scope: RouteTable.Scope) async throws {
        let work = job.work
        switch work.kind {
        case EventIntake.jobKind:
            let payload = try JSONValue(decoding: [UInt8](work.payload), maximumBytes: 2_097_152)
            let event = SlackEvent(
                type: payload["type"].string ?? "", id: payload["id"].string ?? "", payload: payload["event"])
            if event.type == StepEvents.type {
                let isLast = job.attempt >= work.maxAttempts
                try await StepPerformer(table: table, services: services).perform(event, scope, isLast: isLast)
            } else {
                let owner = table.events[event.type]?.first { $0.pluginID == work.plugin }
                guard let owner else { throw Abandon("the plugin does not listen to \(event.type) any more") }
                try await owner.handle(event, scope)
            }
            try? await store.markHandled(
                InboxID(source: "slack/\(work.workspace)", id: event.id), at: clock.now())
        case DeliveryReader.jobKind:
            try await deliver(work, scope)
        case Scheduler.jobKind:
            let id = String(decoding: work.payload, as: UTF8.self)
            let entry = table.schedules.first { $0.pluginID == work.plugin && $0.id == id }
            guard let entry else { throw Abandon("the plugin has no schedule “\(id)” any more") }
            try await entry.run(scope)
        default:
            guard let handler = table.handlers[work.plugin]?.jobs[work.kind] else {
                throw Abandon("no plugin performs “\(work.kind)”: list the job with Perform(…) in its routes")
            }
            try await handler([UInt8](work.payload), scope)
        }
    }

    /// The body stays in the inbox, once, whatever the number of workspaces it concerns.
    private func deliver(_ work: NewJob, _ scope: RouteTable.Scope) async throws {
        let reference = try JSONDecoder().decode(DeliveryReader.Reference.self, from: work.payload)
        let id = InboxID(source: reference.source, id: reference.id)
        guard let stored = try await store.delivery(id) else { throw Abandon("the delivery is not stored any more") }
        let owner = table.deliveries[reference.source]?.first { $0.pluginID == work.plugin }
        guard let owner else { throw Abandon("the plugin does not listen to \(reference.source) any more") }
        let delivery = Delivery(
            source: reference.source, id: reference.id, receivedAt: stored.delivery.receivedAt,
            body: [UInt8](stored.delivery.body))
        try await owner.handle(delivery, scope)
        if stored.state == .pending { try? await store.markHandled(id, at: clock.now()) }
    }
}
