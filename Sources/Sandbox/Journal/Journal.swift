import Synchronization

/// The last requests in and out of both simulated services, without their secrets.
package final class Journal: Sendable {
    private struct State {
        var next = 1
        var entries: [JournalEntry] = []
    }

    static let capacity = 2_000
    /// Longest body that is kept, in bytes.
    static let longestBody = 8_192

    private let state = Mutex(State())
    private let redaction = Redaction()
    /// New entries as they come.
    package let feed = Broadcast<JournalEntry>()

    package init() {}

    /// Keeps `secret` out of every entry from now on.
    package func hide(_ secret: String) { redaction.hide(secret) }

    /// Writes an entry down; its secrets are taken out and long bodies are cut.
    package func record(_ entry: JournalEntry) {
        var entry = entry
        entry.path = clean(entry.path)
        entry.request = clean(entry.request)
        entry.response = clean(entry.response)
        entry.outcome = clean(entry.outcome)
        entry.trace = entry.trace.map(clean)
        let recorded = state.withLock { state in
            entry.id = state.next
            state.next += 1
            state.entries.append(entry)
            if state.entries.count > Self.capacity { state.entries.removeFirst(state.entries.count - Self.capacity) }
            return entry
        }
        feed.send(recorded)
    }

    /// The entries whose number is above `id`, oldest first.
    package func entries(after id: Int = 0) -> [JournalEntry] {
        state.withLock { state in
            guard let first = state.entries.firstIndex(where: { $0.id > id }) else { return [] }
            return Array(state.entries[first...])
        }
    }

    package func clear() { state.withLock { $0.entries = [] } }

    private func clean(_ text: String) -> String {
        // Redacted before it is cut: a secret that lies across the cut would lose its end and be shown.
        let limit = 4 * Self.longestBody
        let source = text.utf8.count > limit ? String(decoding: text.utf8.prefix(limit), as: UTF8.self) : text
        let redacted = redaction.redact(source)
        guard redacted.utf8.count > Self.longestBody else { return redacted }
        return String(decoding: redacted.utf8.prefix(Self.longestBody), as: UTF8.self) + "…"
    }
}
