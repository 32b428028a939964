import Synchronization

/// What happened, in order; a test waits for the next of it.
final class Journal<Entry: Sendable>: Sendable {
    private struct State {
        var entries: [Entry] = []
        var taken = 0
        var waiting: [CheckedContinuation<Entry, Never>] = []
    }
    private let state = Mutex(State())

    func note(_ entry: Entry) {
        let waiting: CheckedContinuation<Entry, Never>? = state.withLock { state in
            state.entries.append(entry)
            guard !state.waiting.isEmpty else { return nil }
            state.taken += 1
            return state.waiting.removeFirst()
        }
        waiting?.resume(returning: entry)
    }

    var entries: [Entry] { state.withLock(\.entries) }

    /// The first entry that no test has taken yet, as soon as there is one.
    func next() async -> Entry {
        await withCheckedContinuation { continuation in
            let entry: Entry? = state.withLock { state in
                guard state.taken < state.entries.count else {
                    state.waiting.append(continuation)
                    return nil
                }
                state.taken += 1
                return state.entries[state.taken - 1]
            }
            if let entry { continuation.resume(returning: entry) }
        }
    }
}
