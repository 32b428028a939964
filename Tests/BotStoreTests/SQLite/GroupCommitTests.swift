import Dispatch
import Foundation
import GRDB
import Synchronization
import Testing

@testable import BotStore

@Suite struct GroupCommitTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func withStore(_ body: (SQLiteStore) async throws -> Void) async throws {
        defer { folder.remove() }
        let store = try SQLiteStore(path: folder.path("bothost.sqlite"), keys: .test, now: .start)
        try await body(store)
        await store.close()
    }

    /// Holds the connection until it is let go, so that writes pile up behind it.
    private struct Held {
        let hold = DispatchSemaphore(value: 0)

        func take(_ store: SQLiteStore) async throws {
            let (started, signal) = AsyncStream<Void>.makeStream()
            Task { [hold] in
                _ = try? await store.read { _ in
                    signal.finish()
                    hold.wait()
                }
            }
            for await _ in started {}
        }
    }

    @Test func `writes that pile up go to the disk together`() async throws {
        try await withStore { store in
            let held = Held()
            try await held.take(store)
            let before = store.commits.counts
            async let ids = withThrowingTaskGroup(of: [EnqueuedJob].self) { group in
                for number in 0..<(2 * GroupCommit.largestGroup) {
                    group.addTask { try await store.enqueue([.named("n\(number)", runAt: .start)], at: .start) }
                }
                return try await group.reduce(into: [JobID]()) { $0 += $1.map(\.id) }
            }
            while store.commits.waiting < 2 * GroupCommit.largestGroup { await Task.yield() }
            held.hold.signal()
            #expect(Set(try await ids).count == 2 * GroupCommit.largestGroup)
            let after = store.commits.counts
            #expect(after.writes - before.writes == 2 * GroupCommit.largestGroup)
            #expect(after.transactions - before.transactions == 2)
        }
    }

    @Test func `a lone write does not wait for company`() async throws {
        try await withStore { store in
            for number in 1...3 {
                _ = try await store.enqueue([.named("n", runAt: .start)], at: .start)
                #expect(store.commits.counts.transactions == number)
            }
        }
    }

    @Test func `more than two thousand waiting writes are refused, and the others done`() async throws {
        try await withStore { store in
            let held = Held()
            try await held.take(store)
            async let failures = withTaskGroup(of: StoreError.Code?.self) { group in
                for _ in 0..<2000 {
                    group.addTask {
                        do throws(StoreError) {
                            _ = try await store.enqueue([.named("n", runAt: .start)], at: .start)
                            return nil
                        } catch { return error.code }
                    }
                }
                return await group.reduce(into: [StoreError.Code]()) { if let code = $1 { $0.append(code) } }
            }
            while store.commits.waiting < 2000 { await Task.yield() }
            let refusal = await expectFailure(.overloaded) {
                try await store.enqueue([.named("n", runAt: .start)], at: .start)
            }
            #expect(refusal?.isTransient == true)
            held.hold.signal()
            #expect(await failures == [])
            #expect(try await store.jobStatistics(at: .start).counts == [.available: 2000])
        }
    }

    @Test func `a write is done even when the task that asked for it was cancelled`() async throws {
        try await withStore { store in
            let held = Held()
            try await held.take(store)
            let task = Task { try await store.enqueue([.named("n", runAt: .start)], at: .start) }
            while store.commits.waiting < 1 { await Task.yield() }
            task.cancel()
            held.hold.signal()
            #expect(try await task.value.count == 1)
            #expect(try await store.jobStatistics(at: .start).counts == [.available: 1])
        }
    }

    @Test func `a full disk fails with what it undid, keeps what was acknowledged, and mends itself`() async throws {
        try await withStore { store in
            let scope = ValueScope(plugin: "p", workspace: "T1")
            _ = try await store.change(.put(Data("kept"), for: "kept", in: scope), at: .start)
            try await store.read { db in
                let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
                try db.execute(sql: "PRAGMA max_page_count = \(pages + 4)")
            }
            let held = Held()
            try await held.take(store)
            async let codes = withTaskGroup(of: StoreError.Code?.self) { group in
                for number in 0..<4 {
                    group.addTask {
                        do throws(StoreError) {
                            let big = Data(repeating: 1, count: 64 * 1024)
                            _ = try await store.change(.put(big, for: "k\(number)", in: scope), at: .start)
                            return nil
                        } catch { return error.code }
                    }
                }
                return await group.reduce(into: [StoreError.Code?]()) { $0.append($1) }
            }
            while store.commits.waiting < 4 { await Task.yield() }
            held.hold.signal()
            #expect(await codes == [.diskFull, .diskFull, .diskFull, .diskFull])
            #expect(try await store.value("kept", in: scope, at: .start)?.data == Data("kept"))
            try await store.read { db in try db.execute(sql: "PRAGMA max_page_count = 1000000") }
            _ = try await store.change(.put(Data(repeating: 1, count: 64 * 1024), for: "k", in: scope), at: .start)
            #expect(try await store.check() == [])
        }
    }

    @Test func `when an error undoes the whole transaction, the writes before it are not acknowledged`() async throws {
        try await withStore { store in
            let held = Held()
            try await held.take(store)
            async let first = store.enqueue([.named("before", runAt: .start)], at: .start)
            while store.commits.waiting < 1 { await Task.yield() }
            async let second: Void = store.write { db in try db.execute(sql: "ROLLBACK") }
            while store.commits.waiting < 2 { await Task.yield() }
            async let third = store.enqueue([.named("after", runAt: .start)], at: .start)
            while store.commits.waiting < 3 { await Task.yield() }
            held.hold.signal()
            let undone = try? await first
            #expect(undone == nil)
            _ = try? await second
            #expect(try await third.count == 1)
            #expect(try await store.claim(.some(9, at: .start)).map(\.work.kind) == ["after"])
        }
    }

    @Test func `after the disk failed nothing is acknowledged any more`() async throws {
        try await withStore { store in
            let failure = StoreError(database: DatabaseError(resultCode: .SQLITE_IOERR_FSYNC))
            #expect(failure.isFatal)
            await expectFailure(.diskFailure) { try await store.write { _ in throw failure } }
            await expectFailure(.diskFailure) { try await store.enqueue([.named("n", runAt: .start)], at: .start) }
            await expectFailure(.diskFailure) { try await store.jobStatistics(at: .start) }
        }
    }

    @Test func `an unexpected row is an error, not the end`() async throws {
        try await withStore { store in
            _ = try await store.enqueue([.named("n", runAt: .start)], at: .start)
            try await store.write { db in try db.execute(sql: "UPDATE jobs SET lane = 77, failures = x'7B'") }
            await expectFailure(.corrupt) { try await store.jobs(in: .available, limit: 9, before: nil) }
            try await store.ping()
        }
    }

    @Test func `a line changed in the audit log is found`() async throws {
        try await withStore { store in
            let line = AuditLine(at: .start, actor: "U1", action: "test", subject: "s")
            try await store.appendAudit(Array(repeating: line, count: 5))
            let good = try await store.verifyAudit()
            for tampering in [
                "UPDATE audit SET actor = 'U2' WHERE number = 3", "UPDATE audit SET at = at + 1 WHERE number = 3",
                "UPDATE audit SET detail = x'' WHERE number = 3", "DELETE FROM audit WHERE number = 2",
                "UPDATE audit SET number = 99 WHERE number = 3",
            ] {
                try await store.write { db in
                    try db.execute(sql: "CREATE TEMP TABLE saved AS SELECT * FROM audit")
                    try db.execute(sql: tampering)
                }
                guard case .broken = try await store.verifyAudit() else {
                    Issue.record("Not found: \(tampering)")
                    continue
                }
                try await store.write { db in
                    try db.execute(
                        sql: "DELETE FROM audit; INSERT INTO audit SELECT * FROM saved; DROP TABLE temp.saved")
                }
                #expect(try await store.verifyAudit() == good)
            }
        }
    }
}
