/// What is sent to `oauth.v2.access`: the arguments; the client's id and secret go into the `Authorization` header.
///
/// - SeeAlso: https://docs.slack.dev/authentication/installing-with-oauth
package enum OAuthRequest: Sendable, Equatable {
    /// Exchanges the code of a finished authorization. The redirect address must be the one of the first step.
    case code(String, redirectURI: String)
    /// Exchanges a refresh token for the next pair; it can be used once.
    case refresh(String)

    /// The body, a form.
    package var body: [UInt8] {
        switch self {
        case .code(let code, let redirectURI):
            FormArguments.encode(fields: [("code", code), ("redirect_uri", redirectURI)])
        case .refresh(let token):
            FormArguments.encode(fields: [("grant_type", "refresh_token"), ("refresh_token", token)])
        }
    }
}
