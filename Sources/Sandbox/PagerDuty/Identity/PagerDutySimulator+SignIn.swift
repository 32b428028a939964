import Foundation
import HTTPTypes
import Hummingbird

/// The page on which people sign in at PagerDuty and agree to an app.
extension PagerDutySimulator {
    /// The app that the host is: what it is known by, and its secret.
    package var oauthClient: OAuthClient {
        with { OAuthClient(id: $0.identity.app.id, secret: $0.identity.app.secret) }
    }

    func addSignInRoutes(to router: Router<BasicRequestContext>) {
        router.get("/identity/oauth/authorize") { request, _ in
            let query = request.uri.query ?? ""
            return self.authorizePage(query).response
        }
        router.post("/identity/oauth/authorize") { request, _ in
            self.authorize(FormText.read(try await request.bytes()))
        }
        router.post("/identity/oauth/token") { request, _ in await self.tokenResponse(request) }
    }

    private func authorizePage(_ query: String) -> SheetPage {
        let fields = FormText.read(query.utf8)
        let app = with { $0.identity.app }
        guard fields["client_id"] == app.id, fields["response_type"] == "code" else {
            return .problem("PagerDuty", "There is no such app.")
        }
        if app.kind != .classic, fields["code_challenge_method"] != "S256" || fields["code_challenge"] == nil {
            return .problem("PagerDuty", "This app has to use PKCE with S256.")
        }
        let people = with { $0.account.users }.map { (id: $0.id, name: "\($0.name), \($0.email)", where: "Acme") }
        let stranger = PDIdentity.stranger
        let all = people + [(stranger.id, "\(stranger.name), \(stranger.email)", "Initrode, another account")]
        let choices = all.map { person in
            "<option value=\"\(person.id)\">\(SheetPage.escape("\(person.name) (\(person.where))"))</option>"
        }.joined()
        let scopes = (fields["scope"] ?? "").split(separator: " ")
            .map { "<li><code>\(SheetPage.escape(String($0)))</code></li>" }.joined()
        return SheetPage(
            title: "Sign in to PagerDuty",
            body: """
                <h1>Sign in to PagerDuty</h1>
                <p class="muted">The simulated PagerDuty has no passwords: choose who you are.</p>
                <form method="post" action="/identity/oauth/authorize">
                <input type="hidden" name="query" value="\(SheetPage.escape(query))">
                <label class="label" for="who">You are</label>
                <p><select class="input" id="who" name="who">\(choices)</select></p>
                <p class="label">BotHost may then</p><ul>\(scopes)</ul>
                <p><button class="button button-primary" name="answer" value="allow">Agree</button>
                <button class="button button-quiet" name="answer" value="deny">Deny</button></p>
                </form>
                """)
    }

    private func authorize(_ form: [String: String]) -> Response {
        let fields = FormText.read((form["query"] ?? "").utf8)
        let uri = fields["redirect_uri"] ?? ""
        guard fields["client_id"] == with({ $0.identity.app.id }), uri.utf8.starts(with: "http".utf8) else {
            return SheetPage.problem("PagerDuty", "There is no such app.").response
        }
        let state = fields["state"].map { [(name: "state", value: $0)] } ?? []
        guard form["answer"] == "allow" else {
            return SheetPage.back(to: uri, [("error", "access_denied"), ("error_subtype", "consent")] + state)
        }
        let now = clock.now
        let who = form["who"] ?? ""
        let code = with { world -> String? in
            guard who == PDIdentity.stranger.id || world.account.user(who) != nil else { return nil }
            let asked = (fields["scope"] ?? "").split(separator: " ").map(String.init)
            // A scope that the app does not have is no error: what comes of it is a token for nothing.
            let known = world.identity.app.scopes + ["openid"]
            let granted = asked.allSatisfy(known.contains) ? asked : ["openid"]
            let code = world.account.random.hex(40)
            world.identity.codes[code] = PDIdentity.Code(
                userID: who, redirectURI: uri, scopes: granted, challenge: fields["code_challenge"],
                expires: now.addingTimeInterval(PDIdentity.codeLifetime))
            return code
        }
        guard let code else { return SheetPage.problem("PagerDuty", "There is no such person.").response }
        return SheetPage.back(to: uri, [("code", code), ("subdomain", Self.subdomain(of: who))] + state)
    }

    static func subdomain(of userID: String) -> String {
        userID == PDIdentity.stranger.id ? PDIdentity.strangersSubdomain : PDAccount.subdomain
    }
}
