import Synchronization

/// Waits for something, but not for ever.
enum Deadline {
    /// - Returns: `nil` where it did not end in time; it is cancelled then, and nobody waits for it any more. A task group
    ///   would wait for a handler that heeds no cancellation.
    static func race(
        _ limit: Duration, _ work: @escaping @Sendable () async throws -> Void
    ) async -> Result<Void, any Error>? {
        await withCheckedContinuation { continuation in
            let answer = OnceOnly(continuation)
            let task = Task {
                do {
                    try await work()
                    answer.give(.success(()))
                } catch {
                    answer.give(.failure(error))
                }
            }
            let alarm = Task {
                try? await Task.sleep(for: limit)
                answer.give(nil)
                task.cancel()
            }
            answer.whenGiven { alarm.cancel() }
        }
    }
}

/// The first answer counts.
private final class OnceOnly: Sendable {
    private struct State {
        var continuation: CheckedContinuation<Result<Void, any Error>?, Never>?
        var after: (@Sendable () -> Void)?
    }
    private let state: Mutex<State>

    init(_ continuation: CheckedContinuation<Result<Void, any Error>?, Never>) {
        state = Mutex(State(continuation: continuation))
    }

    func give(_ result: Result<Void, any Error>?) {
        let (continuation, after) = state.withLock { state in
            defer { (state.continuation, state.after) = (nil, nil) }
            return (state.continuation, state.after)
        }
        continuation?.resume(returning: result)
        after?()
    }

    /// Runs something as soon as the answer is given, or now where it was.
    func whenGiven(_ work: @escaping @Sendable () -> Void) {
        let isGiven = state.withLock { state in
            if state.continuation != nil { state.after = work }
            return state.continuation == nil
        }
        if isGiven { work() }
    }
}
