package import Foundation

/// Time as the host sees it; tests move it by hand.
package struct HostClock: Sendable {
    package let now: @Sendable () -> Date
    package let sleep: @Sendable (Duration) async throws -> Void
    /// How long the host has run: unlike ``now`` it never goes back, whoever sets the machine's clock.
    package let uptime: @Sendable () -> Duration

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
        return HostClock(
            now: { Date() }, sleep: { try await Task.sleep(for: $0) }, uptime: { start.duration(to: .now) })
    }()
}
