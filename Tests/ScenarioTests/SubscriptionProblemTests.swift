import BotHost
import Testing

@testable import Sandbox

/// A subscription that cannot be made is an administrator's business, once.
@Suite struct SubscriptionProblemTests {
    @Test func `while PagerDuty is down the log says so once, and then it is mended`() async throws {
        try await Stage.set { stage in
            stage.pagerDuty.change { $0.subscriptions.removeAll() }
            stage.sandbox.faults.set(Fault(target: .pagerduty, kind: .down))
            for _ in 0..<3 { await stage.host.keepSubscriptions() }
            let lines = stage.log.lines.filter { $0.contains("a subscription to webhooks cannot") }
            #expect(lines.count == 1, "\(stage.log.lines.suffix(6))")
            stage.sandbox.faults.clear()
            await stage.host.keepSubscriptions()
            #expect(stage.pagerDuty.subscriptionSecret != nil)
        }
    }
}
