import AsyncHTTPClient
import ServiceLifecycle

/// Sends the webhooks of the account as they become due.
struct PagerDutyDelivery: Service {
    let simulator: PagerDutySimulator

    func run() async throws {
        var configuration = HTTPClient.Configuration()
        // A redirect is an answer like any other that is no success.
        configuration.redirectConfiguration = .disallow
        let client = HTTPClient(configuration: configuration)
        await withDiscardingTaskGroup { group in
            for await _ in simulator.wakes.cancelOnGracefulShutdown() {
                for delivery in simulator.dueDeliveries() {
                    group.addTask { await simulator.attempt(delivery, with: client) }
                }
            }
            group.cancelAll()
        }
        try await client.shutdown()
    }
}
