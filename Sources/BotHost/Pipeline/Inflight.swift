import Synchronization

/// What has been begun and is not done yet, so that a stop can wait for it, but not for ever.
final class Inflight: Sendable {
    private let state = Mutex(State())

    private struct State {
        var count = 0
        var lastWaiter = 0
        var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
    }

    init() {}

    /// Each call is followed by one of ``end()``.
    func begin() {
        state.withLock { $0.count += 1 }
    }

    func end() {
        let waiting = state.withLock { state in
            state.count -= 1
            guard state.count == 0 else { return [CheckedContinuation<Bool, Never>]() }
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume(returning: true) }
    }

    func during<Result: Sendable>(_ work: () async -> Result) async -> Result {
        begin()
        defer { end() }
        return await work()
    }

    /// Does something that nobody waits for but a stop.
    func start(_ work: @escaping @Sendable () async -> Void) {
        begin()
        Task {
            await work()
            end()
        }
    }

    var count: Int { state.withLock(\.count) }

    /// Waits until nothing is under way.
    /// - Returns: False where something still is after the limit.
    func drained(within limit: Duration, clock: HostClock) async -> Bool {
        await withCheckedContinuation { continuation in
            let number: Int? = state.withLock { state in
                guard state.count > 0 else { return nil }
                state.lastWaiter += 1
                state.waiting[state.lastWaiter] = continuation
                return state.lastWaiter
            }
            guard let number else { return continuation.resume(returning: true) }
            Task {
                try? await clock.sleep(limit)
                state.withLock { $0.waiting.removeValue(forKey: number) }?.resume(returning: false)
            }
        }
    }
}
