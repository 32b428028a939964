import Synchronization

/// Lets one through at a time, in the order in which they came.
final class Turnstile: Sendable {
    private struct State {
        var isTaken = false
        var last = 0
        var waiting: [(number: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    }

    private let state = Mutex(State())

    init() {}

    /// Waits for its turn.
    /// - Returns: False where that took too long, and one goes on all the same; ``leave()`` is then not called.
    func enter(within limit: Duration, clock: HostClock) async -> Bool {
        await withCheckedContinuation { continuation in
            let number: Int? = state.withLock { state in
                guard state.isTaken else {
                    state.isTaken = true
                    return nil
                }
                state.last += 1
                state.waiting.append((state.last, continuation))
                return state.last
            }
            guard let number else { return continuation.resume(returning: true) }
            Task {
                try? await clock.sleep(limit)
                let late = state.withLock { state -> CheckedContinuation<Bool, Never>? in
                    guard let place = state.waiting.firstIndex(where: { $0.number == number }) else { return nil }
                    return state.waiting.remove(at: place).continuation
                }
                late?.resume(returning: false)
            }
        }
    }

    /// Lets the next one through.
    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard !state.waiting.isEmpty else {
                state.isTaken = false
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: true)
    }
}
