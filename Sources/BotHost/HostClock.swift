package import Foundation

/// Time as the host sees it; tests move it by hand.
package struct HostClock: Sendable {
    package let now: @Sendable () -> Date
    package let sleep: @Sendable (Duration) async throws -> Void

    package init(
        now: @escaping @Sendable () -> Date, sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.sleep = sleep
    }

    /// The machine's clock.
    package static let system = HostClock(now: { Date() }, sleep: { try await Task.sleep(for: $0) })
}
