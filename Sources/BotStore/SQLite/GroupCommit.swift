import Dispatch
import Foundation
import GRDB
import Synchronization

/// Gathers writes that arrive while another is being written into one transaction, so that they share its fsync.
///
/// A write that finds the connection idle starts at once. The ones that arrive while it is on its way to the disk
/// wait for it, and go together afterwards: no timer, no wait without a reason, and as many to a transaction as the
/// disk is slow. Each write has a savepoint of its own, so that one that fails undoes nothing of the others.
///
/// Nobody holds the lock while waiting, and the cooperative threads never block: the work is done on GRDB's queue.
final class GroupCommit: Sendable {
    /// Writes that may wait before more are refused.
    static let longestQueue = 2000
    /// Writes in one transaction.
    static let largestGroup = 256

    private struct Write: Sendable {
        /// Does the work, and returns what tells the caller that it is on disk.
        let perform: @Sendable (Database) throws -> (@Sendable () -> Void)
        let fail: @Sendable (StoreError) -> Void
    }

    private struct State {
        var waiting: [Write] = []
        var reading = 0
        var isScheduled = false
        /// Why nothing is written any more.
        var ended: StoreError?
    }

    private let connection: DatabaseQueue
    private let state = Mutex(State())
    private let groups = Mutex<(transactions: Int, writes: Int)>((0, 0))

    init(connection: DatabaseQueue) { self.connection = connection }

    /// How many transactions were written, and how many writes they held.
    var counts: (transactions: Int, writes: Int) { groups.withLock { $0 } }

    /// How many writes wait for their transaction.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Carries out `body` in a transaction, and returns when that is on disk.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            let write = Write(
                perform: { db in
                    let value = try body(db)
                    return { continuation.resume(returning: .success(value)) }
                },
                fail: { continuation.resume(returning: .failure($0)) })
            submit(write)
        }
        return try result.get()
    }

    /// Carries out `body` between two transactions: nobody writes meanwhile, so it sees one moment.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let refusal = state.withLock { state -> StoreError? in
            if let ended = state.ended { return ended }
            guard state.reading < Self.longestQueue else { return Self.overloaded }
            state.reading += 1
            return nil
        }
        if let refusal { throw refusal }
        let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            connection.asyncWriteWithoutTransaction { db in
                let result: Result<Value, StoreError>
                do { result = .success(try body(db)) } catch { result = .failure(StoreError(database: error)) }
                self.state.withLock { $0.reading -= 1 }
                continuation.resume(returning: result)
            }
        }
        return try result.get()
    }

    /// Takes nothing more, and returns when everything that was taken is done.
    func end() async {
        state.withLock { $0.ended = $0.ended ?? StoreError(.closed, "The store was closed.") }
        await withCheckedContinuation { continuation in settle(continuation) }
    }

    private func settle(_ continuation: CheckedContinuation<Void, Never>) {
        connection.asyncWriteWithoutTransaction { [self] _ in
            let isIdle = state.withLock { !$0.isScheduled && $0.reading == 0 }
            if isIdle { continuation.resume() } else { settle(continuation) }
        }
    }

    private func submit(_ write: Write) {
        enum Outcome { case refused(StoreError), queued, first }
        let outcome = state.withLock { state -> Outcome in
            if let ended = state.ended { return .refused(ended) }
            guard state.waiting.count < Self.longestQueue else { return .refused(Self.overloaded) }
            state.waiting.append(write)
            if state.isScheduled { return .queued }
            state.isScheduled = true
            return .first
        }
        switch outcome {
        case .refused(let error): write.fail(error)
        case .queued: break
        case .first: schedule()
        }
    }

    private func schedule() {
        connection.asyncWriteWithoutTransaction { [self] db in
            let group = state.withLock { state -> [Write] in
                let group = Array(state.waiting.prefix(Self.largestGroup))
                state.waiting.removeFirst(group.count)
                return group
            }
            commit(group, in: db)
            let isMore = state.withLock { state -> Bool in
                state.isScheduled = !state.waiting.isEmpty
                return state.isScheduled
            }
            // Behind the reads that came in meanwhile, so that writers cannot starve them.
            if isMore { schedule() }
        }
    }

    private func commit(_ group: [Write], in db: Database) {
        var done: [(write: Write, tell: @Sendable () -> Void)] = []
        var failed: [(write: Write, error: StoreError)] = []
        var isOpen = false
        for (index, write) in group.enumerated() {
            if !isOpen {
                do {
                    try db.beginTransaction(.immediate)
                    isOpen = true
                } catch {
                    // One wait for a locked file is enough for all of them.
                    let error = StoreError(database: error)
                    failed += group[index...].map { ($0, error) }
                    break
                }
            }
            do {
                var tell: @Sendable () -> Void = {}
                try db.inSavepoint {
                    tell = try write.perform(db)
                    return .commit
                }
                done.append((write, tell))
            } catch {
                let error = StoreError(database: error)
                failed.append((write, error))
                // After some errors (a full disk, for one) SQLite has undone the whole transaction by itself, and
                // with it what the ones before had written.
                // https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction
                if !db.isInsideTransaction {
                    failed += done.map { ($0.write, error) }
                    done = []
                    isOpen = false
                }
            }
        }
        do {
            if isOpen {
                try db.commit()
                groups.withLock { $0 = ($0.transactions + 1, $0.writes + done.count) }
            }
            done.forEach { $0.tell() }
        } catch {
            let error = StoreError(database: error)
            if db.isInsideTransaction { try? db.rollback() }
            failed += done.map { ($0.write, error) }
        }
        if let fatal = failed.first(where: { $0.error.code == .diskFailure }) { stop(fatal.error) }
        failed.forEach { $0.write.fail($0.error) }
    }

    /// After a failed fsync nobody knows what is on the disk, and a second one would report success for pages that
    /// were dropped: nothing may be acknowledged any more.
    private func stop(_ error: StoreError) {
        let waiting = state.withLock { state -> [Write] in
            state.ended = state.ended ?? error
            defer { state.waiting = [] }
            return state.waiting
        }
        waiting.forEach { $0.fail(error) }
    }

    private static let overloaded = StoreError(
        .overloaded, "More than \(longestQueue) requests wait for the database; try again in a moment.")
}
