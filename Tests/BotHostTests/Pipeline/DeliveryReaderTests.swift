import BotStore
import Foundation
import PluginAPI
import Testing

@testable import BotHost

/// A webhook is stored as it came before anybody reads it, and none is lost to one that cannot be read.
@Suite struct DeliveryReaderTests {
    private let clock = ManualClock()

    /// What the host is made of here: one workspace, one plugin that waits for the pager's news.
    private struct Desk {
        let store: any Store
        let reader: DeliveryReader
        let intake: DeliveryIntake
        let unread: UnreadDeliveries
        let inflight: Inflight
        let connected: ConnectedSource

        func receive(_ body: String, secret: String = "s3cret") async -> DeliveryIntake.Outcome {
            let request = RawDelivery(headers: [("x-secret", secret)], body: Array(body.utf8))
            return await intake.receive(request, from: connected)
        }
    }

    private func withDesk(_ body: (Desk) async throws -> Void) async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        try folder.write(#"{"plugins": {"postbox": {}}}"#, to: "plugins.json")
        let plugins = [RegisteredPlugin(Postbox.self)]
        let source = try PolicySource(
            path: folder.path("plugins.json"), plugins: plugins, logger: .silent, overrides: { [] })
        try await TestFolder.withStore { store in
            try await store.saveInstallation(.acme())
            let reader = DeliveryReader(
                store: store, directory: InstallationDirectory(store: store, clock: clock.host),
                table: try RouteTable(plugins), policy: { source.policy }, metrics: HostMetrics(), clock: clock.host,
                logger: .silent)
            let inflight = Inflight()
            let pager = PagerSource()
            try await body(
                Desk(
                    store: store, reader: reader,
                    intake: DeliveryIntake(
                        store: store, secrets: DeliverySecrets(store: store, clock: clock.host), reader: reader,
                        inflight: inflight, metrics: HostMetrics(), clock: clock.host, logger: .silent),
                    unread: UnreadDeliveries(
                        store: store, sources: [pager], reader: reader, clock: clock.host, logger: .silent),
                    inflight: inflight, connected: ConnectedSource(pager, secrets: [Secret("s3cret")])))
        }
    }

    private func waiting(_ store: any Store) async throws -> [StoredJob] {
        try await store.jobs(in: .available, limit: 50, before: nil).reversed()
    }

    @Test func `each thing that a webhook tells becomes a delivery with its job, once`() async throws {
        try await withDesk { desk in
            for _ in 0..<2 {
                #expect(await desk.receive("E1 E2") == .accepted)
                #expect(await desk.inflight.drained(within: .seconds(60), clock: clock.host))
            }
            let jobs = try await waiting(desk.store)
            #expect(jobs.map(\.work.kind) == [DeliveryReader.jobKind, DeliveryReader.jobKind])
            #expect(jobs.map(\.work.orderKey) == ["postbox/T0ACME/pager", "postbox/T0ACME/pager"])
            #expect(try await desk.store.deliveryCounts() == [.pending: 2])
        }
    }

    @Test func `what is not genuine is not stored`() async throws {
        try await withDesk { desk in
            #expect(await desk.receive("E1", secret: "guessed") == .forged)
            let counts = try await desk.store.deliveryCounts()
            #expect(counts.isEmpty)
        }
    }

    @Test func `what cannot be read is set aside, and people are told what could be salvaged`() async throws {
        try await withDesk { desk in
            #expect(await desk.receive("?garbled") == .accepted)
            #expect(await desk.inflight.drained(within: .seconds(60), clock: clock.host))
            #expect(try await desk.store.deliveryCounts() == [.quarantined: 1, .pending: 1])
            let salvaged = try await desk.store.delivery(InboxID(source: "pager", id: "salvaged"))
            #expect(salvaged?.delivery.body == Data("something happened".utf8))
            #expect(try await waiting(desk.store).count == 1)
        }
    }

    @Test func `what was kept when the process ended is read by the next one`() async throws {
        try await withDesk { desk in
            let body = Data("E1".utf8)
            _ = try await desk.store.keep(
                InboxDelivery(id: .unread(body, from: "pager"), body: body, receivedAt: clock.now))
            await desk.unread.read(keptBefore: clock.now.addingTimeInterval(1))
            #expect(try await waiting(desk.store).count == 1)
            #expect(try await desk.store.delivery(InboxID(source: "pager", id: "E1"))?.state == .pending)
        }
    }

    @Test func `what ended the process three times is not read a fourth time`() async throws {
        try await withDesk { desk in
            let body = Data("E1".utf8)
            let id = InboxID.unread(body, from: "pager")
            _ = try await desk.store.keep(InboxDelivery(id: id, body: body, receivedAt: clock.now))
            for _ in 0..<2 { _ = try await desk.store.beginAttempt(id) }
            await desk.unread.read(keptBefore: clock.now.addingTimeInterval(1))
            #expect(try await desk.store.delivery(id)?.state == .quarantined)
            #expect(try await desk.store.delivery(InboxID(source: "pager", id: "E1")) == nil)
            #expect(try await desk.store.delivery(InboxID(source: "pager", id: "salvaged"))?.state == .pending)
        }
    }

    @Test func `a job that ended the process three times is given up, and its delivery told plainly`() async throws {
        try await withDesk { desk in
            #expect(await desk.receive("E1") == .accepted)
            #expect(await desk.inflight.drained(within: .seconds(60), clock: clock.host))
            for _ in 0..<PoisonCabinet.mostCrashes {
                _ = try await desk.store.claim(
                    JobClaim(owner: "ended", limit: 1, now: clock.now, leaseUntil: clock.now.addingTimeInterval(30)))
                _ = try await desk.store.reclaimJobs(at: clock.now, owner: "ended")
            }
            let poison = PoisonCabinet(
                store: desk.store, reader: desk.reader, sources: ["pager": PagerSource()], clock: clock.host,
                logger: .silent)
            let job = try #require(
                try await desk.store.claim(
                    JobClaim(owner: "new", limit: 1, now: clock.now, leaseUntil: clock.now.addingTimeInterval(30))
                ).first)
            #expect(job.crashes == PoisonCabinet.mostCrashes)
            let last = try await poison.lockUp(job)
            #expect(last.reason.contains("3 attempts"))
            #expect(try await desk.store.delivery(InboxID(source: "pager", id: "E1"))?.state == .quarantined)
            #expect(try await desk.store.delivery(InboxID(source: "pager", id: "salvaged"))?.state == .pending)
        }
    }
}

/// Webhooks of words: each is an event.
private struct PagerSource: DeliverySource {
    let id = "pager"
    let path = "/pager/webhooks"
    let bodyLimit = 1_024

    func isGenuine(_ request: RawDelivery, secrets: [String]) -> Bool {
        request.values("x-secret").contains { secrets.contains($0) }
    }

    func read(_ body: [UInt8]) -> DeliveryContent {
        let text = String(decoding: body, as: UTF8.self)
        if text.hasPrefix("?") { return .unreadable(reason: "it is garbled") }
        return .events(
            text.split(separator: " ").map {
                DeliveredEvent(id: String($0), orderKey: "pager", body: Array($0.utf8))
            })
    }

    func salvage(_ body: [UInt8]) -> DeliveredEvent? {
        DeliveredEvent(id: "salvaged", body: Array("something happened".utf8))
    }
}

/// A plugin that waits for the pager's news.
private struct Postbox: Plugin {
    static let manifest = Manifest("postbox", "Takes in what the pager tells")

    var routes: [Route<Postbox>] {
        OnDelivery("pager") { _, _ in }
    }
}
