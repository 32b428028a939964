import ServiceLifecycle

/// Lets the account's time pass while nobody calls, so that an incident escalates and its page shows it.
struct PagerDutyTicker: Service {
    let simulator: PagerDutySimulator

    func run() async {
        await cancelWhenGracefulShutdown {
            // Real time: this only looks whether the account's own clock has brought something due. A sleep that is cut
            // short is the end, and no error.
            while (try? await Task.sleep(for: .seconds(1))) != nil {
                simulator.tick()
            }
        }
    }
}
