import Synchronization

/// The port that a server came to listen on, for those who have to wait for it.
final class BoundPort: Sendable {
    struct NeverBound: Error, CustomStringConvertible {
        var description: String { "the sandbox ended before it listened on a port" }
    }

    private enum State {
        case waiting([CheckedContinuation<Int, any Error>])
        case settled(Result<Int, any Error>)
    }

    private let state = Mutex(State.waiting([]))

    var value: Int {
        get async throws {
            try await withCheckedThrowingContinuation { continuation in
                let result = state.withLock { state -> Result<Int, any Error>? in
                    switch state {
                    case .settled(let result): return result
                    case .waiting(let waiting):
                        state = .waiting(waiting + [continuation])
                        return nil
                    }
                }
                if let result { continuation.resume(with: result) }
            }
        }
    }

    /// The port if it is known by now.
    var current: Int? {
        state.withLock { if case .settled(.success(let port)) = $0 { port } else { nil } }
    }

    func settle(_ result: Result<Int, any Error>) {
        let waiting = state.withLock { state -> [CheckedContinuation<Int, any Error>] in
            guard case .waiting(let waiting) = state else { return [] }
            state = .settled(result)
            return waiting
        }
        for continuation in waiting { continuation.resume(with: result) }
    }
}
