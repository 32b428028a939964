import Foundation
import Synchronization
import TestDatabase
import Testing

@testable import BotStore

/// What happens to acknowledged and to unacknowledged writes while a server is killed, frozen or in the way.
@Suite(.serialized, .timeLimit(.minutes(3))) struct PostgreSQLFaultTests {
    /// A server of its own, and a store on it, with somebody else who meddles.
    private struct Scene {
        let server: TestServer
        let database: String
        let store: PostgreSQLStore

        var url: Secret { Secret(server.url(of: database)) }

        /// Another session in the same database.
        func session() throws -> PostgreSQLSession { try PostgreSQLSession(PostgreSQLAddress(url)) }

        /// The processes that serve the store and do what the condition says, as soon as there are any.
        func processes(where condition: String) throws -> [String] {
            let deadline = ContinuousClock.now + .seconds(20)
            while ContinuousClock.now < deadline {
                let found = try server.execute(
                    "SELECT pid FROM pg_stat_activity WHERE application_name = 'bothost' AND \(condition)",
                    in: database)
                if !found.isEmpty { return found }
            }
            return []
        }

        func count(_ table: String) throws -> String? {
            try server.execute("SELECT COUNT(*) FROM \(table)", in: database).first
        }
    }

    /// What was acknowledged so far.
    private final class Tally: Sendable {
        private let ids = Mutex(Set<JobID>())

        var count: Int { ids.withLock { $0.count } }

        func insert(_ id: JobID) { ids.withLock { _ = $0.insert(id) } }
    }

    private func play(
        settings: [String] = [], before: String = "SELECT 1", _ body: (Scene) async throws -> Void
    ) async throws {
        let server = try TestServer(settings: settings)
        defer { server.end() }
        try server.execute(before, in: "postgres")
        let database = try server.makeDatabase()
        let store = try PostgreSQLStore(url: Secret(server.url(of: database)), keys: .test, now: .start)
        #expect(store.warnings == [])
        do { try await body(Scene(server: server, database: database, store: store)) } catch {
            await store.close()
            throw error
        }
        await store.close()
    }

    /// Enqueues until it is acknowledged, as a sender does who is told to come again.
    private func insist(_ store: PostgreSQLStore, _ key: String, until deadline: ContinuousClock.Instant) async
        -> EnqueuedJob?
    {
        while ContinuousClock.now < deadline {
            do throws(StoreError) {
                return try await store.enqueue(
                    [NewJob(kind: "insist", uniqueKey: key, runAt: .start)], at: .start
                ).first
            } catch {
                guard error.isTransient else { return nil }
                await Task.yield()
            }
        }
        return nil
    }

    @Test func `what was acknowledged is there once, although the server was killed and started again`() async throws {
        try await play { scene in
            let deadline = ContinuousClock.now + .seconds(60)
            let acknowledged = Tally()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<8 {
                    group.addTask { [store = scene.store] in
                        for number in 0..<60 {
                            let job = await self.insist(store, "\(worker)/\(number)", until: deadline)
                            let id = try #require(job?.id)
                            acknowledged.insert(id)
                        }
                    }
                }
                group.addTask { [server = scene.server] in
                    while acknowledged.count < 50, ContinuousClock.now < deadline {
                        await Task.yield()
                    }
                    try server.stop(.immediate)
                    try server.start()
                }
                try await group.waitForAll()
            }
            #expect(acknowledged.count == 480)
            #expect(try await scene.store.jobStatistics(at: .start).counts == [.available: 480])
        }
    }

    @Test func `while the server is away every write is refused at once, and none is lost from memory`() async throws {
        try await play { scene in
            try scene.server.stop(.fast)
            let began = ContinuousClock.now
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask { [store = scene.store] in
                        let failure = await expectFailure(.unavailable) {
                            try await store.enqueue([.named("n\(number)", runAt: .start)], at: .start)
                        }
                        #expect(failure?.isTransient == true)
                    }
                }
            }
            #expect(ContinuousClock.now - began < .seconds(60))
            #expect(scene.store.pool.waiting == 0)
            try scene.server.start()
            #expect(await insist(scene.store, "after", until: .now + .seconds(20)) != nil)
            #expect(try await scene.store.jobStatistics(at: .start).counts == [.available: 1])
        }
    }

    @Test func `a connection that was ended while it was idle is nobody's concern`() async throws {
        try await play { scene in
            try await scene.store.ping()
            for _ in 0..<3 {
                try scene.server.execute(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE application_name = 'bothost' AND pid <> pg_backend_pid()
                    """, in: scene.database)
                try await scene.store.ping()
                _ = try await scene.store.jobStatistics(at: .start)
            }
        }
    }

    @Test func `a commit that was stored although its answer was lost is not done again`() async throws {
        // Who waits for a standby that does not exist is who connects after that was switched on.
        try await play(
            settings: ["synchronous_standby_names = 'nobody'"],
            before: "SET synchronous_commit = local; ALTER ROLE bothost SET synchronous_commit = local"
        ) { scene in
            try scene.server.execute("ALTER ROLE bothost RESET synchronous_commit", in: "postgres")
            // The server commits, and then says nothing.
            async let enqueued = scene.store.enqueue([.named("once", runAt: .start)], at: .start)
            let waiting = try scene.processes(where: "wait_event = 'SyncRep'")
            #expect(waiting.count == 1)
            try scene.server.execute("SELECT pg_terminate_backend(\(waiting.joined()))", in: "postgres")
            let id = try #require(try await enqueued.first?.id)
            #expect(try scene.count("jobs") == "1")
            #expect(try await scene.store.job(id)?.work.kind == "once")
            #expect(try scene.count("commits WHERE is_withdrawn = 1") == "0")
        }
    }

    @Test func `a commit that was broken off is done again, once`() async throws {
        try await play { scene in
            // The first commit, and no other, does not come to its end.
            try scene.session().execute(
                """
                CREATE SEQUENCE attempts;
                CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN IF nextval('attempts') = 1 THEN PERFORM pg_sleep(60); END IF; RETURN NULL; END $$;
                CREATE CONSTRAINT TRIGGER hold AFTER INSERT ON inbox DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION hold()
                """)
            let delivery = InboxDelivery(
                id: InboxID(source: "slack", id: "Ev1"), body: Data("{}"), receivedAt: .start)
            async let receipt = scene.store.receive(delivery, enqueue: [.named("once", runAt: .start)])
            let waiting = try scene.processes(where: "query LIKE '%COMMIT' AND wait_event = 'PgSleep'")
            #expect(waiting.count == 1)
            try scene.server.execute("SELECT pg_terminate_backend(\(waiting.joined()))", in: "postgres")
            #expect(try await receipt == .inserted)
            #expect(try scene.count("inbox") == "1")
            #expect(try scene.count("jobs") == "1")
            #expect(try scene.count("commits WHERE is_withdrawn = 1") == "1")
        }
    }

    @Test func `a server that says nothing any more is given up, and the write done on another connection`()
        async throws
    {
        try await play { scene in
            try await scene.store.ping()
            let silent = try scene.processes(where: "query LIKE '%COMMIT'").compactMap { Int32($0) }
            #expect(silent.count == 1)
            for process in silent { kill(process, SIGSTOP) }
            defer { for process in silent { kill(process, SIGCONT) } }
            let began = ContinuousClock.now
            _ = try await scene.store.enqueue([.named("once", runAt: .start)], at: .start)
            #expect(ContinuousClock.now - began >= PostgreSQLSession.patience)
            #expect(try scene.count("jobs") == "1")
        }
    }

    @Test func `a lock that somebody holds costs one write two seconds, and the others nothing`() async throws {
        try await play { scene in
            let holder = try scene.session()
            try holder.execute("BEGIN; LOCK TABLE jobs IN ACCESS EXCLUSIVE MODE")
            let began = ContinuousClock.now
            async let failure = expectFailure(.unavailable) {
                try await scene.store.enqueue([.named("n", runAt: .start)], at: .start)
            }
            _ = try await scene.store.change(
                .put(Data("v"), for: "k", in: ValueScope(plugin: "p", workspace: "T1")), at: .start)
            let refusal = await failure
            #expect(refusal?.sentence.contains("kept waiting by another transaction") == true)
            #expect(ContinuousClock.now - began < .seconds(60))
            try holder.execute("ROLLBACK")
            _ = try await scene.store.enqueue([.named("n", runAt: .start)], at: .start)
            #expect(try scene.count("jobs") == "1")
        }
    }

    @Test func `writes that pile up behind a lock are bounded in number and in time`() async throws {
        try await play { scene in
            let holder = try scene.session()
            try holder.execute("BEGIN; LOCK TABLE jobs IN ACCESS EXCLUSIVE MODE")
            let began = ContinuousClock.now
            let codes = await withTaskGroup(of: StoreError.Code?.self) { group in
                for number in 0..<(PostgreSQLPool.longestQueue + 1000) {
                    group.addTask { [store = scene.store] in
                        do throws(StoreError) {
                            _ = try await store.enqueue([.named("n\(number)", runAt: .start)], at: .start)
                            return nil
                        } catch { return error.code }
                    }
                }
                return await group.reduce(into: [StoreError.Code: Int]()) {
                    if let code = $1 { $0[code, default: 0] += 1 }
                }
            }
            #expect(codes[.overloaded, default: 0] > 0)
            #expect(codes.values.reduce(0, +) == PostgreSQLPool.longestQueue + 1000)
            #expect(ContinuousClock.now - began < .seconds(60))
            try holder.execute("ROLLBACK")
            _ = try await scene.store.enqueue([.named("n", runAt: .start)], at: .start)
            #expect(try scene.count("jobs") == "1")
        }
    }

    @Test func `tables that changed under prepared statements are no reason to fail`() async throws {
        try await play { scene in
            _ = try await scene.store.enqueue(
                (0..<3).map { NewJob.named("n\($0)", runAt: .start) }, at: .start)
            for number in 0..<2 {
                #expect(try await scene.store.claim(.some(1, at: .start)).count == 1)
                #expect(try await scene.store.job(1) != nil)
                try scene.server.execute("ALTER TABLE jobs ADD COLUMN later\(number) int", in: scene.database)
            }
            #expect(try await scene.store.claim(.some(1, at: .start)).count == 1)
            #expect(try await scene.store.job(1) != nil)
        }
    }

    @Test func `work of one host wakes another, also after the connection that listens was lost`() async throws {
        try await play { scene in
            let other = try PostgreSQLStore(url: scene.url, keys: .test, now: .start)
            var news = other.wakeups().makeAsyncIterator()
            // One signal may come from the connection itself; the others can only be news.
            for number in 0..<3 {
                _ = try await scene.store.enqueue([.named("n\(number)", runAt: .start)], at: .start)
                #expect(await news.next() != nil)
            }
            try scene.server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'", in: scene.database)
            #expect(await news.next() != nil)
            for number in 3..<5 {
                _ = try await scene.store.enqueue([.named("n\(number)", runAt: .start)], at: .start)
                #expect(await news.next() != nil)
            }
            await other.close()
            #expect(await news.next() == nil)
        }
    }

    @Test func `writes that wait for a connection go to the disk together`() async throws {
        try await play { scene in
            let before = try scene.count("commits").flatMap { Int($0) } ?? 0
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<400 {
                    group.addTask { [store = scene.store] in
                        _ = try await store.enqueue([.named("n\(number)", runAt: .start)], at: .start)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try scene.count("jobs") == "400")
            let transactions = (try scene.count("commits").flatMap { Int($0) } ?? 0) - before
            #expect(transactions < 200, "\(transactions) transactions")
        }
    }
}
