import ServiceLifecycle

/// Lets the account's time pass while nobody calls, so that an incident escalates and its page shows it.
struct PagerDutyTicker: Service {
    let simulator: PagerDutySimulator

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Real time: this only looks whether the account's own clock has brought something due.
                try await Task.sleep(for: .seconds(1))
                simulator.tick()
            }
        }
    }
}
