import Synchronization

/// Those who want to hear that there may be work.
final class Listeners: Sendable {
    private struct State {
        var next = 0
        var open: [Int: AsyncStream<Void>.Continuation] = [:]
        var isFinished = false
    }

    private let state = Mutex(State())

    /// A stream with room for one signal: those that come while nobody listens are merged into it.
    func stream() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state -> Int? in
            guard !state.isFinished else { return nil }
            state.next += 1
            state.open[state.next] = continuation
            return state.next
        }
        guard let id else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.open.removeValue(forKey: id) }
        }
        return stream
    }

    func wake() {
        for continuation in state.withLock({ Array($0.open.values) }) { continuation.yield() }
    }

    func finish() {
        let open = state.withLock { state in
            state.isFinished = true
            return Array(state.open.values)
        }
        open.forEach { $0.finish() }
    }
}
