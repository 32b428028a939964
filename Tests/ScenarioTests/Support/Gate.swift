import Foundation
import Synchronization

/// Holds a handler up until a test lets it go on.
///
/// Plugins have no state of their own, so that a handler finds its gate by a name that stands in what the person typed.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var arrivals = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private static let gates = Mutex<[String: Gate]>([:])

    let name = UUID().uuidString.lowercased()
    private let state = Mutex(State())

    init() {
        Self.gates.withLock { $0[name] = self }
    }

    /// How many handlers came to the gate.
    var arrivals: Int { state.withLock(\.arrivals) }

    /// Lets everybody through from now on.
    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// A handler waits here.
    static func pass(_ name: String) async {
        await gates.withLock { $0[name] }?.pass()
    }

    private func pass() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                state.arrivals += 1
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}
