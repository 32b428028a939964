import Foundation
import TestDatabase
import Testing

@testable import BotStore

/// Leases run by the server's clock, whatever the hosts' clocks say.
@Suite struct PostgreSQLLeaseTests {
    private let far: Date = .after(3600)

    private func withTwoHosts(_ body: (PostgreSQLStore, PostgreSQLStore) async throws -> Void) async throws {
        await StoreDoor.shared.enter()
        do {
            let server = try TestServer.shared()
            let database = try server.makeDatabase()
            defer { server.drop(database) }
            let url = Secret(server.url(of: database))
            let (one, other) = (
                try PostgreSQLStore(url: url, keys: .test, now: .start, leases: .own),
                try PostgreSQLStore(url: url, keys: .test, now: far, leases: .own)
            )
            try await body(one, other)
            await one.close()
            await other.close()
        } catch {
            await StoreDoor.shared.leave()
            throw error
        }
        await StoreDoor.shared.leave()
    }

    @Test func `a host whose clock is an hour ahead takes nobody's lease`() async throws {
        try await withTwoHosts { one, other in
            let lease = try #require(try await one.takeLease("refresh", holder: "one", until: .after(30), at: .start))
            #expect(try await other.takeLease("refresh", holder: "other", until: far + 30, at: far) == nil)
            #expect(try await other.sweepLeases(at: far, limit: 9) == 0)
            try await one.extendLease(lease, until: .after(30), at: .start)
            try await one.returnLease(lease)
            #expect(try await other.takeLease("refresh", holder: "other", until: far + 30, at: far) != nil)
        }
    }

    @Test func `a lease that has run out is anybody's, also for a host whose clock is behind`() async throws {
        try await withTwoHosts { one, other in
            _ = try await other.takeLease("refresh", holder: "other", until: far, at: far)
            #expect(try await one.takeLease("refresh", holder: "one", until: .after(30), at: .start) != nil)
        }
    }

    @Test func `a job and a message that are held stay held`() async throws {
        try await withTwoHosts { one, other in
            _ = try await one.enqueue([.named("n", runAt: .start)], at: .start)
            let job = try #require(try await one.claim(.some(1, at: .start)).first)
            #expect(try await other.reclaimJobs(at: far, owner: nil) == 0)
            #expect(try await one.heartbeat([job.ticket], leaseUntil: .after(30), at: .start) == [job.ticket])
            try await one.complete(job.ticket, at: .after(1))

            let key = MessageKey(plugin: "p", workspace: "T1", channel: "C1", key: "m")
            _ = try await one.wish(MessageWish(key: key, content: Data("m")), at: .start)
            #expect(try await one.claim(.post, at: 0).count == 1)
            #expect(try await other.claim(.post, at: 3600).isEmpty)
            #expect(try await other.dueMessages(limit: 9, at: far).isEmpty)
        }
    }
}
