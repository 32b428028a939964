import Foundation
import PagerDutyKit
import PluginAPI
import Synchronization
import Testing

/// Signing in at PagerDuty: what is sent, what is believed, and what a person reads when it does not work out.
@Suite struct PagerDutySignInTests {
    private static let now = Date(timeIntervalSince1970: 1_767_625_200)
    private static let claims: [String: JSONValue] = [
        "iss": "https://identity.pagerduty.com/global/oauth/anonymous",
        "aud": ["https://api.pagerduty.com", "client-1"], "azp": "client-1", "exp": 1_767_628_800,
        "nbf": 1_767_625_200, "user_id": "PADAM01", "account_id": "PACME01", "subdomain": "acme",
    ]

    private let signIn = PagerDutySignIn(
        endpoints: PagerDuty.Endpoints(), clientID: "client-1", clientSecret: "shh & shh")

    private func attempt(_ scopes: [String] = ["openid", "write"]) -> SignInAttempt {
        SignInAttempt(
            redirectAddress: "https://bot.example.com/pagerduty/oauth_redirect", state: "st.ate", nonce: "non-ce",
            verifier: "ver_ifier", challenge: "chal-lenge", scopes: scopes)
    }

    private func token(_ claims: [String: JSONValue]) -> String {
        let payload = Data(JSONValue.object(claims).encoded).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        return "eyJhbGciOiJSUzI1NiJ9.\(payload).c2lnbmF0dXJl"
    }

    private func answer(_ members: [String: JSONValue], status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, body: JSONValue.object(members).encoded)
    }

    private func redeem(_ answer: HTTPResponse) async throws -> SignInGrant {
        try await signIn.redeem(code: "code", of: attempt(), at: Self.now) { _ in answer }
    }

    private func grant(_ changes: [String: JSONValue?]) async throws -> SignInGrant {
        let claims = changes.reduce(into: Self.claims) { $0[$1.key] = $1.value }
        return try await redeem(
            answer([
                "access_token": "pdus+abcdefgh", "refresh_token": "pdus+refresh1", "expires_in": 86_400,
                "scope": "openid write", "id_token": .string(token(claims)),
            ]))
    }

    @Test("the browser is sent to PagerDuty with state, nonce and a challenge, and without a secret")
    func address() {
        let address = signIn.address(for: attempt())
        #expect(
            address
                == "https://identity.pagerduty.com/oauth/authorize?response_type=code&client_id=client-1"
                + "&redirect_uri=https%3A%2F%2Fbot.example.com%2Fpagerduty%2Foauth_redirect&scope=openid%20write"
                + "&state=st.ate&nonce=non-ce&code_challenge=chal-lenge&code_challenge_method=S256")
        #expect(!address.contains("ver_ifier") && !address.contains("shh"))
    }

    @Test("the code goes to PagerDuty with the verifier and the client's secret, in the body")
    func redeems() async throws {
        let sent = Mutex<HTTPRequest?>(nil)
        let good = answer([
            "access_token": "pdus+abcdefgh", "refresh_token": "pdus+refresh1", "expires_in": 86_400,
            "scope": "openid write", "id_token": .string(token(Self.claims)),
        ])
        let grant = try await signIn.redeem(code: "c/ode", of: attempt(), at: Self.now) { request in
            sent.withLock { $0 = request }
            return good
        }
        let request = try #require(sent.withLock { $0 })
        #expect(request.target == "https://identity.pagerduty.com/oauth/token")
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == "grant_type=authorization_code&code=c%2Fode"
                + "&redirect_uri=https%3A%2F%2Fbot.example.com%2Fpagerduty%2Foauth_redirect&code_verifier=ver_ifier"
                + "&client_id=client-1&client_secret=shh%20%26%20shh")
        #expect(grant.lifetime == 86_400)
        #expect(grant.scopes == ["openid", "write"])
        #expect(grant.owner == SignInOwner(userID: "PADAM01", accountID: "PACME01", accountName: "acme"))
        #expect(!"\(grant)".contains("pdus") && !String(reflecting: grant).contains("pdus"))
    }

    @Test("an id token is believed only from PagerDuty, for this app, this region and this time")
    func idTokens() async throws {
        #expect(try await grant([:]).owner?.userID == "PADAM01")
        #expect(try await grant(["nonce": "non-ce"]).owner?.userID == "PADAM01")
        // The issuer that PagerDuty's discovery document names.
        let other: JSONValue = "https://app.pagerduty.com/global/oauth/anonymous"
        #expect(try await grant(["iss": other]).owner?.userID == "PADAM01")
        let wrong: [[String: JSONValue?]] = [
            ["iss": "https://identity.pagerduty.com.evil.example/global/oauth/anonymous"], ["iss": nil],
            ["aud": ["https://api.pagerduty.com", "client-2"]], ["aud": ["client-1"]], ["aud": nil],
            ["aud": ["https://api.eu.pagerduty.com", "client-1"]], ["azp": "client-2"],
            ["exp": 1_767_625_000], ["exp": nil], ["nbf": 1_767_626_000], ["nonce": "another"], ["nonce": ""],
            ["user_id": nil], ["user_id": ""],
        ]
        for changes in wrong {
            await #expect(throws: Refusal.self, "\(changes)") { _ = try await grant(changes) }
        }
        for text in ["", "a.b", "a.b.c.d", "..", "x.!!!.y", "x.W10.y", String(repeating: "a", count: 20_000)] {
            let answer = answer(["access_token": "pdus+abcdefgh", "id_token": .string(text)])
            await #expect(throws: Refusal.self, "\(text.prefix(20))") { _ = try await redeem(answer) }
        }
    }

    @Test(
        "what PagerDuty refuses becomes a sentence for the person",
        arguments: [
            ("invalid_grant", "no longer accepts this sign-in"), ("invalid_client", "PAGERDUTY_CLIENT_ID"),
            ("access_denied", "refused the sign-in"), ("<script>alert(1)</script>", "refused the sign-in"),
        ])
    func refusals(word: String, sentence: String) async throws {
        let answer = answer(["error": .string(word)], status: 400)
        let refusal = await #expect(throws: Refusal.self) { _ = try await redeem(answer) }
        #expect(refusal?.sentence.contains(sentence) == true)
        #expect(refusal?.sentence.contains("<") == false)
    }

    @Test(
        "what is no answer of a token endpoint is not taken for one",
        arguments: [
            (200, "{}"), (200, "[]"), (200, "<html>"), (200, ""), (200, #"{"access_token": 5}"#),
            (200, #"{"access_token": "a b"}"#), (200, #"{"access_token": ""}"#), (302, ""), (500, "{}"), (503, ""),
            (429, "{}"),
        ])
    func unreadable(status: Int, body: String) async throws {
        let answer = HTTPResponse(status: status, body: Array(body.utf8))
        await #expect(throws: Refusal.self) { _ = try await redeem(answer) }
    }

    @Test("a token is renewed; only a refusal for good ends the link")
    func renews() async throws {
        let next = answer(["access_token": "pdus+second00", "refresh_token": "pdus+refresh2", "expires_in": 86_400])
        let grant = try await signIn.renew(refreshToken: "pdus+refresh1") { request in
            #expect(
                String(decoding: request.body, as: UTF8.self)
                    == "grant_type=refresh_token&refresh_token=pdus%2Brefresh1&client_id=client-1"
                    + "&client_secret=shh%20%26%20shh")
            return next
        }
        #expect(grant.accessToken == "pdus+second00" && grant.refreshToken == "pdus+refresh2")
        let refused = answer(["error": "invalid_grant"], status: 400)
        await #expect(throws: AccountError.linkExpired(provider: "pagerduty")) {
            _ = try await signIn.renew(refreshToken: "x") { _ in refused }
        }
        for passing in [
            answer(["error": "invalid_client"], status: 401), answer([:], status: 500), answer([:], status: 429),
        ] {
            await #expect(throws: (any Error).self) {
                do {
                    _ = try await signIn.renew(refreshToken: "x") { _ in passing }
                } catch let error as AccountError {
                    Issue.record("the link was given up because of \(error)")
                }
                throw CancellationError()
            }
        }
    }
}
