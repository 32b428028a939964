package import FoundationEssentials
package import PluginAPI

/// Sign in with Slack: proves which person of which workspace sits in front of a browser.
/// - SeeAlso: https://docs.slack.dev/authentication/sign-in-with-slack
package struct SlackSignIn: Sendable {
    /// `https://slack.com`, or what stands for it; also the issuer of the id tokens.
    private let slackURL: String
    private let clientID: String
    private let clientSecret: String

    package init(slackURL: String, clientID: String, clientSecret: String) {
        self.slackURL = slackURL
        self.clientID = clientID
        self.clientSecret = clientSecret
    }

    /// Who signed in.
    package struct Identity: Sendable, Hashable {
        package let userID: String
        package let teamID: String
        /// The organization, where Slack names it.
        package let enterpriseID: String?
        /// What people call them, for showing; may be empty.
        package let name: String
    }

    /// Why nobody is signed in.
    package enum Fault: Error, Hashable {
        /// Slack's word, such as `code_already_used`.
        case refused(String)
        case unreadable
        case idToken(IDToken.Fault)
    }

    /// Where the browser is sent.
    /// - Parameter team: The workspace that the person is asked to sign in to.
    package func address(state: String, nonce: String, team: String?, redirectAddress: String) -> String {
        var fields = [
            ("response_type", "code"), ("scope", "openid profile"), ("client_id", clientID), ("state", state),
            ("nonce", nonce), ("redirect_uri", redirectAddress),
        ]
        if let team { fields.append(("team", team)) }
        let query = fields.map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
        return "\(slackURL)/openid/connect/authorize?\(query)"
    }

    /// What exchanges the code that the browser brought back.
    /// - SeeAlso: https://docs.slack.dev/reference/methods/openid.connect.token
    package func request(code: String, redirectAddress: String) -> HTTPRequest {
        HTTPRequest(
            "POST", "\(slackURL)/api/openid.connect.token", headers: [("content-type", FormArguments.contentType)],
            body: FormArguments.encode(fields: [
                ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectAddress),
                ("client_id", clientID), ("client_secret", clientSecret),
            ]))
    }

    /// Who signed in, after the id token was held against issuer, audience, nonce and time.
    package func identity(_ response: HTTPResponse, nonce: String, at now: Date) throws(Fault) -> Identity {
        guard response.status == 200, let answer = try? JSONValue(decoding: response.body, maximumBytes: 65_536) else {
            throw .unreadable
        }
        guard answer["ok"].bool == true else { throw .refused(Self.word(answer["error"].string)) }
        let token: IDToken
        do {
            token = try IDToken(answer["id_token"].string ?? "")
            try token.check(issuers: [slackURL], audience: clientID, nonce: nonce, requiresNonce: true, at: now)
        } catch {
            throw .idToken(error)
        }
        // The claims' names begin with Slack's own address, wherever the token comes from.
        guard let user = Self.id(token.claims["https://slack.com/user_id"]),
            let team = Self.id(token.claims["https://slack.com/team_id"])
        else { throw .unreadable }
        return Identity(
            userID: user, teamID: team, enterpriseID: Self.id(token.claims["https://slack.com/enterprise_id"]),
            name: String((token.claims["name"].string ?? "").unicodeScalars.prefix(100)))
    }

    private static func id(_ value: JSONValue) -> String? {
        value.string.flatMap { SlackID.isValid($0) ? $0 : nil }
    }

    /// Nothing but a word gets into our log.
    private static func word(_ text: String?) -> String {
        guard let text, (1...64).contains(text.utf8.count),
            text.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_") })
        else { return "unknown" }
        return text
    }
}
