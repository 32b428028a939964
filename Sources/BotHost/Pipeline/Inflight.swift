import Synchronization

/// How many requests are being answered right now, so that a stop can wait for them.
final class Inflight: Sendable {
    private let state = Mutex(State())

    private struct State {
        var count = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    init() {}

    func during<Result: Sendable>(_ work: () async -> Result) async -> Result {
        state.withLock { $0.count += 1 }
        defer {
            let waiting = state.withLock { state in
                state.count -= 1
                guard state.count == 0 else { return [CheckedContinuation<Void, Never>]() }
                defer { state.waiting = [] }
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
        }
        return await work()
    }

    /// Returns when nothing is being answered.
    func drained() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.count > 0 { state.waiting.append(continuation) }
                return state.count == 0
            }
            if isIdle { continuation.resume() }
        }
    }
}
