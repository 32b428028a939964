import FoundationEssentials

/// What the simulated PagerDuty knows of people who signed in for an app.
///
/// - SeeAlso: https://developer.pagerduty.com/docs/user-oauth-token-via-code-grant
struct PDIdentity: Sendable {
    /// The app that people agree to.
    struct App: Sendable {
        let id: String
        let secret: String
        var kind: Kind

        enum Kind: Sendable, Equatable {
            /// `read` and `write`.
            case classic
            /// The scopes that it was given when it was registered.
            case scoped([String])
        }

        var scopes: [String] {
            switch kind {
            case .classic: ["read", "write"]
            case .scoped(let scopes): scopes
            }
        }

        /// How long an access token is good, in seconds.
        var tokenLifetime: Int { kind == .classic ? 30 * 86_400 : 86_400 }
        var refreshLifetime: TimeInterval { kind == .classic ? 210 * 86_400 : 30 * 86_400 }
    }

    struct Code: Sendable {
        let userID: String
        let redirectURI: String
        let scopes: [String]
        let challenge: String?
        let expires: Date
    }

    struct Token: Sendable {
        let userID: String
        let scopes: [String]
        let expires: Date
    }

    struct RefreshToken: Sendable {
        let userID: String
        let scopes: [String]
        let expires: Date
    }

    var app: App
    var codes: [String: Code] = [:]
    var tokens: [String: Token] = [:]
    var refreshTokens: [String: RefreshToken] = [:]
    /// A script's wish: claims of id tokens that are not as they should be.
    var claims: [String: JSON] = [:]

    static let codeLifetime: TimeInterval = 30

    /// Everything that a scoped app may do with incidents and people.
    static let allScopes = [
        "abilities.read", "analytics.write", "escalation_policies.read", "incident_workflows.read",
        "incident_workflows:instances.write", "incidents.read", "incidents.write", "licenses.read", "oncalls.read",
        "priorities.read", "schedules.read", "services.read", "teams.read", "users.read", "users.write",
    ]

    /// Somebody in another account, who has the same name and address as somebody in this one: neither proves anything.
    static let stranger = PDUser(
        id: "PSTRNG1", name: "Ada Martin", email: "ada.martin@acme.example", role: .owner,
        timeZone: "Europe/Berlin", jobTitle: nil, color: "purple", description: nil, token: "",
        createdAt: Date(timeIntervalSince1970: 1_700_000_000))
    static let strangersSubdomain = "initrode"

    init(seed: UInt64) {
        var random = PDRandom(seed: seed ^ 0x1DE7)
        let id = "\(random.hex(8))-\(random.hex(4))-4\(random.hex(3))-a\(random.hex(3))-\(random.hex(12))"
        app = App(id: id, secret: random.hex(64), kind: .scoped(Self.allScopes))
    }

    /// What the holder of a token may do, as the REST API asks. A token that may do nothing is answered like none.
    func permits(_ token: Token, _ method: String, _ path: [String]) -> Bool {
        guard app.kind != .classic else {
            return token.scopes.contains("write") || (method == "GET" && token.scopes.contains("read"))
        }
        guard let resource = path.first, path != ["users", "me"] else { return true }
        let right = method == "GET" ? "read" : "write"
        let scope =
            switch resource {
            case "log_entries": "incidents.\(right)"
            case "license_allocations": "licenses.\(right)"
            case "incident_workflows" where path.last == "instances": "incident_workflows:instances.write"
            case "response_plays": "incidents.\(right)"
            default: "\(resource).\(right)"
            }
        return token.scopes.contains(scope)
    }
}
