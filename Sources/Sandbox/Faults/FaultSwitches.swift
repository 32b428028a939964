import Synchronization

/// The faults that are switched on, for both simulators and the way to the host.
package final class FaultSwitches: Sendable {
    /// What is to happen to one request: at most one delay and one failure.
    package struct Verdict: Sendable {
        package var delay: Duration?
        package var failure: Fault.Kind?
        package static let none = Verdict()
    }

    private struct State {
        var next = 1
        var faults: [Fault] = []
    }

    private static let limit = 100
    private let state = Mutex(State())

    package init() {}

    @discardableResult package func set(_ fault: Fault) -> Fault {
        state.withLock { state in
            var fault = fault
            fault.id = state.next
            state.next += 1
            if state.faults.count >= Self.limit { state.faults.removeFirst() }
            state.faults.append(fault)
            return fault
        }
    }

    /// Takes back one fault, all of a target, or all.
    package func clear(id: Int? = nil, target: Fault.Target? = nil) {
        state.withLock { state in
            state.faults.removeAll { (id == nil || $0.id == id) && (target == nil || $0.target == target) }
        }
    }

    package var all: [Fault] { state.withLock { $0.faults } }

    /// What shall happen to this request. Faults with a count are used up by asking.
    package func verdict(on target: Fault.Target, method: String, channel: String? = nil) -> Verdict {
        state.withLock { state in
            var verdict = Verdict.none
            for index in state.faults.indices {
                let fault = state.faults[index]
                guard fault.target == target, fault.method.map({ $0 == method }) ?? true,
                    fault.channel.map({ $0 == channel }) ?? true
                else { continue }
                switch fault.kind {
                case .slow(let delay):
                    guard verdict.delay == nil else { continue }
                    verdict.delay = delay
                case .down, .lost, .rateLimited, .error:
                    guard verdict.failure == nil else { continue }
                    verdict.failure = fault.kind
                }
                state.faults[index].remaining = fault.remaining.map { $0 - 1 }
            }
            state.faults.removeAll { $0.remaining == 0 }
            return verdict
        }
    }
}
