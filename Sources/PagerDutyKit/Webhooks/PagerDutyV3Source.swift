package import PluginAPI

/// V3 webhooks: one event a request, signed.
///
/// - SeeAlso: <https://developer.pagerduty.com/docs/webhooks-overview>
package struct PagerDutyV3Source: DeliverySource {
    package static let name = "pagerduty.v3"

    package let id = Self.name
    package let path = "/pagerduty/webhooks/v3"
    /// PagerDuty sends at most 256 KB; what is longer is none of its own.
    package let bodyLimit = 512 * 1024

    package init() {}

    package func isGenuine(_ request: RawDelivery, secrets: [String]) -> Bool {
        WebhookSignature(request.values(WebhookSignature.header)).covers(request.body, secrets: secrets)
    }

    package func read(_ body: [UInt8]) -> DeliveryContent {
        guard (try? JSONValue(decoding: body, maximumBytes: bodyLimit)) != nil else {
            return .unreadable(reason: "it is no JSON")
        }
        let webhook: WebhookV3
        do {
            webhook = try WebhookV3(body)
        } catch {
            return .unreadable(reason: "it is no event as PagerDuty describes them")
        }
        // What is not about an incident (services, the test button's ping) is nothing that anybody here acts on.
        guard let event = webhook.incidentEvent else { return .events([]) }
        return .events([DeliveredEvent(id: event.id, orderKey: event.about.id.value, body: body)])
    }

    package func salvage(_ body: [UInt8]) -> DeliveredEvent? { SalvagedIncident(body)?.event }
}
