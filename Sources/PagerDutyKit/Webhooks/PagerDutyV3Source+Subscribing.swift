private import FoundationEssentials
package import PluginAPI

extension PagerDutyV3Source: SubscribedSource {
    package var provider: String { PagerDuty.provider }

    /// - SeeAlso: "Webhook Subscriptions" in PagerDuty's REST API reference.
    package func subscribe(
        to address: String, known: [String], send: @Sendable (HTTPRequest) async throws -> HTTPResponse
    ) async throws -> KeptSubscription {
        let list = PagerDutyList<WebhookSubscription>("/webhook_subscriptions", at: "webhook_subscriptions")
        let reading = PagerDutyExchange(actor: .account, isWrite: false)
        let all = try await list.all(limit: 1_000) { call in
            try await reading.run(call.request, decode: call.decode, send: send)
        }
        let ours = all.elements.filter { $0.address == address }
        for stranger in ours where !known.contains(stranger.id.value) {
            // It delivers to us, but its secret was told once and is lost: what it sends can't be believed.
            _ = try await change(.delete("/webhook_subscriptions/\(stranger.id)"), send) { _ in }
        }
        guard let kept = ours.first(where: { known.contains($0.id.value) }) else {
            let made = try await make(address, send)
            return KeptSubscription(id: made.id.value, secret: made.secret, deed: "made")
        }
        return KeptSubscription(id: kept.id.value, deed: try await mend(kept, send))
    }

    private typealias Send = @Sendable (HTTPRequest) async throws -> HTTPResponse

    private func make(_ address: String, _ send: Send) async throws -> WebhookSubscription {
        func request(_ events: [String]) -> HTTPRequest {
            .post("/webhook_subscriptions", json: ["webhook_subscription": WebhookSubscription.Draft(address, events)])
        }
        func made(_ body: [UInt8]) throws -> WebhookSubscription {
            try Unwrapped<WebhookSubscription>.decode(body, at: "webhook_subscription")
        }
        do {
            return try await change(request(WebhookSubscription.allEvents), send, made)
        } catch let error as PagerDutyError where error.reason == .invalid {
            // An account may not have the newer events.
            return try await change(request(WebhookSubscription.firstEvents), send, made)
        }
    }

    private func mend(_ kept: WebhookSubscription, _ send: Send) async throws -> String? {
        var deeds: [String] = []
        if !kept.isActive {
            let active = ["webhook_subscription": ["active": true]]
            _ = try await change(.put("/webhook_subscriptions/\(kept.id)", json: active), send) { _ in }
            deeds.append("made active again")
        }
        if kept.isTemporarilyDisabled {
            _ = try await change(.post("/webhook_subscriptions/\(kept.id)/enable"), send) { _ in }
            deeds.append("enabled again")
        }
        let missing = Set(WebhookSubscription.firstEvents).subtracting(kept.events)
        if !missing.isEmpty {
            let events = ["webhook_subscription": ["events": Set(kept.events).union(missing).sorted()]]
            _ = try await change(.put("/webhook_subscriptions/\(kept.id)", json: events), send) { _ in }
            deeds.append("given its events back")
        }
        return deeds.isEmpty ? nil : deeds.joined(separator: ", ")
    }

    private func change<Response>(
        _ request: HTTPRequest, _ send: Send, _ decode: ([UInt8]) throws -> Response
    ) async throws -> Response {
        try await PagerDutyExchange(actor: .account, isWrite: true).run(request, decode: decode, send: send)
    }
}
