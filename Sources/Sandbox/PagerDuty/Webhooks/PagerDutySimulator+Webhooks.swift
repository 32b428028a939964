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
            let renderer = PDRenderer(account, origin: state.origin ?? "http://127.0.0.1")
            for event in account.outbox {
                let v3 = Array(renderer.event(event).bytes)
                for receiver in PDReceiver.all(for: event, account, at: now) {
                    let body = receiver.extension.map { renderer.message(event, for: $0).bytes }.map(Array.init) ?? v3
                    guard body.count <= Self.longestEvent else { continue }
                    state.deliveries.add(
                        PDDelivery(
                            id: Self.webhookID(&state.account.random), subscriptionID: receiver.id,
                            incidentID: event.incident?.id ?? "", eventType: receiver.eventType(event), body: body,
                            notBefore: now))
                }
            }
            state.account.outbox = []
            return state.deliveries.take(at: now)
        }
    }

    /// Makes one attempt and notes what became of it.
    func attempt(_ delivery: PDDelivery, with client: HTTPClient) async {
        guard let receiver = with({ PDReceiver(delivery.subscriptionID, $0.account) }) else {
            with { state in
                _ = state.deliveries.settle(delivery, .accepted, at: clock.now)
                state.deliveries.drop(delivery.subscriptionID)
            }
            return
        }
        let start = ContinuousClock.now
        let (status, words) = await send(delivery, to: receiver, with: client)
        let outcome = status == 0 ? PDDeliveryOutcome.failed : PDDeliveryOutcome(status: status)
        let now = clock.now
        with { state in
            guard state.deliveries.settle(delivery, outcome, at: now) else { return }
            receiver.switchOff(until: now.addingTimeInterval(PDDeliveries.timeOut), in: &state.account)
        }
        journal.record(
            JournalEntry(
                at: now, direction: .toHost, service: .pagerduty, kind: delivery.eventType, method: "POST",
                path: receiver.url, status: status, ms: (ContinuousClock.now - start) / .milliseconds(1),
                outcome: outcome == .accepted ? "ok" : outcome == .failed ? "to be tried again" : "dropped",
                request: String(decoding: delivery.body, as: UTF8.self), response: words))
        if outcome != .failed { wakeDeliveries() }
    }

    private func send(
        _ delivery: PDDelivery, to receiver: PDReceiver, with client: HTTPClient
    ) async -> (status: Int, words: String) {
        let verdict = faults.verdict(on: .host, method: delivery.eventType)
        if let delay = verdict.delay { try? await clock.sleep(for: delay) }
        switch verdict.failure {
        case .down: return (0, "The host cannot be reached")
        case .rateLimited: return (429, "")
        case .error(let code): return (Int(code) ?? 500, "")
        case .slow, .lost, nil: break
        }
        var request = HTTPClientRequest(url: receiver.url)
        request.method = .POST
        request.headers = ["Content-Type": "application/json", "Accept": "application/json"]
        for (name, value) in receiver.headers(delivery) { request.headers.replaceOrAdd(name: name, value: value) }
        request.body = .bytes(delivery.body)
        do {
            let response = try await client.execute(request, timeout: Self.webhookTimeout)
            let body = try? await response.body.collect(upTo: 65_536)
            if verdict.failure == .lost { return (0, "No answer") }
            return (Int(response.status.code), body.map { String(buffer: $0) } ?? "")
        } catch {
            return (0, "No answer")
        }
    }

    private static func webhookID(_ random: inout PDRandom) -> String {
        [8, 4, 4, 4, 12].map { random.hex($0) }.joined(separator: "-")
    }
}
