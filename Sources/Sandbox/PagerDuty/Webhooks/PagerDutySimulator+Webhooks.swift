import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Sending webhooks.
extension PagerDutySimulator {
    /// How long a receiver has to answer.
    static let webhookTimeout = TimeAmount.seconds(5)
    /// Beyond this PagerDuty does not send an event at all.
    static let longestEvent = 256 * 1_024

    /// Turns what has happened into requests, and says which of them go out now.
    func dueDeliveries() -> [PDDelivery] {
        let now = clock.now
        return with { state in
            let account = state.account
            for event in account.outbox {
                let origin = state.origin ?? "http://127.0.0.1"
                let body = Array(PDRenderer(account, origin: origin).event(event).bytes)
                guard body.count <= Self.longestEvent else { continue }
                for subscription in account.subscriptions where subscription.isFor(event, account, at: now) {
                    state.deliveries.add(
                        PDDelivery(
                            id: Self.webhookID(&state.account.random), subscriptionID: subscription.id,
                            incidentID: event.incident?.id ?? "", eventType: event.type, body: body, notBefore: now))
                }
            }
            state.account.outbox = []
            return state.deliveries.take(at: now)
        }
    }

    /// Makes one attempt and notes what became of it.
    func attempt(_ delivery: PDDelivery, with client: HTTPClient) async {
        guard let subscription = with({ $0.account.subscriptions.first { $0.id == delivery.subscriptionID } }) else {
            with { state in
                _ = state.deliveries.settle(delivery, .accepted, at: clock.now)
                state.deliveries.drop(delivery.subscriptionID)
            }
            return
        }
        let start = ContinuousClock.now
        let (status, words) = await send(delivery, to: subscription, with: client)
        let outcome = status == 0 ? PDDeliveryOutcome.failed : PDDeliveryOutcome(status: status)
        let now = clock.now
        with { state in
            guard state.deliveries.settle(delivery, outcome, at: now) else { return }
            for index in state.account.subscriptions.indices
            where state.account.subscriptions[index].id == delivery.subscriptionID {
                state.account.subscriptions[index].temporarilyDisabledUntil = now.addingTimeInterval(
                    PDDeliveries.timeOut)
            }
            state.account.touch()
        }
        journal.record(
            JournalEntry(
                at: now, direction: .toHost, service: .pagerduty, kind: delivery.eventType, method: "POST",
                path: subscription.url, status: status, ms: (ContinuousClock.now - start) / .milliseconds(1),
                outcome: outcome == .accepted ? "ok" : outcome == .failed ? "to be tried again" : "dropped",
                request: String(decoding: delivery.body, as: UTF8.self), response: words))
        if outcome != .failed { wakeDeliveries() }
    }

    private func send(
        _ delivery: PDDelivery, to subscription: PDSubscription, with client: HTTPClient
    ) async -> (status: Int, words: String) {
        let verdict = faults.verdict(on: .host, method: delivery.eventType)
        if let delay = verdict.delay { try? await clock.sleep(for: delay) }
        switch verdict.failure {
        case .down: return (0, "The host cannot be reached")
        case .rateLimited: return (429, "")
        case .error(let code): return (Int(code) ?? 500, "")
        case .slow, nil: break
        }
        var request = HTTPClientRequest(url: subscription.url)
        request.method = .POST
        request.headers = [
            "Content-Type": "application/json", "Accept": "application/json",
            "User-Agent": "PagerDuty-Webhook/V3.0", "X-Webhook-Id": delivery.id,
            "X-Webhook-Subscription": subscription.id,
            "X-PagerDuty-Signature": PDSignature.header(delivery.body, secret: subscription.secret),
        ]
        for header in subscription.headers { request.headers.replaceOrAdd(name: header.name, value: header.value) }
        request.body = .bytes(delivery.body)
        do {
            let response = try await client.execute(request, timeout: Self.webhookTimeout)
            let body = try? await response.body.collect(upTo: 65_536)
            return (Int(response.status.code), body.map { String(buffer: $0) } ?? "")
        } catch {
            return (0, "No answer")
        }
    }

    private static func webhookID(_ random: inout PDRandom) -> String {
        [8, 4, 4, 4, 12].map { random.hex($0) }.joined(separator: "-")
    }
}

extension PDSubscription {
    /// Whether an event is for this subscription now.
    func isFor(_ event: PDEvent, _ account: PDAccount, at now: Date) -> Bool {
        if let until = temporarilyDisabledUntil, until > now { return false }
        if let only = event.subscriptionID { return only == id }
        return wants(event, in: account)
    }
}
