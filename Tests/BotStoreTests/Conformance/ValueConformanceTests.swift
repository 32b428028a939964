import BotStore
import Foundation
import Testing

@Suite struct ValueConformanceTests {
    private let scope = ValueScope(plugin: "coffee", workspace: "T1")

    @Test(arguments: StoreFactory.all)
    func `a value comes back byte for byte, and only in its own scope`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let data = Data([0, 1, 254, 255])
            let version = try await store.change(.put(data, for: "k", in: scope), at: .start)
            let value = try #require(try await store.value("k", in: scope, at: .after(9)))
            #expect(value.data == data)
            #expect(value.version == version)
            #expect(value.updatedAt == .start)
            #expect(value.expiresAt == nil)
            for other in [
                ValueScope(plugin: "coffee", workspace: "T2"), ValueScope(plugin: "tea", workspace: "T1"),
                ValueScope(plugin: "coffee", workspace: ""),
            ] {
                #expect(try await store.value("k", in: other, at: .start) == nil)
                #expect(try await store.values(prefix: "", in: other, at: .start, limit: 9, after: nil).isEmpty)
            }
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a put with an expected version fails when somebody was faster`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let first = try #require(try await store.change(.put(Data("1"), for: "k", in: scope), at: .start))
            let second = try #require(
                try await store.change(.put(Data("2"), for: "k", in: scope, expected: .version(first)), at: .start))
            #expect(second > first)
            await expectFailure(.conflict) {
                try await store.change(.put(Data("3"), for: "k", in: scope, expected: .version(first)), at: .start)
            }
            await expectFailure(.conflict) {
                try await store.change(.put(Data("3"), for: "k", in: scope, expected: .absent), at: .start)
            }
            await expectFailure(.conflict) {
                try await store.change(.delete("k", in: scope, expected: .version(first)), at: .start)
            }
            #expect(try await store.value("k", in: scope, at: .start)?.data == Data("2"))
            _ = try await store.change(.put(Data("4"), for: "k", in: scope), at: .start)
            #expect(try await store.value("k", in: scope, at: .start)?.data == Data("4"))
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a version never comes back after a deletion`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let old = try #require(try await store.change(.put(Data("1"), for: "k", in: scope), at: .start))
            #expect(try await store.change(.delete("k", in: scope), at: .start) == nil)
            #expect(try await store.value("k", in: scope, at: .start) == nil)
            #expect(try await store.change(.delete("k", in: scope), at: .start) == nil)
            _ = try await store.change(.put(Data("2"), for: "k", in: scope, expected: .absent), at: .start)
            await expectFailure(.conflict) {
                try await store.change(.put(Data("3"), for: "k", in: scope, expected: .version(old)), at: .start)
            }
        }
    }

    @Test(arguments: StoreFactory.all)
    func `of many who increment at once none is lost`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            _ = try await store.change(.put(Data("0"), for: "n", in: scope), at: .start)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask { [scope] in
                        while true {
                            guard let value = try await store.value("n", in: scope, at: .start),
                                let number = Int(String(decoding: value.data, as: UTF8.self))
                            else { throw StoreError(.notFound, "gone") }
                            do {
                                _ = try await store.change(
                                    .put(
                                        Data("\(number + 1)"), for: "n", in: scope, expected: .version(value.version)),
                                    at: .start)
                                return
                            } catch let error as StoreError where error.code == .conflict { continue }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await store.value("n", in: scope, at: .start)?.data == Data("20"))
        }
    }

    @Test(arguments: StoreFactory.all)
    func `an expired value is absent, and is swept`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            _ = try await store.change(.put(Data("1"), for: "k", in: scope, expiresAt: .after(10)), at: .start)
            #expect(try await store.value("k", in: scope, at: .after(9.999))?.expiresAt == .after(10))
            #expect(try await store.value("k", in: scope, at: .after(10)) == nil)
            #expect(try await store.values(prefix: "", in: scope, at: .after(10), limit: 9, after: nil).isEmpty)
            #expect(try await store.sweepValues(at: .after(9), limit: 9) == 0)
            // Absent means absent for compare-and-set too.
            _ = try await store.change(
                .put(Data("2"), for: "k", in: scope, expected: .absent, expiresAt: .after(20)), at: .after(10))
            #expect(try await store.sweepValues(at: .after(20), limit: 9) == 1)
            #expect(try await store.sweepValues(at: .after(20), limit: 9) == 0)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a list has the keys with the prefix, in pages`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            for key in ["a", "a/", "a/1", "a/2", "a/é", "a/\u{FFFF}", "a0", "b/1", "A/1", "a/%", "a/_"] {
                _ = try await store.change(.put(Data(key), for: key, in: scope), at: .start)
            }
            let all = try await store.values(prefix: "a/", in: scope, at: .start, limit: 100, after: nil).map(\.key)
            #expect(all == ["a/", "a/%", "a/1", "a/2", "a/_", "a/é", "a/\u{FFFF}"])
            var paged: [String] = []
            var last: String?
            while true {
                let page = try await store.values(prefix: "a/", in: scope, at: .start, limit: 3, after: last)
                if page.isEmpty { break }
                #expect(page.count <= 3)
                paged += page.map(\.key)
                last = page.last?.key
            }
            #expect(paged == all)
            #expect(try await store.values(prefix: "%", in: scope, at: .start, limit: 9, after: nil).isEmpty)
            #expect(try await store.values(prefix: "", in: scope, at: .start, limit: -1, after: nil).isEmpty)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `keys that look alike are different keys`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            _ = try await store.change(.put(Data("one"), for: "\u{E9}", in: scope), at: .start)
            _ = try await store.change(.put(Data("two"), for: "e\u{301}", in: scope), at: .start)
            #expect(try await store.value("\u{E9}", in: scope, at: .start)?.data == Data("one"))
            #expect(try await store.value("e\u{301}", in: scope, at: .start)?.data == Data("two"))
        }
    }

    @Test(arguments: StoreFactory.all)
    func `sizes are kept to, with a sentence that says which`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let longest = String(repeating: "k", count: 512)
            _ = try await store.change(.put(Data(count: 256 * 1024), for: longest, in: scope), at: .start)
            let big = await expectFailure(.invalid) {
                try await store.change(.put(Data(count: 256 * 1024 + 1), for: "k", in: scope), at: .start)
            }
            #expect(big?.sentence == "The value 'k' has 262145 bytes; 262144 are allowed.")
            for key in [longest + "k", "", "a\nb", "a\u{0}", "\u{10FFFF}"] {
                await expectFailure(.invalid) { try await store.change(.put(Data(), for: key, in: scope), at: .start) }
            }
        }
    }
}
