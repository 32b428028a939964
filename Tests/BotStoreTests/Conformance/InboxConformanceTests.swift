import BotStore
import Foundation
import Testing

@Suite struct InboxConformanceTests {
    private let id = InboxID(source: "pagerduty/PXYZ", id: "01EVENT")

    private func delivery(_ id: InboxID, at seconds: Double = 0, body: Data = Data("{}")) -> InboxDelivery {
        InboxDelivery(id: id, body: body, context: Data("context"), receivedAt: .after(seconds), traceID: "trace")
    }

    @Test(arguments: StoreFactory.all)
    func `a delivery is kept byte for byte, once, with its job`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let arrived = delivery(id, body: Data([0, 0xFF, 0xD8, 0x0A]))
            let job = NewJob(kind: "inbox.handle", runAt: .start)
            #expect(try await store.receive(arrived, enqueue: [job]) == .inserted)
            #expect(try await store.receive(delivery(id, at: 60), enqueue: [job]) == .duplicate(.pending))
            let stored = try #require(try await store.delivery(id))
            #expect(stored.delivery == arrived)
            #expect(stored.state == .pending)
            #expect(try await store.jobStatistics(at: .start).counts == [.available: 1])
            // The same id from another source is another delivery.
            let other = InboxID(source: "slack", id: id.id)
            #expect(try await store.receive(delivery(other), enqueue: []) == .inserted)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a delivery whose job is refused is not stored either`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            await expectFailure(.invalid) {
                try await store.receive(delivery(id), enqueue: [NewJob(kind: "", runAt: .start)])
            }
            let stored = try await store.delivery(id)
            #expect(stored == nil)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `of many equal deliveries at once one is inserted`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let receipts = try await withThrowingTaskGroup(of: Receipt.self) { group in
                for _ in 0..<50 { group.addTask { [id] in try await store.receive(delivery(id), enqueue: []) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(receipts.count { $0 == .inserted } == 1)
            #expect(receipts.count { $0 == .duplicate(.pending) } == 49)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `attempts are counted, and a poison message is set aside and can be put back`(factory: StoreFactory)
        async throws
    {
        try await factory.withStore { store in
            _ = try await store.receive(delivery(id), enqueue: [])
            for attempt in 1...3 { #expect(try await store.beginAttempt(id) == attempt) }
            try await store.quarantine(id, reason: "three attempts\nended the process", at: .after(5))
            let set = try #require(try await store.delivery(id))
            #expect(set.state == .quarantined)
            #expect(set.reason == "three attempts ended the process")
            #expect(set.attempts == 3)
            #expect(set.settledAt == .after(5))
            await expectFailure(.notFound) { try await store.beginAttempt(id) }
            #expect(try await store.receive(delivery(id), enqueue: []) == .duplicate(.quarantined))
            try await store.requeue(id)
            #expect(try await store.beginAttempt(id) == 1)
            await expectFailure(.notFound) { try await store.requeue(id) }
            try await store.markHandled(id, at: .after(6))
            #expect(try await store.receive(delivery(id), enqueue: []) == .duplicate(.handled))
            await expectFailure(.notFound) {
                try await store.markHandled(InboxID(source: "slack", id: "unknown"), at: .start)
            }
        }
    }

    @Test(arguments: StoreFactory.all)
    func `what is pending is listed oldest first, and only what is settled is swept`(factory: StoreFactory)
        async throws
    {
        try await factory.withStore { store in
            for number in [3, 1, 2] {
                let id = InboxID(source: "slack", id: "e\(number)")
                _ = try await store.receive(delivery(id, at: Double(number)), enqueue: [])
            }
            let pending = try await store.deliveries(in: .pending, receivedBefore: nil, limit: 9).map(\.delivery.id.id)
            #expect(pending == ["e1", "e2", "e3"])
            let old = try await store.deliveries(in: .pending, receivedBefore: .after(3), limit: 9)
            #expect(old.count == 2)
            try await store.markHandled(InboxID(source: "slack", id: "e1"), at: .after(10))
            try await store.quarantine(InboxID(source: "slack", id: "e2"), reason: "no", at: .after(20))
            #expect(try await store.deliveryCounts() == [.pending: 1, .handled: 1, .quarantined: 1])
            #expect(try await store.sweepInbox(settledBefore: .after(10), limit: 9) == 0)
            #expect(try await store.sweepInbox(settledBefore: .after(99), limit: 1) == 1)
            #expect(try await store.sweepInbox(settledBefore: .after(99), limit: 9) == 1)
            #expect(try await store.deliveryCounts() == [.pending: 1])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a delivery of a megabyte fits, a bigger one is refused`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let fits = delivery(id, body: Data(count: 1024 * 1024))
            let receipt = try await store.receive(fits, enqueue: [])
            #expect(receipt == .inserted)
            let big = delivery(InboxID(source: "slack", id: "big"), body: Data(count: 1024 * 1024 + 1))
            await expectFailure(.invalid) { try await store.receive(big, enqueue: []) }
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a body is kept before it is read, and what it tells takes its place`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let body = Data("two things")
            let unread = delivery(.unread(body, from: "pager"), body: body)
            #expect(try await store.keep(unread) == .inserted)
            #expect(try await store.keep(unread) == .duplicate(.pending))
            #expect(try await store.unread(keptBefore: .start, limit: 9).count == 0)
            let found = try await store.unread(keptBefore: .after(1), limit: 9)
            #expect(found.map(\.delivery) == [unread])
            #expect(found.first?.attempts == 1)
            #expect(found.first?.delivery.id.unreadSource == "pager")

            let known = delivery(InboxID(source: "pager", id: "known"))
            _ = try await store.receive(known, enqueue: [])
            let parts = [known, delivery(InboxID(source: "pager", id: "new"))].map {
                UnpackedDelivery($0, jobs: [.named("handle", runAt: .start)])
            }
            #expect(try await store.unpack(unread.id, into: parts) == [.duplicate(.pending), .inserted])
            #expect(try await store.unread(keptBefore: .after(1), limit: 9).count == 0)
            #expect(try await store.jobStatistics(at: .start).counts == [.available: 1])
            // The sender sends it once more: it is known only after it was read again.
            #expect(try await store.keep(unread) == .inserted)
            #expect(try await store.unpack(unread.id, into: parts) == [.duplicate(.pending), .duplicate(.pending)])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `what is set aside unread is not found as unread again`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let unread = delivery(.unread(Data("{"), from: "pager"), body: Data("{"))
            _ = try await store.keep(unread)
            #expect(try await store.beginAttempt(unread.id) == 2)
            try await store.quarantine(unread.id, reason: "it is no JSON", at: .after(1))
            #expect(try await store.unread(keptBefore: .after(9), limit: 9).count == 0)
            #expect(try await store.keep(unread) == .duplicate(.quarantined))
        }
    }
}
