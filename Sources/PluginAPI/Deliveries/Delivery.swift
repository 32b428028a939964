public import FoundationEssentials

/// Something another service has told the host by a webhook: verified, stored and acknowledged before a plugin sees it.
///
/// A delivery belongs to an account, and several workspaces can be connected to one: every workspace where the plugin is
/// on gets it, each in a context of its own.
public struct Delivery: Sendable {
    /// The source's id, such as `pagerduty.v3`.
    public let source: String
    /// The sender's id of what it tells, the same in every redelivery.
    public let id: String
    /// When it arrived.
    public let receivedAt: Date
    /// What was sent, byte for byte. Verified to come from the sender; what it says is untrusted all the same.
    public let body: [UInt8]

    /// Makes a delivery; the host and the test kit do.
    public init(source: String, id: String, receivedAt: Date, body: [UInt8]) {
        self.source = source
        self.id = id
        self.receivedAt = receivedAt
        self.body = body
    }
}
