/// Whether a host is worth a call: after five calls in a row without an answer nobody waits for it any more, and every few
/// seconds a single call finds out whether it is back.
///
/// A state machine without a clock: whoever asks says what time it is.
struct CircuitBreaker: Sendable, Equatable {
    enum State: Sendable, Equatable {
        /// Calls are made. How many in a row have failed.
        case closed(failures: Int)
        /// No calls are made until then.
        case open(until: Duration)
        /// One call is under way, since then; the others wait for what becomes of it.
        case halfOpen(since: Duration)
    }

    private(set) var state = State.closed(failures: 0)

    static let mostFailures = 5
    static let pause = Duration.seconds(5)
    /// A call that was never heard of again does not keep the host out for ever.
    static let patience = Duration.seconds(30)

    /// Whether a call may be made now.
    mutating func admits(at now: Duration) -> Bool {
        switch state {
        case .closed: return true
        case .open(let until):
            guard now >= until else { return false }
            state = .halfOpen(since: now)
            return true
        case .halfOpen(let since):
            guard now - since >= Self.patience else { return false }
            state = .halfOpen(since: now)
            return true
        }
    }

    /// What became of a call.
    /// - Returns: True where the breaker has opened just now.
    mutating func record(answered: Bool, at now: Duration) -> Bool {
        if answered {
            state = .closed(failures: 0)
            return false
        }
        switch state {
        case .closed(let failures) where failures + 1 < Self.mostFailures:
            state = .closed(failures: failures + 1)
            return false
        case .closed:
            state = .open(until: now + Self.pause)
            return true
        case .halfOpen:
            state = .open(until: now + Self.pause)
            return false
        // A call that was begun before.
        case .open: return false
        }
    }
}
