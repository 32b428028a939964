import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// The token endpoint: codes for pairs, refresh tokens for the next pair.
extension PagerDutySimulator {
    func tokenResponse(_ request: Request) async -> Response {
        let kind = "POST /oauth/token"
        let start = ContinuousClock.now
        let form = FormText.read((try? await request.bytes()) ?? [])
        let verdict = faults.verdict(on: .pagerduty, method: kind)
        if let delay = verdict.delay { try? await clock.sleep(for: delay) }
        let (status, json): (Int, JSON)
        switch verdict.failure {
        case .down: (status, json) = (0, .null)
        case .lost:
            _ = tokens(form)
            (status, json) = (0, .null)
        case .rateLimited: (status, json) = (429, ["error": "rate_limited"])
        case .error(let code):
            let number = Int(code)
            (status, json) = (number ?? 400, ["error": .string(number == nil ? code : "server_error")])
        case .slow, nil: (status, json) = tokens(form)
        }
        for name in ["access_token", "refresh_token", "id_token"] {
            if let secret = json[name]?.string { journal.hide(secret) }
        }
        let shown = form.filter { !["client_secret", "code", "refresh_token", "code_verifier"].contains($0.key) }
        journal.record(
            JournalEntry(
                at: clock.now, direction: .fromHost, service: .pagerduty, kind: kind, method: "POST",
                path: request.uri.description, status: status, ms: (ContinuousClock.now - start) / .milliseconds(1),
                outcome: status == 200 ? "ok" : json["error"]?.string ?? "down",
                request: JSON.object(shown.mapValues(JSON.string)).text, response: json.isNull ? "" : json.text,
                trace: nil))
        guard status > 0 else { return Response.brokenOff }
        return .json(json, status: HTTPResponse.Status(code: status))
    }

    private func tokens(_ form: [String: String]) -> (Int, JSON) {
        let now = clock.now
        return with { world in
            let app = world.identity.app
            guard form["client_id"] == app.id, form["client_secret"] == app.secret else {
                return (401, ["error": "invalid_client"])
            }
            switch form["grant_type"] {
            case "authorization_code":
                // Good for one call, whatever comes of it.
                guard let code = world.identity.codes.removeValue(forKey: form["code"] ?? ""), code.expires > now,
                    code.redirectURI == form["redirect_uri"], Self.proves(form["code_verifier"], code.challenge)
                else { return (400, ["error": "invalid_grant"]) }
                return (200, Self.pair(code.userID, code.scopes, at: now, &world, withIDToken: true))
            case "refresh_token":
                // Good for one call as well: the next pair has the next one.
                guard let token = world.identity.refreshTokens.removeValue(forKey: form["refresh_token"] ?? ""),
                    token.expires > now
                else { return (400, ["error": "invalid_grant"]) }
                return (200, Self.pair(token.userID, token.scopes, at: now, &world, withIDToken: false))
            default: return (400, ["error": "unsupported_grant_type"])
            }
        }
    }

    /// - SeeAlso: https://www.rfc-editor.org/rfc/rfc7636#section-4.6
    private static func proves(_ verifier: String?, _ challenge: String?) -> Bool {
        guard let challenge else { return true }
        return SignedToken.base64URL(SHA256.hash(data: Data((verifier ?? "").utf8))) == challenge
    }

    private static func pair(
        _ userID: String, _ scopes: [String], at now: Date, _ world: inout State, withIDToken: Bool
    ) -> JSON {
        let app = world.identity.app
        let (access, refresh) = ("pdus+" + world.account.random.hex(64), "pdus+" + world.account.random.hex(64))
        world.identity.tokens[access] = PDIdentity.Token(
            userID: userID, scopes: scopes, expires: now.addingTimeInterval(TimeInterval(app.tokenLifetime)))
        world.identity.refreshTokens[refresh] = PDIdentity.RefreshToken(
            userID: userID, scopes: scopes, expires: now.addingTimeInterval(app.refreshLifetime))
        var answer: [String: JSON] = [
            "access_token": .string(access), "refresh_token": .string(refresh), "token_type": "bearer",
            "scope": .string(scopes.joined(separator: " ")), "expires_in": .int(app.tokenLifetime),
        ]
        if withIDToken {
            let origin = world.origin ?? ""
            let second = Int(exactly: now.timeIntervalSince1970.rounded(.down)) ?? 0
            let isStranger = userID == PDIdentity.stranger.id
            let user = isStranger ? PDIdentity.stranger : world.account.user(userID)
            let claims: [String: JSON] = [
                "exp": .int(second + 3600), "nbf": .int(second), "iat": .int(second), "purpose": "id",
                "jti": .string(world.account.random.hex(32)), "sub": .string(user?.email ?? ""),
                "iss": .string("\(origin)/identity/global/oauth/anonymous"),
                "aud": [.string("\(origin)/pd"), .string(app.id)], "azp": .string(app.id),
                "account_id": isStranger ? "PINITR1" : "PACME01", "user_id": .string(userID),
                "subdomain": .string(subdomain(of: userID)), "region": "UnitedStates",
            ]
            answer["id_token"] = .string(
                SignedToken.make(
                    .object(claims.merging(world.identity.claims) { $1 }), secret: app.secret))
        }
        return .object(answer)
    }

    /// Whose token it is, while it is good. Of another account there is nothing but its owner.
    func caller(oauth token: String, _ request: PDRequest, at now: Date) -> PDCall.Caller? {
        with { world in
            guard let found = world.identity.tokens[token], found.expires > now else { return nil }
            let path = request.path.split(separator: "/").map(String.init)
            if found.userID == PDIdentity.stranger.id {
                return path == ["users", "me"] ? .user(PDIdentity.stranger) : nil
            }
            return world.account.user(found.userID).map { .user($0) }
        }
    }

    /// Whether the token's scopes reach the request; other credentials have none.
    func hasScope(_ token: String, _ request: PDRequest) -> Bool {
        with { world in
            guard let found = world.identity.tokens[token] else { return true }
            return world.identity.permits(
                found, request.method, request.path.split(separator: "/").map(String.init))
        }
    }
}
