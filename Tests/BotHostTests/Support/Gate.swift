import Synchronization

/// Keeps whoever comes waiting until a test opens it.
final class Gate: Sendable {
    private let state = Mutex(
        (
            isOpen: false, arrived: 0, waiting: [CheckedContinuation<Void, Never>](),
            watching: [CheckedContinuation<Void, Never>]()
        ))

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func pass() async {
        let watching = state.withLock { state in
            state.arrived += 1
            defer { state.watching = [] }
            return state.watching
        }
        for continuation in watching { continuation.resume() }
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    /// Returns when somebody has come.
    func arrival() async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.arrived == 0 { state.watching.append(continuation) }
                return state.arrived > 0
            }
            if isThere { continuation.resume() }
        }
    }

    /// Gates that handlers find by name: a plugin is made by the host, so a test cannot hand it one.
    static func named(_ name: String) -> Gate {
        all.withLock { all in
            if let gate = all[name] { return gate }
            let gate = Gate()
            all[name] = gate
            return gate
        }
    }
    private static let all = Mutex<[String: Gate]>([:])
}
