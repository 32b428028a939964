import BotStore
import Foundation
import Testing

@Suite struct LeaseConformanceTests {
    @Test(arguments: StoreFactory.all)
    func `a lease has one holder until it runs out or is given back`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let first = try #require(try await store.takeLease("refresh", holder: "a", until: .after(30), at: .start))
            #expect(try await store.takeLease("refresh", holder: "b", until: .after(60), at: .after(29)) == nil)
            #expect(try await store.takeLease("refresh", holder: "a", until: .after(60), at: .after(29)) == nil)
            #expect(try await store.takeLease("another", holder: "b", until: .after(60), at: .after(29)) != nil)
            try await store.extendLease(first, until: .after(90), at: .after(29))
            #expect(try await store.takeLease("refresh", holder: "b", until: .after(99), at: .after(89)) == nil)
            try await store.returnLease(first)
            let second = try #require(
                try await store.takeLease("refresh", holder: "b", until: .after(99), at: .after(40)))
            #expect(second.fence > first.fence)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a holder that was too slow can neither extend the lease nor end its successor's`(factory: StoreFactory)
        async throws
    {
        try await factory.withStore { store in
            let old = try #require(try await store.takeLease("refresh", holder: "a", until: .after(30), at: .start))
            let new = try #require(
                try await store.takeLease("refresh", holder: "b", until: .after(60), at: .after(30)))
            #expect(new.fence > old.fence)
            await expectFailure(.lostLease) { try await store.extendLease(old, until: .after(99), at: .after(31)) }
            try await store.returnLease(old)
            #expect(try await store.takeLease("refresh", holder: "c", until: .after(99), at: .after(59)) == nil)
            // One that has run out, but is nobody else's, may go on.
            try await store.extendLease(new, until: .after(90), at: .after(70))
            #expect(try await store.takeLease("refresh", holder: "c", until: .after(99), at: .after(80)) == nil)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `of many who want a lease at once one gets it`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let tickets = try await withThrowingTaskGroup(of: LeaseTicket?.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        try await store.takeLease("refresh", holder: "h\(number)", until: .after(30), at: .start)
                    }
                }
                return try await group.reduce(into: [LeaseTicket]()) { if let ticket = $1 { $0.append(ticket) } }
            }
            #expect(tickets.count == 1)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `leases that have run out are swept, and odd names refused`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            for name in ["a", "b"] {
                _ = try await store.takeLease(name, holder: "h", until: .after(10), at: .start)
            }
            _ = try await store.takeLease("c", holder: "h", until: .after(20), at: .start)
            #expect(try await store.sweepLeases(at: .after(9), limit: 9) == 0)
            #expect(try await store.sweepLeases(at: .after(10), limit: 1) == 1)
            #expect(try await store.sweepLeases(at: .after(10), limit: 9) == 1)
            #expect(try await store.takeLease("c", holder: "h", until: .after(30), at: .after(19)) == nil)
            await expectFailure(.invalid) {
                try await store.takeLease("", holder: "h", until: .after(30), at: .start)
            }
            await expectFailure(.invalid) {
                try await store.takeLease("a\u{0}", holder: "h", until: .after(30), at: .start)
            }
        }
    }
}
