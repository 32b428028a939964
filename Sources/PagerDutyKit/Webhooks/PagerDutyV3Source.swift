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

    package func read(_ request: RawDelivery, secrets: [String]) -> DeliveryVerdict {
        let signature = WebhookSignature(request.values(WebhookSignature.header))
        guard signature.covers(request.body, secrets: secrets) else { return .forged }
        guard (try? JSONValue(decoding: request.body, maximumBytes: bodyLimit)) != nil else {
            return .unreadable(reason: "it is no JSON", salvaged: SalvagedIncident(request.body)?.event)
        }
        let webhook: WebhookV3
        do {
            webhook = try WebhookV3(request.body)
        } catch {
            return .unreadable(
                reason: "it is no event as PagerDuty describes them", salvaged: SalvagedIncident(request.body)?.event)
        }
        // What is not about an incident (services, the test button's ping) is nothing that anybody here acts on.
        guard let event = webhook.incidentEvent else { return .genuine([]) }
        return .genuine([DeliveredEvent(id: event.id, orderKey: event.about.id.value, body: request.body)])
    }
}
