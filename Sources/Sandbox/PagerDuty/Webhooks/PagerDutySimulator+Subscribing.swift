import Foundation

/// What a program that is put together with the simulator does with webhooks, past the REST API.
extension PagerDutySimulator {
    /// Has every event of the account's incidents delivered to an address; nothing happens where it is already.
    package func subscribe(_ url: String) throws {
        try change { account throws(PDFailure) in
            guard !account.subscriptions.contains(where: { $0.url == url }) else { return }
            let events = PDEndpoint.eventTypes.filter { $0.utf8.starts(with: "incident.".utf8) }.sorted()
            account.subscriptions.append(
                try PDSubscription.read(
                    [
                        "delivery_method": ["type": "http_delivery_method", "url": .string(url)],
                        "events": .array(events.map(JSON.string)), "filter": ["type": "account_reference"],
                    ], &account))
        }
    }

    /// The secrets of the subscriptions.
    package var webhookSecrets: [String] { with { $0.account.subscriptions.map(\.secret) } }
}
