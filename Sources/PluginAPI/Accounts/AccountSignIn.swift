public import FoundationEssentials

/// How people sign in at a service in their browser, so that an account is linked without anybody pasting a token:
/// OAuth 2 with a code, PKCE and an id token.
///
/// The host keeps state, nonce and verifier, leads the browser and seals what comes of it; a provider knows its
/// service's addresses, scopes and tokens.
/// - SeeAlso: <https://www.rfc-editor.org/rfc/rfc6749#section-4.1>, <https://www.rfc-editor.org/rfc/rfc7636>
public protocol AccountSignIn: Sendable {
    /// The scopes to ask for, the best set first; the next one is tried where the service grants less. Services have more
    /// than one kind of app, and they do not tell which kind this is.
    var scopeSets: [[String]] { get }

    /// Where the browser is sent to sign in and to agree.
    /// - Parameter attempt: Goes into the address; its verifier does not.
    func address(for attempt: SignInAttempt) -> String

    /// Exchanges the code that the browser brought back, and checks the id token that comes with it: issuer, audience,
    /// time, and the nonce.
    /// - Parameters:
    ///   - code: Untrusted.
    ///   - attempt: The one that the browser was sent away with.
    ///   - now: The time.
    ///   - send: Sends a request to an absolute address.
    /// - Throws: A ``PersonReadableError`` that says what went wrong, ``HTTPFault``.
    func redeem(
        code: String, of attempt: SignInAttempt, at now: Date,
        send: @Sendable (HTTPRequest) async throws -> HTTPResponse
    ) async throws -> SignInGrant

    /// Exchanges a refresh token for the next pair. It may be good for once only.
    /// - Throws: ``AccountError/linkExpired(provider:)`` where the service refuses it for good; anything else is worth
    ///   another try.
    func renew(
        refreshToken: String, send: @Sendable (HTTPRequest) async throws -> HTTPResponse
    ) async throws -> SignInGrant
}

/// One way of a browser to the service and back; the host makes it and forgets it afterwards.
public struct SignInAttempt: Sendable, Hashable {
    /// Where the service sends the browser back to.
    public let redirectAddress: String
    /// Comes back with the browser, unguessable.
    public let state: String
    /// Comes back in the id token, unguessable.
    public let nonce: String
    /// The secret of PKCE; goes with the code to the service, never through the browser.
    public let verifier: String
    /// The verifier's SHA-256 as base64url.
    public let challenge: String
    /// One of the provider's sets of scopes.
    public let scopes: [String]

    /// Makes an attempt; the host and the test kit do.
    public init(
        redirectAddress: String, state: String, nonce: String, verifier: String, challenge: String, scopes: [String]
    ) {
        self.redirectAddress = redirectAddress
        self.state = state
        self.nonce = nonce
        self.verifier = verifier
        self.challenge = challenge
        self.scopes = scopes
    }
}

/// What a service grants after a person has agreed, or when a token is renewed. Its description leaves the tokens out.
public struct SignInGrant: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible {
    /// What calls are made with.
    public let accessToken: String
    /// What the next pair is made with; `nil` where there is none.
    public let refreshToken: String?
    /// For how many seconds the access token is good; `nil` where the service does not tell.
    public let lifetime: Int?
    /// What was granted, which can be less than what was asked for. `nil` where the service does not tell.
    public let scopes: [String]?
    /// Who signed in, as the id token says; `nil` when a token is renewed.
    public let owner: SignInOwner?

    /// Makes a grant; a provider does.
    public init(
        accessToken: String, refreshToken: String?, lifetime: Int?, scopes: [String]?, owner: SignInOwner? = nil
    ) {
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.lifetime = lifetime
        self.scopes = scopes
        self.owner = owner
    }

    /// What was granted to whom, without the tokens.
    public var description: String { "grant(\((scopes ?? []).joined(separator: " ")))" }
    /// The same.
    public var debugDescription: String { description }
}

/// Who signed in at a service, as its id token says.
public struct SignInOwner: Sendable, Hashable {
    /// The service's id of the user.
    public let userID: String
    /// The service's id of the account.
    public let accountID: String
    /// The name people know the account by, such as its subdomain.
    public let accountName: String

    /// A user in an account.
    public init(userID: String, accountID: String, accountName: String) {
        self.userID = userID
        self.accountID = accountID
        self.accountName = accountName
    }
}
