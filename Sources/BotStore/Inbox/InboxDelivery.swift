package import Foundation

/// What tells one delivery from another: who sent it, and the sender's id for it.
package struct InboxID: Hashable, Sendable {
    /// The sender, and where it matters the subscription: `slack`, `pagerduty/PXYZ`.
    package let source: String
    package let id: String

    package init(source: String, id: String) {
        self.source = source
        self.id = id
    }
}

/// A request that was accepted and must not be lost, as it arrived.
package struct InboxDelivery: Sendable, Equatable {
    package var id: InboxID
    /// The raw body, byte for byte, before anybody has tried to read it.
    package var body: Data
    /// What else is needed to read it again later: content type, path, the headers that matter. In the host's form.
    package var context: Data?
    package var receivedAt: Date
    package var traceID: String?

    package init(id: InboxID, body: Data, context: Data? = nil, receivedAt: Date, traceID: String? = nil) {
        self.id = id
        self.body = body
        self.context = context
        self.receivedAt = receivedAt
        self.traceID = traceID
    }
}

/// A delivery with what became of it.
package struct StoredDelivery: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        case pending, handled, quarantined
    }

    package let delivery: InboxDelivery
    package let state: State
    /// How often handling was begun.
    package let attempts: Int
    /// Why it was set aside.
    package let reason: String?
    /// When it was handled or set aside.
    package let settledAt: Date?
}

/// What became of an arriving delivery.
package enum Receipt: Sendable, Equatable {
    case inserted
    /// It had arrived before, and is in that state now.
    case duplicate(StoredDelivery.State)
}
