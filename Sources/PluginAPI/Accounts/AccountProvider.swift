/// A service on which people have accounts: how to reach it, how a credential is put on a request, and how to find out
/// whose it is. One for each service, compiled in beside the plugins that use it.
public protocol AccountProvider: Sendable {
    /// Names it in manifests and in the store; lower-case letters.
    var id: String { get }
    /// What people call it.
    var name: String { get }
    /// The address before every path, without a trailing slash.
    var baseURL: String { get }
    /// What the form that asks for a token says.
    var tokenHelp: TokenHelp { get }
    /// How people sign in in their browser; `nil` where they paste a token, which is so unless a provider says otherwise.
    var signIn: (any AccountSignIn)? { get }
    /// What a person reads where the workspace is connected to no account: cause and mend.
    var notConnected: String { get }

    /// True where a request changes nothing at the service, so that it may carry the workspace's credential.
    func isRead(_ request: HTTPRequest) -> Bool

    /// True where a request only looks after what the host itself needs at the service, such as a subscription to
    /// webhooks, so that it may carry the host's credential although it changes something. False unless a provider says
    /// otherwise.
    func isUpkeep(_ request: HTTPRequest) -> Bool

    /// Puts a credential on a request.
    func authorize(_ request: inout HTTPRequest, with credential: String)

    /// Finds out whose token this is, and makes sure that it belongs to the account that the workspace is connected to.
    /// - Parameters:
    ///   - token: What the person pasted. Untrusted.
    ///   - send: Sends a request with that token.
    ///   - read: Sends a request with the workspace's own credential.
    /// - Throws: A ``PersonReadableError`` that says what is wrong with the token.
    func identify(
        token: String, send: @Sendable (HTTPRequest) async throws -> HTTPResponse,
        read: @Sendable (HTTPRequest) async throws -> HTTPResponse
    ) async throws -> LinkedAccount

    /// Finds out which account the workspace's own credential belongs to.
    /// - Throws: A ``PersonReadableError`` for the administrator.
    func describeAccount(read: @Sendable (HTTPRequest) async throws -> HTTPResponse) async throws -> MappedAccount

    /// Makes a token worthless at the service.
    /// - Returns: False where the service offers no way to.
    func revoke(token: String, send: @Sendable (HTTPRequest) async throws -> HTTPResponse) async throws -> Bool
}

extension AccountProvider {
    /// None.
    public var signIn: (any AccountSignIn)? { nil }

    /// None.
    public func isUpkeep(_ request: HTTPRequest) -> Bool { false }
}

/// The words of the form that asks for a token.
public struct TokenHelp: Sendable, Hashable {
    /// Where to get one, step by step, in Slack's mrkdwn.
    public let steps: String
    /// An example of its form, shown in the empty field.
    public let placeholder: String

    /// Words for the form.
    public init(steps: String, placeholder: String) {
        self.steps = steps
        self.placeholder = placeholder
    }
}
