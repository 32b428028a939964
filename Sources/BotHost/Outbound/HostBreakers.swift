import Synchronization

/// A breaker for each host that is called, as far as there is something to remember of it.
final class HostBreakers: Sendable {
    private let breakers = Mutex<[String: CircuitBreaker]>([:])

    /// Which hosts are called is for manifests and configuration to say, so this is never reached.
    static let capacity = 1_000

    func admits(_ host: String, at now: Duration) -> Bool {
        breakers.withLock { breakers in
            guard var breaker = breakers[host] else { return true }
            defer { breakers[host] = breaker }
            return breaker.admits(at: now)
        }
    }

    /// - Returns: True where the breaker has opened just now.
    func record(_ host: String, answered: Bool, at now: Duration) -> Bool {
        breakers.withLock { breakers in
            var breaker = breakers[host] ?? CircuitBreaker()
            let hasOpened = breaker.record(answered: answered, at: now)
            let isAsNew = breaker == CircuitBreaker()
            if isAsNew || (breakers[host] == nil && breakers.count >= Self.capacity) {
                breakers[host] = nil
            } else {
                breakers[host] = breaker
            }
            return hasOpened
        }
    }
}
