package import Foundation

/// Time as the host sees it; tests move it by hand.
package struct HostClock: Sendable {
    package let now: @Sendable () -> Date
    package let sleep: @Sendable (Duration) async throws -> Void
    /// How long the host has run: unlike ``now`` it never goes back, whoever sets the machine's clock.
    package let uptime: @Sendable () -> Duration
    /// Whether it is the machine's clock. Where it is moved by hand, the store's leases follow it too.
    package private(set) var isSystem = false

    package init(
        now: @escaping @Sendable () -> Date, sleep: @escaping @Sendable (Duration) async throws -> Void,
        uptime: @escaping @Sendable () -> Duration
    ) {
        self.now = now
        self.sleep = sleep
        self.uptime = uptime
    }

    /// The machine's clock.
    package static let system: HostClock = {
        let start = ContinuousClock.now
        var clock = HostClock(
            now: { Date() }, sleep: { try await Task.sleep(for: $0) }, uptime: { start.duration(to: .now) })
        clock.isSystem = true
        return clock
    }()
}
