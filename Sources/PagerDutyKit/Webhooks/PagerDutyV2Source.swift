private import FoundationEssentials
package import PluginAPI

/// V2 webhooks of extensions: several messages a request, unsigned, so that the address is the secret.
///
/// - SeeAlso: <https://developer.pagerduty.com/docs/webhooks-v2-overview>
package struct PagerDutyV2Source: DeliverySource {
    package static let name = "pagerduty.v2"
    /// More than PagerDuty puts into one request.
    static let mostMessages = 100

    package let id = Self.name
    package let path = "/pagerduty/webhooks/v2"
    package let bodyLimit = 512 * 1024
    package let isKeyedByPath = true

    package init() {}

    package func isGenuine(_ request: RawDelivery, secrets: [String]) -> Bool {
        request.key.map { Self.isKnown($0, among: secrets) } ?? false
    }

    package func read(_ body: [UInt8]) -> DeliveryContent {
        guard let body = try? JSONValue(decoding: body, maximumBytes: bodyLimit),
            let messages = body["messages"].array, messages.count <= Self.mostMessages
        else { return .unreadable(reason: "it is no list of messages") }
        var events: [DeliveredEvent] = []
        for message in messages {
            let bytes = message.encoded
            guard let read = try? WebhookV2Message(bytes) else {
                return .unreadable(reason: "it has a message that is none as PagerDuty describes them")
            }
            events.append(DeliveredEvent(id: read.event.id, orderKey: read.event.about.id.value, body: bytes))
        }
        return .events(events)
    }

    package func salvage(_ body: [UInt8]) -> DeliveredEvent? { SalvagedIncident(body)?.event }

    /// Compares the same number of bytes whatever stands in them.
    private static func isKnown(_ key: String, among secrets: [String]) -> Bool {
        let given = Array(key.utf8)
        var isKnown = false
        for secret in secrets where !secret.isEmpty {
            let own = Array(secret.utf8)
            var difference = own.count == given.count ? UInt8(0) : 1
            for (index, byte) in own.enumerated() { difference |= byte ^ (index < given.count ? given[index] : 0) }
            if difference == 0 { isKnown = true }
        }
        return isKnown
    }
}
