import Hummingbird

/// The simulated PagerDuty account.
package actor PagerDutySimulator {
    private let journal: Journal
    private let faults: FaultSwitches
    private let clock: any SandboxClock

    /// A REST key of the whole account.
    package nonisolated let accountKey = ""
    /// Personal REST keys by e-mail address.
    package nonisolated let userTokens: [String: String] = [:]

    package init(journal: Journal, faults: FaultSwitches, clock: any SandboxClock, seed: UInt64) {
        self.journal = journal
        self.faults = faults
        self.clock = clock
    }

    /// Adds `/pd/…`, the pages' interface under `/pagerduty/…` and `/control/pagerduty/…`.
    nonisolated func addRoutes(to router: Router<BasicRequestContext>) {}

    /// Puts the account back to what it was at the start.
    package func reset() {}
}
