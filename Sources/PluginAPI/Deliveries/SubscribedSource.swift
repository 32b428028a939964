/// A kind of webhook that the host asks the sender for: it makes the subscription, and looks after it every two minutes.
///
/// The host's credential on the service carries these requests, and no others that change something: which ones they are
/// says ``AccountProvider/isUpkeep(_:)``.
public protocol SubscribedSource: DeliverySource {
    /// The account provider on whose service the subscription is.
    var provider: String { get }

    /// Sees to it that everything is delivered to an address: makes the subscription where there is none, mends one that
    /// was switched off or changed.
    /// - Parameters:
    ///   - address: Where the host listens.
    ///   - known: The ids of the subscriptions whose secrets the host has.
    ///   - send: Sends a request with the host's credential.
    /// - Throws: A ``PersonReadableError`` for the administrator.
    func subscribe(
        to address: String, known: [String], send: @Sendable (HTTPRequest) async throws -> HTTPResponse
    ) async throws -> KeptSubscription
}

/// A subscription as it is after the host has looked after it.
public struct KeptSubscription: Sendable, Hashable {
    /// The service's id of it.
    public let id: String
    /// What the service signs with, which it tells once; `nil` where the subscription was there already.
    public let secret: String?
    /// What was done, in a few words for the log; `nil` where nothing had to be.
    public let deed: String?

    /// A subscription.
    public init(id: String, secret: String? = nil, deed: String? = nil) {
        self.id = id
        self.secret = secret
        self.deed = deed
    }
}
