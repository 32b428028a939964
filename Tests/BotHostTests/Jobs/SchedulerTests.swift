import BotStore
import Foundation
import PluginAPI
import Testing

@testable import BotHost

/// A schedule's slot begins once in each workspace, whatever the number of hosts, restarts and clocks.
@Suite struct SchedulerTests {
    private let clock = ManualClock()

    private func scheduler(_ store: any Store, plugins: String = #"{"plugins": {"coffee": {}}}"#) throws -> Scheduler {
        let folder = try TestFolder()
        defer { folder.remove() }
        try folder.write(plugins, to: "plugins.json")
        let source = try PolicySource(
            path: folder.path("plugins.json"), plugins: [RegisteredPlugin(Coffee.self)], logger: .silent,
            overrides: { [] })
        return Scheduler(
            table: try RouteTable([RegisteredPlugin(Coffee.self)]),
            directory: InstallationDirectory(store: store, clock: clock.host), policy: { source.policy }, store: store,
            clock: clock.host, logger: .silent)
    }

    /// Workspaces of the jobs that were begun since the last look.
    private func begun(_ store: any Store) async throws -> [String] {
        try await store.claim(
            JobClaim(owner: "test", limit: 100, now: clock.now, leaseUntil: clock.now.addingTimeInterval(30))
        ).map { job in
            #expect(job.work.kind == Scheduler.jobKind)
            return job.work.workspace
        }.sorted()
    }

    @Test func `each slot begins once in each workspace, however many hosts look`() async throws {
        try await TestFolder.withStore { store in
            try await store.saveInstallation(.acme())
            try await store.saveInstallation(.acme(teamID: "T0TWO"))
            let hosts = [try scheduler(store), try scheduler(store)]
            for hour in 0..<3 {
                await withTaskGroup(of: Void.self) { group in
                    for host in hosts { group.addTask { await host.tick() } }
                }
                for host in hosts { await host.tick() }
                #expect(try await begun(store) == ["T0ACME", "T0TWO"], "hour \(hour)")
                clock.advance(by: .seconds(3_600))
            }
        }
    }

    @Test func `a clock that is set back begins nothing a second time`() async throws {
        try await TestFolder.withStore { store in
            try await store.saveInstallation(.acme())
            clock.advance(by: .seconds(7_200))
            try await scheduler(store).tick()
            #expect(try await begun(store) == ["T0ACME"])
            clock.advance(by: .seconds(-3_600))
            try await scheduler(store).tick()
            #expect(try await begun(store).isEmpty)
        }
    }

    @Test func `after a long stop one slot begins, and not all that were missed`() async throws {
        try await TestFolder.withStore { store in
            try await store.saveInstallation(.acme())
            try await scheduler(store).tick()
            _ = try await begun(store)
            clock.advance(by: .seconds(86_400))
            try await scheduler(store).tick()
            #expect(try await begun(store) == ["T0ACME"])
        }
    }

    @Test func `nothing begins where the plugin is off or the workspace suspended`() async throws {
        try await TestFolder.withStore { store in
            try await store.saveInstallation(.acme())
            try await store.saveInstallation(.acme(state: .suspended(reason: "uninstalled"), teamID: "T0TWO"))
            try await scheduler(store, plugins: #"{"plugins": {"coffee": {"enabled": false}}}"#).tick()
            #expect(try await begun(store).isEmpty)
            try await scheduler(store).tick()
            #expect(try await begun(store) == ["T0ACME"])
        }
    }
}
