/// A kind of webhook that the host receives: at which address, how a request is proved to be genuine, and what is in it.
/// One for each format of each service, compiled in beside the plugins that use it.
///
/// It computes, and calls nobody. It proves a request before anything is stored, and reads it only after that: a body that
/// ends the process while it is read is found in the store afterwards.
public protocol DeliverySource: Sendable {
    /// Names it in ``OnDelivery(_:_:)`` and in the store: lower-case letters, digits and dots.
    var id: String { get }
    /// The path it listens to on the public listener, without a trailing slash. A request may have one more component,
    /// which tells subscriptions apart: ``RawDelivery/key``.
    var path: String { get }
    /// The longest body that its sender sends, in bytes; a longer one is refused with 413.
    var bodyLimit: Int { get }

    /// True where the sender signs nothing, so that the last component of the path is the secret: the host makes one. False
    /// unless a source says otherwise.
    var isKeyedByPath: Bool { get }

    /// Whether a request comes from the sender.
    /// - Parameters:
    ///   - request: Untrusted.
    ///   - secrets: What the sender may have signed with, or what the path must carry. Compare in constant time.
    func isGenuine(_ request: RawDelivery, secrets: [String]) -> Bool

    /// Reads the body of a genuine request.
    /// - Parameter body: Byte for byte. What it says is untrusted all the same.
    func read(_ body: [UInt8]) -> DeliveryContent

    /// What can be made out of a body that cannot be read, or that ended the process three times, in a form of the source's
    /// own: told as an event, so that people see at least that there is something. `nil` unless a source says otherwise.
    /// - Parameter body: Byte for byte.
    func salvage(_ body: [UInt8]) -> DeliveredEvent?
}

extension DeliverySource {
    /// False.
    public var isKeyedByPath: Bool { false }
    /// Nothing.
    public func salvage(_ body: [UInt8]) -> DeliveredEvent? { nil }
}

/// A webhook request as it came.
public struct RawDelivery: Sendable {
    /// The last component of the path, where it is longer than the source's own.
    public let key: String?
    /// Header fields, names in lower case, in their order.
    public let headers: [(name: String, value: String)]
    /// The body, byte for byte.
    public let body: [UInt8]

    /// A request; the host and the test kit make it.
    public init(key: String? = nil, headers: [(name: String, value: String)] = [], body: [UInt8]) {
        self.key = key
        self.headers = headers
        self.body = body
    }

    /// The values of all fields with this name.
    /// - Parameter name: In lower case.
    public func values(_ name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }
}

/// What a source makes of a genuine body.
public enum DeliveryContent: Sendable, Hashable {
    /// This is what it tells; may be nothing that anybody needs to act on.
    case events([DeliveredEvent])
    /// Not readable: kept for an administrator, and acknowledged, because the sender would give up on us.
    case unreadable(reason: String)
}

/// One thing a delivery tells.
public struct DeliveredEvent: Sendable, Hashable {
    /// The sender's id of it, by which a redelivery is known.
    public let id: String
    /// Events with the same key are handled one at a time, in the order in which they came: an incident's id.
    public let orderKey: String?
    /// The part of the body that tells it, or the whole body.
    public let body: [UInt8]

    /// An event of a delivery.
    public init(id: String, orderKey: String? = nil, body: [UInt8]) {
        self.id = id
        self.orderKey = orderKey
        self.body = body
    }
}
