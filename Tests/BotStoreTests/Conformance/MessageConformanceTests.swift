import BotStore
import Foundation
import Testing

@Suite struct MessageConformanceTests {
    private let key = MessageKey(plugin: "incidents", workspace: "T1", key: "incident/Q1")

    private func wish(_ content: String?, channel: String = "C1", lane: JobLane = .normal) -> MessageWish {
        MessageWish(key: key, channel: channel, content: content.map { Data($0) }, lane: lane)
    }

    private func claim(_ store: any Store, at seconds: Double) async throws -> [LiveMessage] {
        try await store.claimMessages(limit: 10, at: .after(seconds), leaseUntil: .after(seconds + 30))
    }

    @Test(arguments: StoreFactory.all)
    func `a message is posted once and then edited to the newest content`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            #expect(try await store.wish(wish("one"), at: .start) == 1)
            let first = try #require(try await claim(store, at: 1).first)
            #expect(first.state == .absent)
            #expect(first.content == Data("one"))
            #expect(try await claim(store, at: 2).isEmpty)
            try await store.intend(first.ticket, intentID: "opaque", channel: "C1", at: .after(2))
            #expect(try await store.liveMessage(key)?.state == .intent)
            // Two changes come while it is being posted: one edit is enough.
            #expect(try await store.wish(wish("two"), at: .after(3)) == 2)
            #expect(try await store.wish(wish("three"), at: .after(3)) == 3)
            try await store.painted(first.ticket, version: 1, channel: "C1", ts: "17.1", at: .after(4))
            let second = try #require(try await claim(store, at: 5).first)
            #expect(second.state == .posted)
            #expect(second.ts == "17.1")
            #expect(second.intentID == "opaque")
            #expect(second.content == Data("three"))
            #expect(second.version == 3)
            try await store.painted(second.ticket, version: 3, channel: "C1", ts: "17.1", at: .after(6))
            #expect(try await claim(store, at: 99).isEmpty)
            #expect(try await store.nextMessageTime() == nil)
            #expect(try await store.liveMessage(workspace: "T1", channel: "C1", ts: "17.1")?.key == key)
            #expect(try await store.liveMessage(workspace: "T2", channel: "C1", ts: "17.1") == nil)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `to wish for what is shown already paints nothing`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            _ = try await store.wish(wish("one"), at: .start)
            let message = try #require(try await claim(store, at: 1).first)
            try await store.painted(message.ticket, version: 1, channel: "C1", ts: "17.1", at: .after(1))
            #expect(try await store.wish(wish("one"), at: .after(2)) == 1)
            #expect(try await claim(store, at: 3).isEmpty)
            #expect(try await store.wish(wish(nil), at: .after(4)) == 2)
            #expect(try await store.wish(wish(nil), at: .after(5)) == 2)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `after a crash in between the intent is found again, and the old painter can say nothing`(
        factory: StoreFactory
    ) async throws {
        try await factory.withStore { store in
            _ = try await store.wish(wish("one"), at: .start)
            let old = try #require(try await claim(store, at: 0).first).ticket
            try await store.intend(old, intentID: "opaque", channel: "C1", at: .start)
            #expect(try await store.nextMessageTime() == .after(30))
            #expect(try await claim(store, at: 29).isEmpty)
            let found = try #require(try await claim(store, at: 30).first)
            #expect(found.state == .intent)
            #expect(found.intentID == "opaque")
            await expectFailure(.lostLease) {
                try await store.painted(old, version: 1, channel: "C1", ts: "17.1", at: .after(31))
            }
            await expectFailure(.lostLease) { try await store.postpone(old, dueAt: .after(31)) }
            try await store.painted(found.ticket, version: 1, channel: "C1", ts: "17.1", at: .after(31))
            // A ticket that was given back is worth nothing either.
            await expectFailure(.lostLease) { try await store.bury(found.ticket, reason: "no", at: .after(32)) }
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a message that vanished is posted afresh, unless it is not wanted`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            _ = try await store.wish(wish("one"), at: .start)
            var message = try #require(try await claim(store, at: 0).first)
            try await store.painted(message.ticket, version: 1, channel: "C1", ts: "17.1", at: .start)
            _ = try await store.wish(wish("two"), at: .after(1))
            message = try #require(try await claim(store, at: 1).first)
            try await store.vanished(message.ticket, dueAt: .after(2), at: .after(1))
            #expect(try await claim(store, at: 1.5).isEmpty)
            message = try #require(try await claim(store, at: 2).first)
            #expect(message.state == .absent)
            #expect(message.ts == nil)
            try await store.painted(message.ticket, version: 2, channel: "C1", ts: "17.2", at: .after(2))

            _ = try await store.wish(wish(nil), at: .after(3))
            message = try #require(try await claim(store, at: 3).first)
            #expect(message.content == nil)
            #expect(message.ts == "17.2")
            try await store.vanished(message.ticket, dueAt: .after(3), at: .after(3))
            #expect(try await claim(store, at: 99).isEmpty)
            #expect(try await store.sweepMessages(before: .after(3), limit: 9) == 0)
            #expect(try await store.sweepMessages(before: .after(4), limit: 9) == 1)
            #expect(try await store.liveMessage(key) == nil)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a dead message rests until somebody wants it again`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            _ = try await store.wish(wish("one"), at: .start)
            let message = try #require(try await claim(store, at: 0).first)
            try await store.bury(message.ticket, reason: "is_archived", at: .start)
            #expect(try await store.liveMessage(key)?.reason == "is_archived")
            #expect(try await claim(store, at: 99).isEmpty)
            _ = try await store.wish(wish("one", channel: "C2"), at: .after(100))
            let again = try #require(try await claim(store, at: 100).first)
            #expect(again.state == .absent)
            #expect(again.channel == "C2")
            #expect(again.reason == nil)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `urgent messages are painted first, and the fullest channel is known`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            for (name, channel, lane) in [
                ("low", "C1", JobLane.background), ("mid", "C1", .normal), ("high", "C2", .urgent),
            ] {
                let key = MessageKey(plugin: "incidents", workspace: "T1", key: name)
                _ = try await store.wish(
                    MessageWish(key: key, channel: channel, content: Data(name), lane: lane), at: .start)
            }
            let backlog = try await store.messageBacklog(limit: 9)
            #expect(backlog.map(\.channel) == ["C1", "C2"])
            #expect(backlog.map(\.waiting) == [2, 1])
            let claimed = try await claim(store, at: 0)
            #expect(claimed.map(\.key.key) == ["high", "mid", "low"])
            try await store.postpone(claimed[0].ticket, dueAt: .after(50))
            #expect(try await claim(store, at: 29).isEmpty)
            #expect(try await store.nextMessageTime() == .after(30))
            #expect(try await claim(store, at: 50).count == 3)
        }
    }
}
