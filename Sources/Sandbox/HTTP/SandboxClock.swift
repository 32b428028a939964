package import FoundationEssentials

/// The time of the sandbox: everything that Slack or PagerDuty would measure is measured on it.
package protocol SandboxClock: Sendable {
    var now: Date { get }
    func sleep(for duration: Duration) async throws
}

/// The clock on the wall.
package struct WallClock: SandboxClock {
    package init() {}
    package var now: Date { Date() }
    package func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
