import PluginAPI

/// What the token endpoint answers.
/// - SeeAlso: <https://www.rfc-editor.org/rfc/rfc6749#section-5>
struct TokenAnswer: Sendable {
    private let accessToken: String
    private let refreshToken: String?
    private let lifetime: Int?
    private let scopes: [String]?
    let idToken: String?

    enum Problem: Error, Hashable {
        /// The word of RFC 6749, such as `invalid_grant`.
        case refused(String)
        case unreadable
        /// Not now: too often, or its own fault.
        case unavailable
    }

    /// A year; anything else is no lifetime that a token could have.
    private static let longest = 366 * 86_400

    init(_ response: HTTPResponse) throws(Problem) {
        guard response.status != 429, response.status < 500 else { throw .unavailable }
        guard let json = try? JSONValue(decoding: response.body, maximumBytes: 65_536) else { throw .unreadable }
        guard response.status == 200 else { throw .refused(Self.word(json["error"].string)) }
        guard let token = json["access_token"].string, PagerDutyCredential(token).isPlausible else {
            throw .unreadable
        }
        accessToken = token
        refreshToken = json["refresh_token"].string.flatMap { $0.isEmpty ? nil : $0 }
        lifetime = json["expires_in"].int.flatMap { (1...Self.longest).contains($0) ? $0 : nil }
        scopes = json["scope"].string?.split(separator: " ").map(String.init)
        idToken = json["id_token"].string
    }

    func grant(owner: SignInOwner? = nil) -> SignInGrant {
        SignInGrant(
            accessToken: accessToken, refreshToken: refreshToken, lifetime: lifetime, scopes: scopes, owner: owner)
    }

    /// Nothing but a word gets into our log or before a person.
    private static func word(_ text: String?) -> String {
        guard let text, (1...64).contains(text.utf8.count),
            text.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_") })
        else { return "unknown" }
        return text
    }
}
