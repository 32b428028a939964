package import FoundationEssentials
package import PluginAPI

/// How people sign in at PagerDuty: user tokens by OAuth, for classic and for scoped apps.
///
/// PagerDuty does not tell which kind an app is, and answers a scope that the app does not have not with an error but
/// with a token that may do nothing; so the widest set is asked for first, and what was granted is looked at.
/// - SeeAlso: <https://developer.pagerduty.com/docs/user-oauth-token-via-code-grant>
package struct PagerDutySignIn: AccountSignIn {
    private let endpoints: PagerDuty.Endpoints
    private let clientID: String
    private let clientSecret: String

    package init(endpoints: PagerDuty.Endpoints, clientID: String, clientSecret: String) {
        self.endpoints = endpoints
        self.clientID = clientID
        self.clientSecret = clientSecret
    }

    /// What acting on incidents takes of an app with scopes.
    private static let acting = [
        "openid", "users.read", "services.read", "escalation_policies.read", "priorities.read", "incidents.read",
        "incidents.write",
    ]
    /// What else commands do: workflows and invitations.
    private static let more = [
        "incident_workflows.read", "incident_workflows:instances.write", "users.write", "teams.read", "licenses.read",
    ]

    package var scopeSets: [[String]] { [Self.acting + Self.more, Self.acting, ["openid", "write"]] }

    package func address(for attempt: SignInAttempt) -> String {
        let fields = [
            ("response_type", "code"), ("client_id", clientID), ("redirect_uri", attempt.redirectAddress),
            ("scope", attempt.scopes.joined(separator: " ")), ("state", attempt.state), ("nonce", attempt.nonce),
            ("code_challenge", attempt.challenge), ("code_challenge_method", "S256"),
        ]
        return "\(endpoints.identity)/oauth/authorize?\(Form.encode(fields))"
    }

    package func redeem(
        code: String, of attempt: SignInAttempt, at now: Date,
        send: @Sendable (HTTPRequest) async throws -> HTTPResponse
    ) async throws -> SignInGrant {
        let answer: TokenAnswer
        do {
            answer = try await ask(
                [
                    ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", attempt.redirectAddress),
                    ("code_verifier", attempt.verifier),
                ], send)
        } catch TokenAnswer.Problem.refused(let word) {
            throw Refusal(Self.sentence(word))
        } catch is TokenAnswer.Problem {
            throw Refusal("PagerDuty did not answer as it should. Please start again in a minute.")
        }
        do {
            let token = try IDToken(answer.idToken ?? "")
            // PagerDuty's guide does not name the nonce among the claims; PKCE ties the code to this attempt.
            try token.check(
                issuers: issuers, audience: clientID, nonce: attempt.nonce, requiresNonce: false, at: now)
            return answer.grant(owner: try owner(token.claims))
        } catch {
            throw Refusal("PagerDuty's proof of who you are does not hold (\(error)). Please start again.")
        }
    }

    package func renew(
        refreshToken: String, send: @Sendable (HTTPRequest) async throws -> HTTPResponse
    ) async throws -> SignInGrant {
        do {
            return try await ask([("grant_type", "refresh_token"), ("refresh_token", refreshToken)], send).grant()
        } catch TokenAnswer.Problem.refused("invalid_grant") {
            throw AccountError.linkExpired(provider: PagerDuty.provider)
        }
    }

    /// The issuer's address in PagerDuty's guide, and the one that its discovery document has been seen to name; both are
    /// PagerDuty's own. A simulator has its own.
    private var issuers: Set<String> {
        let path = "/global/oauth/anonymous"
        var issuers: Set = [endpoints.identity + path]
        if endpoints.identity == PagerDuty.Endpoints().identity { issuers.insert("https://app.pagerduty.com" + path) }
        return issuers
    }

    /// The token must be for the region that is called, too: accounts of the other one cannot be reached.
    private func owner(_ claims: JSONValue) throws(IDToken.Fault) -> SignInOwner {
        let audiences = claims["aud"].array?.compactMap(\.string) ?? []
        guard let userID = claims["user_id"].string, !userID.isEmpty else { throw .unreadable }
        guard audiences.contains(where: { $0.utf8.elementsEqual(endpoints.api.utf8) }) else { throw .audience }
        return SignInOwner(
            userID: userID, accountID: claims["account_id"].string ?? "", accountName: claims["subdomain"].string ?? "")
    }

    private func ask(
        _ fields: [(String, String)], _ send: @Sendable (HTTPRequest) async throws -> HTTPResponse
    ) async throws -> TokenAnswer {
        let fields = fields + [("client_id", clientID), ("client_secret", clientSecret)]
        return try TokenAnswer(
            try await send(
                HTTPRequest(
                    "POST", "\(endpoints.identity)/oauth/token",
                    headers: [("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json")],
                    body: Array(Form.encode(fields).utf8))))
    }

    private static func sentence(_ word: String) -> String {
        switch word {
        case "invalid_grant":
            "PagerDuty no longer accepts this sign-in: its code is good for half a minute, once. Please start again."
        case "invalid_client", "unauthorized_client":
            "PagerDuty does not accept this bot's OAuth app: an administrator should check PAGERDUTY_CLIENT_ID and "
                + "PAGERDUTY_CLIENT_SECRET."
        default: "PagerDuty refused the sign-in. Please start again."
        }
    }
}
