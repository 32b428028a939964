import BotStore
import Foundation
import Testing

/// Threads, and digests that tell of messages which wait.
@Suite struct DigestConformanceTests {
    private func key(_ name: String) -> MessageKey {
        MessageKey(plugin: "incidents", workspace: "T1", channel: "C1", key: name)
    }
    private let digest = MessageKey.digest("d1", in: MessagePlace(workspace: "T1", channel: "C1"))

    private func want(
        _ name: String, _ content: String? = "x", under parent: String? = nil, lane: JobLane = .normal,
        at seconds: Double = 0, in store: any Store
    ) async throws {
        _ = try await store.wish(
            MessageWish(key: key(name), parent: parent, content: content.map { Data($0) }, lane: lane),
            at: .after(seconds))
    }

    private func names(_ messages: [LiveMessage]) -> [String] { messages.map(\.key.key) }

    @Test(arguments: StoreFactory.all)
    func `a reply waits until its parent is there`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            try await want("reply", under: "parent", in: store)
            #expect(try await store.claimAll(at: 1).isEmpty)
            try await want("parent", in: store)
            let parent = try #require(try await store.claim(.post, at: 1).first)
            try await store.intend(parent.ticket, intentID: "i", channel: "C1", thread: nil, at: .after(1))
            #expect(try await store.claim(.reply, at: 1).isEmpty)
            #expect(try await store.dueMessages(limit: 9, at: .after(1)).isEmpty)
            try await store.painted(parent.ticket, version: 1, channel: "C1", ts: "17.1", at: .after(2))
            #expect(try await store.dueMessages(limit: 9, at: .after(2)).map(\.replies) == [1])
            let reply = try #require(try await store.claim(.reply, at: 2).first)
            #expect(reply.parentKey == parent.key)
            // What was being posted is looked for, whatever became of the parent.
            try await store.intend(reply.ticket, intentID: "j", channel: "C1", thread: "17.1", at: .after(2))
            #expect(names(try await store.claim(.reply, at: 32)) == ["reply"])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a reply is handed out, to be given up, when its parent will not come`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            try await want("parent", in: store)
            try await want("other", at: 0.5, in: store)
            try await want("reply", under: "parent", in: store)
            try await want("answer", under: "other", in: store)
            for message in try await store.claim(.post, limit: 1, at: 1) {
                try await store.bury(message.ticket, reason: "no", at: .after(1))
            }
            #expect(names(try await store.claim(.reply, at: 1)) == ["reply"])
            try await want("other", nil, at: 2, in: store)
            #expect(names(try await store.claim(.reply, at: 2)) == ["answer"])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a digest tells of messages until there is time for them`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            for (name, lane) in [("a", JobLane.normal), ("b", .urgent), ("c", .background)] {
                try await want(name, lane: lane, in: store)
            }
            let waiting = try await store.claim(.post, at: 0)
            try await store.fold(
                waiting.map(\.ticket), into: MessageWish(key: digest, content: Data("d"), lane: .urgent),
                unfoldAt: .after(60), at: .start)
            #expect(names(try await store.messages(inDigest: digest)) == ["b", "a", "c"])
            let told = try #require(try await store.claim(.post, at: 0).first)
            #expect(told.key == digest)
            try await store.painted(told.ticket, version: 1, channel: "C1", ts: "17.1", at: .after(1))
            #expect(try await store.claimAll(at: 59).isEmpty)
            // What is good to know only stays a line.
            let unfolded = try await store.claim(.reply, at: 60)
            #expect(names(unfolded) == ["b", "a"])
            #expect(unfolded.first?.digestKey == digest)
            try await want("c", lane: .normal, at: 61, in: store)
            #expect(names(try await store.claim(.reply, at: 61)) == ["c"])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `what changes in a digest makes the digest due once, a little later`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            try await want("a", in: store)
            try await want("b", in: store)
            let waiting = try await store.claim(.post, at: 0)
            try await store.fold(
                waiting.map(\.ticket), into: MessageWish(key: digest, content: Data("d")), unfoldAt: .after(60),
                at: .start)
            let first = try #require(try await store.claim(.post, at: 0).first)
            try await store.painted(first.ticket, version: 1, channel: "C1", ts: "17.1", at: .start)
            try await want("a", "acknowledged", at: 10, in: store)
            try await want("b", nil, at: 12, in: store)
            #expect(try await store.claim(.edit, at: 14).isEmpty)
            let again = try #require(try await store.claim(.edit, at: 10 + LiveMessage.digestPause).first)
            #expect(again.key == digest)
            #expect(again.version == 3)
            try await store.painted(again.ticket, version: 3, channel: "C1", ts: "17.1", at: .after(16))
            // What is withdrawn is not posted any more; what was posted in the thread is worth another edit.
            let reply = try await store.claim(.reply, at: 60)
            #expect(names(reply) == ["a"])
            try await store.painted(reply[0].ticket, version: 2, channel: "C1", ts: "17.2", at: .after(60))
            #expect(names(try await store.claim(.edit, at: 65)) == ["d1"])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `either all are folded or none`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            try await want("a", in: store)
            try await want("b", in: store)
            let waiting = try await store.claim(.post, at: 0)
            try await store.postpone(waiting[1].ticket, dueAt: .start)
            await expectFailure(.lostLease) {
                try await store.fold(
                    waiting.map(\.ticket), into: MessageWish(key: digest, content: Data("d")), unfoldAt: .after(60),
                    at: .start)
            }
            #expect(try await store.liveMessage(digest) == nil)
            #expect(try await store.liveMessage(key("a"))?.digest == nil)
            await expectFailure(.invalid) {
                try await store.fold(
                    [waiting[0].ticket], into: MessageWish(key: key("mine"), content: Data("d")),
                    unfoldAt: .after(60), at: .start)
            }
        }
    }

    @Test(arguments: StoreFactory.all)
    func `lines of old digests are swept, and replies whose parent never came`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            try await want("reply", under: "nobody", in: store)
            try await want("line", lane: .background, in: store)
            try await want("waits", in: store)
            let line = try await store.claim(.post, lane: .background, at: 0)
            try await store.fold(
                line.map(\.ticket), into: MessageWish(key: digest, content: Data("d")), unfoldAt: .after(60),
                at: .start)
            #expect(try await store.sweepMessages(before: .start, limit: 9) == 0)
            #expect(try await store.sweepMessages(before: .after(1), limit: 9) == 2)
            #expect(try await store.liveMessage(key("waits")) != nil)
        }
    }
}
