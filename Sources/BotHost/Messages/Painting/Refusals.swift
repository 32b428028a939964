import BotStore
import Synchronization

/// How much of a message Slack took, so that the next attempt does not begin with what was refused already.
final class Refusals: Sendable {
    private struct Refusal {
        let version: Int64
        let fidelity: Fidelity
    }

    static let capacity = 1_000
    private let refusals = Mutex<[MessageKey: Refusal]>([:])

    /// A newer version gets a new chance.
    func fidelity(of message: LiveMessage) -> Fidelity {
        let known = refusals.withLock { $0[message.key] }
        return known?.version == message.version ? known?.fidelity ?? .full : .full
    }

    func note(_ message: LiveMessage, _ fidelity: Fidelity) {
        refusals.withLock { refusals in
            if refusals.count >= Self.capacity { refusals.removeAll(keepingCapacity: true) }
            refusals[message.key] = Refusal(version: message.version, fidelity: fidelity)
        }
    }
}
