import FoundationEssentials
import HTTPTypes
import Hummingbird

/// Sign in with Slack: the page, the token and who it is.
///
/// - SeeAlso: https://docs.slack.dev/authentication/sign-in-with-slack
extension SlackSimulator {
    nonisolated func addSignInRoutes(to router: Router<BasicRequestContext>) {
        router.get("/openid/connect/authorize") { request, _ in
            let query = request.uri.query ?? ""
            do {
                return try await self.signInPage(query).response
            } catch let error as ControlError {
                return SheetPage.problem("Slack", error.message).response
            }
        }
        router.post("/openid/connect/authorize") { request, _ in
            let form = FormText.read(try await request.bytes())
            do {
                return try await self.signIn(form)
            } catch let error as ControlError {
                return SheetPage.problem("Slack", error.message).response
            }
        }
        router.get("/app_redirect") { request, _ in
            let (team, channel) = (request.query("team") ?? "", request.query("channel") ?? "")
            return Response(
                status: .seeOther, headers: [.location: await self.place(team: team, channel: channel)])
        }
    }

    // MARK: the page

    private func fields(_ query: String) throws(ControlError) -> [String: String] {
        let fields = FormText.read(query.utf8)
        guard fields["client_id"] == client.id else {
            throw ControlError("invalid_client_id: this Slack knows no app with that client id")
        }
        guard fields["response_type"] == "code" else { throw ControlError("invalid_response_type: code is meant") }
        guard (fields["scope"] ?? "").split(whereSeparator: { $0 == " " || $0 == "," }).contains("openid") else {
            throw ControlError("invalid_scope: the scope openid is missing")
        }
        let uri = fields["redirect_uri"] ?? ""
        guard manifest.redirectURLs.contains(uri) else {
            throw ControlError("bad_redirect_uri: \(uri) is not one of the app's redirect URLs")
        }
        return fields
    }

    private func signInPage(_ query: String) throws(ControlError) -> SheetPage {
        let fields = try fields(query)
        let wanted = fields["team"].flatMap { $0.isEmpty ? nil : $0 }
        var choices = ""
        // The one that is asked for stands first.
        for team in workspaces.filter({ $0.id == wanted }) + workspaces.filter({ $0.id != wanted }) {
            for person in team.people where !person.isBot {
                let name = SheetPage.escape("\(person.realName) in \(team.name)")
                choices += "<option value=\"\(team.id)/\(person.id)\">\(name)</option>"
            }
        }
        return SheetPage(
            title: "Sign in with Slack",
            body: """
                <h1>Sign in to \(SheetPage.escape(manifest.name)) with Slack</h1>
                <p class="muted">The simulated Slack has no passwords: choose who you are.</p>
                <form method="post" action="/openid/connect/authorize">
                <input type="hidden" name="query" value="\(SheetPage.escape(query))">
                <label class="label" for="who">You are</label>
                <p><select class="input" id="who" name="who">\(choices)</select></p>
                <p>It will see who you are, and nothing else.</p>
                <p><button class="button button-primary" name="answer" value="allow">Allow</button>
                <button class="button button-quiet" name="answer" value="cancel">Cancel</button></p>
                </form>
                """)
    }

    private func signIn(_ form: [String: String]) throws(ControlError) -> Response {
        let fields = try fields(form["query"] ?? "")
        let uri = fields["redirect_uri"] ?? ""
        let state = fields["state"].map { [(name: "state", value: $0)] } ?? []
        guard form["answer"] == "allow" else { return SheetPage.back(to: uri, [("error", "access_denied")] + state) }
        let who = (form["who"] ?? "").split(separator: "/").map(String.init)
        guard who.count == 2, let person = try workspace(who[0]).person(who[1]), !person.isBot else {
            throw ControlError("who: a workspace and a person in it")
        }
        signIns.latest[who[0]] = who[1]
        let code = "\(ids.digits(12)).\(ids.digits(12)).\(ids.hex(64))"
        signIns.codes[code] = SignIns.Person(
            team: who[0], user: who[1], redirectURI: uri, nonce: fields["nonce"],
            expires: clock.now.addingTimeInterval(SignIns.lifetime))
        return SheetPage.back(to: uri, [("code", code)] + state)
    }

    /// Where the simulated client shows a channel.
    private func place(team: String, channel: String) -> String {
        guard let found = workspaces.first(where: { $0.id == team }), found.channel(channel) != nil,
            let person = signIns.latest[team]
        else { return "/" }
        return "/#/\(team)/\(person)/\(channel)"
    }

    /// Lets id tokens claim something else than what is so; JSON's null takes a claim away.
    func claim(_ claims: [String: JSON]) { signIns.claims = claims }

    // MARK: the methods

    /// - Returns: `nil` for every other method.
    func signInMethod(_ name: String, _ arguments: [String: JSON], token: String?) throws(SlackError) -> JSON? {
        switch name {
        case "openid.connect.token": return try signInToken(arguments)
        case "openid.connect.userInfo":
            guard let token, let person = signIns.tokens[token] else { throw SlackError("invalid_auth") }
            return claims(person).with(["ok": true])
        default: return nil
        }
    }

    private func signInToken(_ arguments: [String: JSON]) throws(SlackError) -> JSON {
        guard arguments["client_id"]?.string == client.id else { throw SlackError("invalid_client_id") }
        guard arguments["client_secret"]?.string == client.secret else { throw SlackError("bad_client_secret") }
        // Good for one call, whatever comes of it.
        guard let person = signIns.codes.removeValue(forKey: arguments["code"]?.string ?? ""),
            person.expires > clock.now
        else { throw SlackError("invalid_code") }
        guard arguments["redirect_uri"]?.string == person.redirectURI else { throw SlackError("bad_redirect_uri") }
        let token = "xoxp-" + ids.word(40)
        signIns.tokens[token] = person
        return [
            "ok": true, "access_token": .string(token), "token_type": "Bearer",
            "id_token": .string(SignedToken.make(claims(person), secret: client.secret)), "state": "",
        ]
    }

    private func claims(_ person: SignIns.Person) -> JSON {
        let found = workspaces.first { $0.id == person.team }?.person(person.user)
        var claims: [String: JSON] = [
            "iss": .string(ownURL), "sub": .string(person.user), "aud": .string(client.id),
            "exp": .int(second + 300), "iat": .int(second), "auth_time": .int(second),
            "https://slack.com/team_id": .string(person.team), "https://slack.com/user_id": .string(person.user),
            "name": .string(found?.realName ?? ""), "locale": "en-US",
        ]
        claims["nonce"] = person.nonce.map(JSON.string)
        return .object(claims.merging(signIns.claims) { $1 }.filter { !$0.value.isNull })
    }
}
