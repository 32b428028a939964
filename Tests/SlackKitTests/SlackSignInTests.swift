import Foundation
import PluginAPI
import SlackKit
import Testing

/// Sign in with Slack.
@Suite struct SlackSignInTests {
    private static let now = Date(timeIntervalSince1970: 1_767_625_200)
    private static let claims: [String: JSONValue] = [
        "iss": "https://slack.com", "aud": "1.2", "exp": 1_767_625_500, "iat": 1_767_625_200, "nonce": "non-ce",
        "sub": "U0ADA0001", "https://slack.com/user_id": "U0ADA0001", "https://slack.com/team_id": "T0ACME001",
        "name": "Ada",
    ]

    private let signIn = SlackSignIn(slackURL: "https://slack.com", clientID: "1.2", clientSecret: "s&cret")

    private func identity(_ changes: [String: JSONValue?], ok: Bool = true) throws(SlackSignIn.Fault)
        -> SlackSignIn.Identity
    {
        let claims = changes.reduce(into: Self.claims) { $0[$1.key] = $1.value }
        let payload = Data(JSONValue.object(claims).encoded).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        let body: JSONValue =
            ok
            ? ["ok": true, "id_token": .string("eyJhbGciOiJSUzI1NiJ9.\(payload).c2ln")]
            : ["ok": false, "error": "invalid_code"]
        return try signIn.identity(
            HTTPResponse(status: 200, body: body.encoded), nonce: "non-ce", at: Self.now)
    }

    @Test("the browser is asked to sign in to the person's own workspace")
    func address() {
        #expect(
            signIn.address(
                state: "s.t", nonce: "n", team: "T0ACME001", redirectAddress: "https://b.example/slack/openid_redirect")
                == "https://slack.com/openid/connect/authorize?response_type=code&scope=openid%20profile&client_id=1.2"
                + "&state=s.t&nonce=n&redirect_uri=https%3A%2F%2Fb.example%2Fslack%2Fopenid_redirect&team=T0ACME001")
        let request = signIn.request(code: "c", redirectAddress: "https://b.example/slack/openid_redirect")
        #expect(request.target == "https://slack.com/api/openid.connect.token")
        #expect(String(decoding: request.body, as: UTF8.self).contains("client_secret=s%26cret"))
    }

    @Test("an id token is believed only from Slack, for this app, this question and this time")
    func claims() throws {
        let found = try identity([:])
        #expect(found.userID == "U0ADA0001" && found.teamID == "T0ACME001" && found.enterpriseID == nil)
        let wrong: [([String: JSONValue?], SlackSignIn.Fault)] = [
            (["iss": "https://slack-gov.com"], .idToken(.issuer)), (["aud": "1.3"], .idToken(.audience)),
            (["aud": ["1.3", "1.4"]], .idToken(.audience)), (["nonce": "x"], .idToken(.nonce)),
            (["nonce": nil], .idToken(.nonce)), (["exp": 1_767_620_000], .idToken(.time)),
            (["iat": 1_767_630_000], .idToken(.time)), (["https://slack.com/user_id": nil], .unreadable),
            (["https://slack.com/team_id": "<b>"], .unreadable),
        ]
        for (changes, fault) in wrong {
            #expect(throws: fault, "\(changes)") { try identity(changes) }
        }
        #expect(throws: SlackSignIn.Fault.refused("invalid_code")) { try identity([:], ok: false) }
    }
}
