import Crypto
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

    /// Names a body that nobody has read yet, so that its sender's id for it is not known: the same bytes have the same one.
    package static func unread(_ body: Data, from source: String) -> InboxID {
        let digest = SHA256.hash(data: body).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        return InboxID(source: unreadPrefix + source, id: digest)
    }

    /// Whose an unread body is; `nil` where this is the name of something that was read.
    package var unreadSource: String? {
        source.utf8.starts(with: Self.unreadPrefix.utf8) ? String(source.dropFirst(Self.unreadPrefix.count)) : nil
    }

    static let unreadPrefix = "unread/"
    /// The first text behind all those that begin with the prefix.
    static let behindUnread = "unread0"
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

/// One of the things that an unread delivery turned out to tell, and the jobs that will handle it.
package struct UnpackedDelivery: Sendable, Equatable {
    package var delivery: InboxDelivery
    package var jobs: [NewJob]

    package init(_ delivery: InboxDelivery, jobs: [NewJob]) {
        self.delivery = delivery
        self.jobs = jobs
    }
}

/// What became of an arriving delivery.
package enum Receipt: Sendable, Equatable {
    case inserted
    /// It had arrived before, and is in that state now.
    case duplicate(StoredDelivery.State)
}
