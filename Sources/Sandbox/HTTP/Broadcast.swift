import Synchronization

/// Hands every event to all who listen at the moment.
///
/// A listener that does not keep up is cut off rather than waited for: its page connects again and reads the whole
/// state anew.
package final class Broadcast<Event: Sendable>: Sendable {
    /// What a listener receives.
    package enum Item: Sendable {
        case event(Event)
        /// Nothing happened; keeps the connection from being taken for dead.
        case keepAlive
    }

    /// One listener's place.
    package struct Subscription: Sendable {
        package let items: AsyncStream<Item>
        /// Puts a keep-alive in line.
        package let keepAlive: @Sendable () -> Void
    }

    private struct State {
        var next = 0
        var listeners: [Int: AsyncStream<Item>.Continuation] = [:]
    }

    private let state = Mutex(State())
    private let buffer: Int
    private let limit: Int

    /// - Parameters:
    ///   - buffer: how many events may wait for one listener
    ///   - limit: how many may listen at once; the oldest gives way
    package init(buffer: Int = 512, limit: Int = 64) {
        self.buffer = buffer
        self.limit = limit
    }

    package func subscribe() -> Subscription {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Item.self, bufferingPolicy: .bufferingOldest(buffer))
        let (id, displaced) = state.withLock { state in
            state.next += 1
            let displaced =
                state.listeners.count >= limit
                ? state.listeners.keys.min().flatMap { state.listeners.removeValue(forKey: $0) } : nil
            state.listeners[state.next] = continuation
            return (state.next, displaced)
        }
        displaced?.finish()
        continuation.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.listeners.removeValue(forKey: id) }
        }
        return Subscription(items: stream, keepAlive: { continuation.yield(.keepAlive) })
    }

    package func send(_ event: Event) {
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners {
            if case .dropped = listener.yield(.event(event)) { listener.finish() }
        }
    }
}
