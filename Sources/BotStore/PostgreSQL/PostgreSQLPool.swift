import Dispatch
import Foundation
import Synchronization

/// The connections of one host, each on a thread of its own, and the work that waits for them. The cooperative
/// threads never block.
///
/// A piece of work that finds a connection idle is done at once. Writes that pile up are shared out: each connection
/// takes its part of them as one transaction, and the server writes what several connections commit at the same time
/// to the disk together. Threads are started when there is work for one more, up to `size`.
final class PostgreSQLPool: Sendable {
    /// Connections at most.
    static let size = 8
    /// Pieces of work that may wait before more are refused.
    static let longestQueue = 2000
    /// How long work may wait for a connection. Whoever asked for it has gone by then, or asks again.
    static let longestWait = Duration.seconds(5)
    /// Writes in one transaction.
    static let largestGroup = 64
    /// How long work fails at once after the server could not be reached.
    static let pause = Duration.milliseconds(250)

    private struct State {
        var reads: [PostgreSQLWork] = []
        var writes: [PostgreSQLWork] = []
        var isReadsTurn = true
        /// Threads that there are, that wait for a signal, and that have a connection.
        var threads = 0
        var idle = 0
        var connected = 0
        /// Why nothing is taken any more.
        var ended: StoreError?
        /// Why the server could not be reached, and until when nobody tries again.
        var unreachable: (error: StoreError, until: ContinuousClock.Instant)?
        var whenOver: [CheckedContinuation<Void, Never>] = []
    }

    let address: PostgreSQLAddress
    let leases: LeaseTime
    private let state = Mutex(State())
    private let signal = DispatchSemaphore(value: 0)

    init(address: PostgreSQLAddress, leases: LeaseTime) {
        self.address = address
        self.leases = leases
    }

    /// How much work waits for a connection.
    var waiting: Int { state.withLock { $0.reads.count + $0.writes.count } }

    /// Carries out `body` on one of the connections.
    func carryOut<Value: Sendable>(
        isWrite: Bool, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws(StoreError) -> Value {
        let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            submit(
                PostgreSQLWork(
                    isWrite: isWrite,
                    perform: { db in
                        let value = try body(db)
                        return { continuation.resume(returning: .success(value)) }
                    },
                    fail: { continuation.resume(returning: .failure($0)) }))
        }
        return try result.get()
    }

    private func submit(_ work: PostgreSQLWork) {
        enum Outcome { case refused(StoreError), queued, wake, start }
        let outcome = state.withLock { state -> Outcome in
            if let ended = state.ended { return .refused(ended) }
            guard (work.isWrite ? state.writes : state.reads).count < Self.longestQueue else {
                return .refused(Self.overloaded)
            }
            if work.isWrite { state.writes.append(work) } else { state.reads.append(work) }
            if state.idle > 0 {
                state.idle -= 1
                return .wake
            }
            guard state.threads < Self.size else { return .queued }
            state.threads += 1
            return .start
        }
        switch outcome {
        case .refused(let error): work.fail(error)
        case .queued: break
        case .wake: signal.signal()
        case .start:
            let thread = Thread { PostgreSQLWorker(pool: self).run() }
            thread.name = "bothost.store"
            thread.start()
        }
    }

    /// Throws where the pool has ended.
    func requireOpen() throws(StoreError) {
        if let ended = state.withLock(\.ended) { throw ended }
    }

    /// Takes nothing more, and returns when everything that was taken is done.
    func end() async {
        await withCheckedContinuation { continuation in
            let (idle, isOver) = state.withLock { state -> (Int, Bool) in
                state.ended = state.ended ?? StoreError(.closed, "The store was closed.")
                if state.threads > 0 { state.whenOver.append(continuation) }
                defer { state.idle = 0 }
                return (state.idle, state.threads == 0)
            }
            for _ in 0..<idle { signal.signal() }
            if isOver { continuation.resume() }
        }
    }

    // MARK: For the threads

    /// The next piece of work, or several writes to be done together. Blocks until there is some; nil at the end.
    func next() -> [PostgreSQLWork]? {
        enum Step { case work([PostgreSQLWork]), late([PostgreSQLWork]), wait, end([CheckedContinuation<Void, Never>]) }
        while true {
            let step = state.withLock { state -> Step in
                let late = Self.takeLate(&state)
                if !late.isEmpty { return .late(late) }
                if let group = Self.take(&state) { return .work(group) }
                if state.ended != nil {
                    state.threads -= 1
                    return .end(state.threads == 0 ? state.whenOver : [])
                }
                state.idle += 1
                return .wait
            }
            switch step {
            case .work(let group): return group
            case .late(let late): late.forEach { $0.fail(Self.late) }
            case .wait: signal.wait()
            case .end(let waiting):
                waiting.forEach { $0.resume() }
                return nil
            }
        }
    }

    /// Reads and writes by turns, so that neither keeps the other waiting.
    private static func take(_ state: inout State) -> [PostgreSQLWork]? {
        state.isReadsTurn.toggle()
        if !state.reads.isEmpty, state.isReadsTurn || state.writes.isEmpty { return [state.reads.removeFirst()] }
        guard !state.writes.isEmpty else { return nil }
        let share = min((state.writes.count + size - 1) / size, largestGroup)
        defer { state.writes.removeFirst(share) }
        return Array(state.writes.prefix(share))
    }

    private static func takeLate(_ state: inout State) -> [PostgreSQLWork] {
        let limit = ContinuousClock.now - longestWait
        let (reads, writes) = (state.reads.prefix { $0.since < limit }, state.writes.prefix { $0.since < limit })
        defer {
            state.reads.removeFirst(reads.count)
            state.writes.removeFirst(writes.count)
        }
        return Array(reads + writes)
    }

    /// Writes whose turn has not come after all.
    func putBack(_ writes: [PostgreSQLWork]) {
        if !writes.isEmpty { state.withLock { $0.writes = writes + $0.writes } }
    }

    /// Why nobody needs to try to connect at the moment.
    func unreachable() -> StoreError? {
        state.withLock { state in state.unreachable.flatMap { ContinuousClock.now < $0.until ? $0.error : nil } }
    }

    func connected() {
        state.withLock { state in
            state.connected += 1
            state.unreachable = nil
        }
    }

    func disconnected() { state.withLock { $0.connected -= 1 } }

    /// A thread could not connect. Where others have a connection, it puts its work back for them and returns true.
    /// Otherwise everything that waits has failed by the time this returns: the senders hear that at once, and ask
    /// again.
    func couldNotConnect(_ error: StoreError, for group: [PostgreSQLWork]) -> Bool {
        let failed = state.withLock { state -> [PostgreSQLWork]? in
            if state.connected > 0 {
                if group.first?.isWrite == true { state.writes = group + state.writes }
                if group.first?.isWrite == false { state.reads = group + state.reads }
                return nil
            }
            state.unreachable = (error, .now + Self.pause)
            defer { (state.reads, state.writes) = ([], []) }
            return group + state.reads + state.writes
        }
        failed?.forEach { $0.fail(error) }
        return failed == nil
    }

    private static let overloaded = StoreError(
        .overloaded, "More than \(longestQueue) requests wait for the database; try again in a moment.")
    private static let late = StoreError(
        .unavailable, "The database is busy: no connection was free for \(longestWait.components.seconds) seconds.")
}
