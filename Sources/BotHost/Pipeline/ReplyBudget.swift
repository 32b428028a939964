import ServiceLifecycle
import Synchronization

/// Races a handler against the time Slack grants.
///
/// Slack waits 3 seconds. A handler has 2 of them; then the host acknowledges for it, and its reply is delivered when it
/// is there. A task group cannot do this, because it would wait for its slowest child.
///
/// Deadlines are looked at ten times a second in one place, instead of one timer for each request: nearly every handler
/// is done long before, and a timer that never fires is the dearest part of the race.
final class ReplyBudget: Service {
    private let budget: Duration
    private let tick: Duration
    private let clock: HostClock
    private let races = Mutex(Races())

    private struct Races {
        /// Grouped by the tick in which they began, oldest first.
        var batches: [(ends: Duration, races: [any Expirable])] = []
        var current: [any Expirable] = []
    }

    init(budget: Duration = .seconds(2), tick: Duration = .milliseconds(100), clock: HostClock = .system) {
        self.budget = budget
        self.tick = tick
        self.clock = clock
    }

    /// Runs a handler.
    /// - Parameters:
    ///   - work: Goes on after the budget is over; it is not cancelled.
    ///   - late: Is given the outcome when nobody waits for it any more.
    /// - Returns: The outcome, or `nil` where the budget was over first.
    func race<Outcome: Sendable>(
        _ work: @escaping @Sendable () async -> Outcome, late: @escaping @Sendable (Outcome) async -> Void
    ) async -> Outcome? {
        let race = Race<Outcome>()
        // Begins at once, on this very thread: most handlers are done before they would have been scheduled.
        Task.immediate {
            let outcome = await work()
            if !race.finish(with: outcome) { await late(outcome) }
        }
        if let outcome = race.finished() { return outcome }
        return await withCheckedContinuation { continuation in
            if race.wait(with: continuation) {
                races.withLock { $0.current.append(race) }
            }
        }
    }

    /// How many wait for an outcome that have not been looked at yet.
    var waiting: Int { races.withLock { $0.current.count } }

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                try? await clock.sleep(tick)
                advance()
            }
        }
        // Whoever still waits during the stop gets an acknowledgement instead of a closed connection.
        for race in races.withLock({ races in
            defer { races = Races() }
            return races.batches.flatMap(\.races) + races.current
        }) { race.expire() }
    }

    /// One tick: what is done is forgotten, what is too old is over. The time is looked at, not the ticks counted: on a
    /// busy machine ticks come late.
    func advance() {
        let now = clock.uptime()
        let overdue = races.withLock { races in
            let running = races.current.filter { !$0.isDone }
            // They began during the last tick.
            if !running.isEmpty { races.batches.append((now + budget - tick, running)) }
            races.current.removeAll(keepingCapacity: true)
            let count = races.batches.prefix { $0.ends <= now }.count
            defer { races.batches.removeFirst(count) }
            return races.batches.prefix(count).flatMap(\.races)
        }
        for race in overdue { race.expire() }
    }
}

private protocol Expirable: Sendable {
    var isDone: Bool { get }
    func expire()
}

/// One race: whoever claims it first, wins.
private final class Race<Outcome: Sendable>: Expirable {
    private enum State {
        case running
        case waiting(CheckedContinuation<Outcome?, Never>)
        case finished(Outcome)
        case over
    }
    private let state = Mutex(State.running)

    /// - Returns: The outcome, where it is there already.
    func finished() -> Outcome? {
        state.withLock { state in
            guard case .finished(let outcome) = state else { return nil }
            state = .over
            return outcome
        }
    }

    /// - Returns: True where the race is still open.
    func wait(with continuation: CheckedContinuation<Outcome?, Never>) -> Bool {
        let outcome: Outcome?? = state.withLock { state in
            switch state {
            case .finished(let outcome):
                state = .over
                return .some(outcome)
            case .over: return .some(nil)
            case .running, .waiting:
                state = .waiting(continuation)
                return nil
            }
        }
        guard let outcome else { return true }
        continuation.resume(returning: outcome)
        return false
    }

    /// - Returns: False where the budget was over before.
    func finish(with outcome: Outcome) -> Bool {
        let (isInTime, waiting): (Bool, CheckedContinuation<Outcome?, Never>?) = state.withLock { state in
            switch state {
            case .waiting(let continuation):
                state = .over
                return (true, continuation)
            case .running:
                state = .finished(outcome)
                return (true, nil)
            case .finished, .over: return (false, nil)
            }
        }
        waiting?.resume(returning: outcome)
        return isInTime
    }

    var isDone: Bool {
        state.withLock { if case .waiting = $0 { false } else { true } }
    }

    func expire() {
        let waiting: CheckedContinuation<Outcome?, Never>? = state.withLock { state in
            guard case .waiting(let continuation) = state else { return nil }
            state = .over
            return continuation
        }
        waiting?.resume(returning: nil)
    }
}
