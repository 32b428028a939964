import BotStore
import Foundation
import Testing

@Suite struct CommitConformanceTests {
    private let scope = ValueScope(plugin: "coffee", workspace: "T1")
    private let delivery = InboxID(source: "slack", id: "Ev1")

    /// A store with a delivery that waits and a job that runs for it.
    private func begin(_ store: any Store) async throws -> JobTicket {
        _ = try await store.receive(
            InboxDelivery(id: delivery, body: Data("{}"), receivedAt: .start),
            enqueue: [NewJob(kind: "inbox.handle", runAt: .start)])
        return try #require(try await store.claim(.some(1, at: .start)).first).ticket
    }

    private func everything(_ ticket: JobTicket, expected: ValueChange.Expectation = .anything) -> Commit {
        Commit(
            at: .after(1),
            values: [.put(Data("v"), for: "k", in: scope, expected: expected), .delete("gone", in: scope)],
            jobs: [
                NewJob(kind: "next", uniqueKey: "n", runAt: .after(1)),
                NewJob(kind: "x", uniqueKey: "n", runAt: .start),
            ],
            messages: [
                MessageWish(
                    key: MessageKey(plugin: "coffee", workspace: "T1", channel: "C1", key: "m"), content: Data("m"))
            ],
            completed: [ticket], handled: [delivery],
            audit: [AuditLine(at: .after(1), actor: "U1", action: "test", subject: "s")])
    }

    @Test(arguments: StoreFactory.all)
    func `all of a commit is stored`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let ticket = try await begin(store)
            let receipt = try await store.commit(everything(ticket))
            let value = try #require(try await store.value("k", in: scope, at: .after(1)))
            #expect(receipt.versions == [value.version, nil])
            let next = try #require(receipt.jobs.first?.id)
            #expect(receipt.jobs == [.inserted(next), .duplicate(of: next)])
            #expect(try await store.job(next)?.work.kind == "next")
            #expect(try await store.job(ticket.id)?.state == .completed)
            #expect(try await store.delivery(delivery)?.state == .handled)
            #expect(try await store.claim(.post, at: 1).count == 1)
            #expect(try await store.auditEntries(limit: 9, before: nil).count == 1)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `nothing of a commit is stored when one part of it is refused`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let ticket = try await begin(store)
            let lost = JobTicket(id: ticket.id, fence: ticket.fence + 1)
            var unknown = everything(ticket)
            unknown.handled = [InboxID(source: "slack", id: "unknown")]
            var invalid = everything(ticket)
            invalid.audit = [AuditLine(at: .start, actor: "U1", action: "", subject: "s")]
            await expectFailure(.lostLease) { try await store.commit(everything(lost)) }
            await expectFailure(.conflict) { try await store.commit(everything(ticket, expected: .version(9))) }
            await expectFailure(.notFound) { try await store.commit(unknown) }
            await expectFailure(.invalid) { try await store.commit(invalid) }

            #expect(try await store.value("k", in: scope, at: .after(1)) == nil)
            #expect(try await store.jobStatistics(at: .after(1)).counts == [.running: 1])
            #expect(try await store.delivery(delivery)?.state == .pending)
            #expect(try await store.claim(.post, at: 1).isEmpty)
            #expect(try await store.auditEntries(limit: 9, before: nil).isEmpty)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a commit that fails costs the ones beside it nothing`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            _ = try await store.change(.put(Data("0"), for: "k", in: scope), at: .start)
            let results = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<100 {
                    group.addTask { [scope] in
                        let expected: ValueChange.Expectation = number.isMultiple(of: 3) ? .absent : .anything
                        let key = number.isMultiple(of: 3) ? "k" : "k\(number)"
                        let commit = Commit(
                            at: .start, values: [.put(Data("1"), for: key, in: scope, expected: expected)],
                            jobs: [.named("n\(number)", runAt: .start)])
                        return (try? await store.commit(commit)) != nil
                    }
                }
                return await group.reduce(into: [Bool]()) { $0.append($1) }
            }
            #expect(results.count { $0 } == 66)
            #expect(try await store.jobStatistics(at: .start).counts == [.available: 66])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a commit that enqueues wakes those who wait for work`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            var waiting = store.wakeups().makeAsyncIterator()
            _ = try await store.commit(Commit(at: .start, jobs: [.named("a", runAt: .start)]))
            _ = try await store.commit(Commit(at: .start, jobs: [.named("b", runAt: .start)]))
            #expect(await waiting.next() != nil)
            await store.close()
            #expect(await waiting.next() == nil)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `what was acknowledged is there after the store was opened again`(factory: StoreFactory) async throws {
        try await factory.withPlace { place in
            let first = try place.open(.test, .start)
            let ticket = try await begin(first)
            _ = try await first.commit(everything(ticket))
            let running = try #require(try await first.claim(.some(1, at: .after(2))).first)
            await first.close()
            await expectFailure(.closed) { try await first.ping() }
            await expectFailure(.closed) { try await first.job(running.id) }

            let second = try place.open(.test, .after(3))
            #expect(try await second.value("k", in: scope, at: .after(3))?.data == Data("v"))
            _ = try await second.reclaimJobs(at: .after(3), owner: "host-a")
            let again = try #require(try await second.claim(.some(1, at: .after(3))).first)
            #expect(again.id == running.id)
            #expect(again.attempt == 2)
            await expectFailure(.lostLease) { try await second.complete(running.ticket, at: .after(4)) }
            try await second.ping()
            #expect(try await second.check() == [])
            await second.close()
        }
    }
}
