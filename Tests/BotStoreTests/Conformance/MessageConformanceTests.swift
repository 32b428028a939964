import BotStore
import Foundation
import Testing

@Suite struct MessageConformanceTests {
    private let key = MessageKey(plugin: "incidents", workspace: "T1", channel: "C1", key: "incident/Q1")

    private func wish(_ content: String?, lane: JobLane = .normal) -> MessageWish {
        MessageWish(key: key, content: content.map { Data($0) }, lane: lane)
    }

    @Test(arguments: StoreFactory.all)
    func `a message is posted once and then edited to the newest content`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            #expect(try await store.wish(wish("one"), at: .start) == 1)
            let first = try #require(try await store.claim(.post, at: 1).first)
            #expect(first.state == .absent)
            #expect(first.content == Data("one"))
            #expect(try await store.claim(.post, at: 2).isEmpty)
            try await store.intend(first.ticket, intentID: "opaque", channel: "C1", thread: nil, at: .after(2))
            #expect(try await store.liveMessage(key)?.state == .intent)
            // Two changes come while it is being posted: one edit is enough.
            #expect(try await store.wish(wish("two"), at: .after(3)) == 2)
            #expect(try await store.wish(wish("three"), at: .after(3)) == 3)
            try await store.painted(first.ticket, version: 1, channel: "C1", ts: "17.1", at: .after(4))
            #expect(try await store.claim(.post, at: 5).isEmpty)
            let second = try #require(try await store.claim(.edit, at: 5).first)
            #expect(second.state == .posted)
            #expect(second.ts == "17.1")
            #expect(second.intentID == "opaque")
            #expect(second.content == Data("three"))
            #expect(second.version == 3)
            try await store.painted(second.ticket, version: 3, channel: "C1", ts: "17.1", at: .after(6))
            #expect(try await store.claimAll(at: 99).isEmpty)
            #expect(try await store.nextMessageTime() == nil)
            #expect(try await store.liveMessage(workspace: "T1", channel: "C1", ts: "17.1")?.key == key)
            #expect(try await store.liveMessage(workspace: "T2", channel: "C1", ts: "17.1") == nil)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `one key in two channels is two messages`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let other = MessageKey(plugin: "incidents", workspace: "T1", channel: "C2", key: key.key)
            _ = try await store.wish(wish("here"), at: .start)
            _ = try await store.wish(MessageWish(key: other, organization: "E1", content: Data("there")), at: .start)
            #expect(try await store.liveMessage(key)?.content == Data("here"))
            let there = try #require(try await store.liveMessage(other))
            #expect(there.content == Data("there"))
            #expect(there.organization == "E1")
        }
    }

    @Test(arguments: StoreFactory.all)
    func `to wish for what is shown already paints nothing`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            _ = try await store.wish(wish("one"), at: .start)
            let message = try #require(try await store.claim(.post, at: 1).first)
            try await store.painted(message.ticket, version: 1, channel: "C1", ts: "17.1", at: .after(1))
            #expect(try await store.wish(wish("one", lane: .urgent), at: .after(2)) == 1)
            #expect(try await store.liveMessage(key)?.lane == .urgent)
            #expect(try await store.claimAll(at: 3).isEmpty)
            #expect(try await store.wish(wish(nil), at: .after(4)) == 2)
            #expect(try await store.wish(wish(nil), at: .after(5)) == 2)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `what is not in Slack is taken away without a painter, unless one has it in hand`(
        factory: StoreFactory
    ) async throws {
        try await factory.withStore { store in
            _ = try await store.wish(wish(nil), at: .start)
            #expect(try await store.claimAll(at: 1).isEmpty)
            _ = try await store.wish(wish("one"), at: .after(1))
            _ = try await store.wish(wish(nil), at: .after(2))
            #expect(try await store.claimAll(at: 3).isEmpty)

            _ = try await store.wish(wish("two"), at: .after(4))
            let inHand = try #require(try await store.claim(.post, at: 4).first)
            _ = try await store.wish(wish(nil), at: .after(5))
            try await store.painted(inHand.ticket, version: 3, channel: "C1", ts: "17.1", at: .after(6))
            let unwanted = try #require(try await store.claim(.edit, at: 6).first)
            #expect(unwanted.content == nil)
            #expect(unwanted.ts == "17.1")
        }
    }

    @Test(arguments: StoreFactory.all)
    func `after a crash in between the intent is found again, and the old painter can say nothing`(
        factory: StoreFactory
    ) async throws {
        try await factory.withStore { store in
            _ = try await store.wish(wish("one"), at: .start)
            let old = try #require(try await store.claim(.post, at: 0).first).ticket
            try await store.intend(old, intentID: "opaque", channel: "C9", thread: "16.1", at: .start)
            #expect(try await store.nextMessageTime() == .after(30))
            #expect(try await store.claim(.post, at: 29).isEmpty)
            let found = try #require(try await store.claim(.post, at: 30).first)
            #expect(found.state == .intent)
            #expect(found.intentID == "opaque")
            #expect(found.postedChannel == "C9")
            #expect(found.thread == "16.1")
            await expectFailure(.lostLease) {
                try await store.painted(old, version: 1, channel: "C1", ts: "17.1", at: .after(31))
            }
            await expectFailure(.lostLease) { try await store.postpone(old, dueAt: .after(31)) }
            try await store.painted(found.ticket, version: 1, channel: "C9", ts: "17.1", at: .after(31))
            #expect(try await store.liveMessage(key)?.thread == "16.1")
            // A ticket that was given back is worth nothing either.
            await expectFailure(.lostLease) { try await store.bury(found.ticket, reason: "no", at: .after(32)) }
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a message that vanished is posted afresh, unless it is not wanted`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            _ = try await store.wish(wish("one"), at: .start)
            var message = try #require(try await store.claim(.post, at: 0).first)
            try await store.painted(message.ticket, version: 1, channel: "C1", ts: "17.1", at: .start)
            _ = try await store.wish(wish("two"), at: .after(1))
            message = try #require(try await store.claim(.edit, at: 1).first)
            try await store.vanished(message.ticket, dueAt: .after(2), at: .after(1))
            #expect(try await store.claimAll(at: 1.5).isEmpty)
            message = try #require(try await store.claim(.post, at: 2).first)
            #expect(message.state == .absent)
            #expect(message.ts == nil)
            try await store.painted(message.ticket, version: 2, channel: "C1", ts: "17.2", at: .after(2))

            _ = try await store.wish(wish(nil), at: .after(3))
            message = try #require(try await store.claim(.edit, at: 3).first)
            #expect(message.content == nil)
            #expect(message.ts == "17.2")
            try await store.vanished(message.ticket, dueAt: .after(3), at: .after(3))
            #expect(try await store.claimAll(at: 99).isEmpty)
            #expect(try await store.sweepMessages(before: .after(3), limit: 9) == 0)
            #expect(try await store.sweepMessages(before: .after(4), limit: 9) == 1)
            #expect(try await store.liveMessage(key) == nil)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a dead message rests until somebody wants it again`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            _ = try await store.wish(wish("one"), at: .start)
            let message = try #require(try await store.claim(.post, at: 0).first)
            try await store.bury(message.ticket, reason: "is_archived", at: .start)
            #expect(try await store.liveMessage(key)?.reason == "is_archived")
            #expect(try await store.claimAll(at: 99).isEmpty)
            _ = try await store.wish(wish("one"), at: .after(100))
            let again = try #require(try await store.claim(.post, at: 100).first)
            #expect(again.state == .absent)
            #expect(again.reason == nil)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `urgent messages are painted first, and each channel says what it waits for`(
        factory: StoreFactory
    ) async throws {
        try await factory.withStore { store in
            for (name, channel, lane) in [
                ("low", "C1", JobLane.background), ("mid", "C1", .normal), ("late", "C1", .normal),
                ("high", "C2", .urgent),
            ] {
                let key = MessageKey(plugin: "incidents", workspace: "T1", channel: channel, key: name)
                _ = try await store.wish(
                    MessageWish(
                        key: key, content: Data(name), lane: lane, dueAt: name == "late" ? .after(9) : nil),
                    at: .start)
            }
            #expect(
                try await store.dueMessages(limit: 9, at: .start) == [
                    DueMessages(
                        place: MessagePlace(workspace: "T1", channel: "C2"), posts: 1, urgentPosts: 1, replies: 0,
                        edits: 0, since: .start),
                    DueMessages(
                        place: MessagePlace(workspace: "T1", channel: "C1"), posts: 2, urgentPosts: 0, replies: 0,
                        edits: 0, since: .start),
                ])
            #expect(try await store.claim(.post, lane: .urgent, at: 0).isEmpty)
            let claimed = try await store.claim(.post, at: 0)
            #expect(claimed.map(\.key.key) == ["mid", "low"])
            try await store.postpone(claimed[0].ticket, dueAt: .after(50))
            #expect(try await store.claim(.post, at: 29).map(\.key.key) == ["late"])
            #expect(try await store.claim(.post, at: 50).count == 2)
        }
    }
}

extension Store {
    /// Claims in the channel `C1`, for half a minute.
    func claim(
        _ work: MessageWork, in channel: String = "C1", lane: JobLane? = nil, limit: Int = 10, at seconds: Double
    ) async throws -> [LiveMessage] {
        try await claimMessages(
            work, in: MessagePlace(workspace: "T1", channel: channel), lane: lane, limit: limit, at: .after(seconds),
            leaseUntil: .after(seconds + 30))
    }

    func claimAll(at seconds: Double) async throws -> [LiveMessage] {
        var claimed: [LiveMessage] = []
        for work in MessageWork.allCases { claimed += try await claim(work, at: seconds) }
        return claimed
    }
}
