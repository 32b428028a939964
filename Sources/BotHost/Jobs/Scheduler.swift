import BotStore
import Foundation
import Logging
import PluginAPI
import ServiceLifecycle

/// Turns schedules into jobs, once for each slot and workspace, whatever the number of replicas and restarts: the slot
/// that was last begun is a stored value, changed only from what it was.
final class Scheduler: Service {
    static let jobKind = "host.schedule"

    private let table: RouteTable
    private let directory: InstallationDirectory
    private let policy: @Sendable () -> Policy
    private let store: any Store
    private let clock: HostClock
    private let logger: Logger

    init(
        table: RouteTable, directory: InstallationDirectory, policy: @escaping @Sendable () -> Policy,
        store: any Store, clock: HostClock, logger: Logger
    ) {
        self.table = table
        self.directory = directory
        self.policy = policy
        self.store = store
        self.clock = clock
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                await tick()
                try? await clock.sleep(.seconds(10))
            }
        }
    }

    /// Enqueues what is due.
    func tick() async {
        guard !table.schedules.isEmpty else { return }
        do {
            for served in try await directory.active() {
                for entry in table.schedules {
                    guard policy().terms(for: entry.pluginID, in: served.workspace.id)?.isEnabled == true else {
                        continue
                    }
                    try await begin(entry, in: served)
                }
            }
        } catch {
            logger.error("schedules cannot be looked at: \(error)")
        }
    }

    private func begin(_ entry: RouteTable.ScheduleEntry, in served: ServedWorkspace) async throws {
        let now = clock.now()
        guard let slot = Slot(entry, at: now) else { return }
        let scope = ValueScope(plugin: WireID.host, workspace: served.workspace.id)
        let last = try await store.value(slot.key, in: scope, at: now)
        let begun = last.flatMap { Int64(String(decoding: $0.data, as: UTF8.self)) }
        // A clock that was set back does not run a slot again.
        if let begun, begun >= slot.number { return }
        let change = ValueChange.put(
            Data("\(slot.number)".utf8), for: slot.key, in: scope,
            expected: last.map { .version($0.version) } ?? .absent)
        let job = NewJob(
            kind: Self.jobKind, plugin: entry.pluginID, workspace: served.workspace.id,
            payload: Data(entry.id.utf8), runAt: now, maxAttempts: 5, traceID: TraceID.make())
        do {
            let isBegun = begun != nil || slot.beginsAtOnce
            _ = try await store.commit(Commit(at: now, values: [change], jobs: isBegun ? [job] : []))
        } catch {
            // A conflict: another replica was first.
            guard error.code == .conflict else { throw error }
        }
    }

    /// The time of a schedule that is, or was, due last.
    private struct Slot {
        let number: Int64
        /// Where in the store it is written which one was begun last.
        let key: String
        /// Whether it begins where none was begun before. A time of the day that has passed by then does not.
        let beginsAtOnce: Bool

        init?(_ entry: RouteTable.ScheduleEntry, at now: Date) {
            let name = "\(entry.pluginID)/\(entry.id)"
            switch entry.schedule.kind {
            case .every(let interval):
                let length = max(60, interval / .seconds(1))
                guard let number = Int64(exactly: (now.timeIntervalSince1970 / length).rounded(.down)) else {
                    return nil
                }
                (self.number, key, beginsAtOnce) = (number, "schedule/\(name)", true)
            case .cron(let expression, let zone):
                guard let latest = try? CronClock(expression, zone: zone).latest(upTo: now),
                    let number = Int64(exactly: latest.timeIntervalSince1970.rounded())
                else { return nil }
                (self.number, key, beginsAtOnce) = (number, "cron/\(name)", false)
            }
        }
    }
}
