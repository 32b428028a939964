import PluginAPI
import SlackKit
import Testing

@Suite struct `An installation` {
    static let workspace: JSONValue = [
        "ok": true, "access_token": "xoxb-1", "token_type": "bot", "scope": "commands,chat:write",
        "bot_user_id": "U0APP",
        "app_id": "A0APP", "team": ["id": "T0ACME", "name": "Acme"], "enterprise": nil, "is_enterprise_install": false,
        "authed_user": ["id": "U0ANN"],
    ]

    private func changed(_ changes: [([String], JSONValue?)]) -> JSONValue {
        var answer = Self.workspace
        for (path, value) in changes { answer.set(path, to: value) }
        return answer
    }

    @Test func `in a workspace`() throws {
        let access = try OAuthAccess(Self.workspace)
        #expect(access.bot?.value == "xoxb-1")
        #expect(access.bot?.scopes == ["commands", "chat:write"])
        #expect(access.bot?.refreshToken == nil)
        #expect(access.bot?.expiresIn == nil)
        #expect(access.botUserID == "U0APP")
        #expect(access.appID == "A0APP")
        #expect(access.teamID == "T0ACME")
        #expect(access.teamName == "Acme")
        #expect(access.enterpriseID == nil)
        #expect(access.installerID == "U0ANN")
        #expect(access.installer == nil)
    }

    @Test func `in a whole organization has no team`() throws {
        let access = try OAuthAccess(
            changed([
                (["team"], nil), (["enterprise"], ["id": "E0ORG", "name": "Acme Holding"]),
                (["is_enterprise_install"], true),
            ]))
        #expect(access.teamID == nil)
        #expect(access.enterpriseID == "E0ORG")
        #expect(access.isEnterpriseInstall)
    }

    @Test func `with rotation has a refresh token and an end, also for the person`() throws {
        let access = try OAuthAccess(
            changed([
                (["refresh_token"], "xoxe-1-a"), (["expires_in"], 43_200),
                (["authed_user", "access_token"], "xoxe.xoxp-1"),
                (["authed_user", "scope"], "openid"), (["authed_user", "refresh_token"], "xoxe-1-b"),
                (["authed_user", "expires_in"], 43_100),
            ]))
        #expect(access.bot?.refreshToken == "xoxe-1-a")
        #expect(access.bot?.expiresIn == 43_200)
        #expect(access.installer?.value == "xoxe.xoxp-1")
        #expect(access.installer?.refreshToken == "xoxe-1-b")
        #expect(access.installer?.expiresIn == 43_100)
    }

    @Test(
        arguments: [
            (["access_token"], nil, "$.access_token: expected a token, found nothing"),
            (["access_token"], 7, "$.access_token: expected text, found a number"),
            (["app_id"], nil, "$.app_id: expected an id of 2 to 32 capital letters and digits, found nothing"),
            (["team"], nil, "$.team.id: expected an id of 2 to 32 capital letters and digits, found nothing"),
            (["team"], "T0ACME", "$.team: expected an object, found text"),
            (
                ["is_enterprise_install"], true,
                "$.enterprise.id: expected an id of 2 to 32 capital letters and digits, found nothing"
            ),
            (["expires_in"], -1, "$.expires_in: expected seconds, at most a year, found another number"),
            (["expires_in"], 1e18, "$.expires_in: expected seconds, at most a year, found another number"),
            (["authed_user"], [], "$.authed_user: expected an object, found an array"),
        ] as [([String], JSONValue?, String)])
    func `that is not as Slack answers names the place`(path: [String], value: JSONValue?, description: String) {
        let answer = changed([(path, value)])
        let fault = #expect(throws: DecodeFault.self) { try OAuthAccess(answer) }
        #expect(fault?.description == description)
    }

    @Test func `can be logged: the tokens stay out of it`() throws {
        let access = try OAuthAccess(
            changed([(["refresh_token"], "xoxe-1-a"), (["authed_user", "access_token"], "xoxp-1")]))
        for text in [
            "\(access)", String(reflecting: access), "\(access.bot as Any)", String(reflecting: access.installer),
        ] {
            #expect(!text.contains("xox"), "\(text)")
        }
        #expect("\(access)" == "installation of A0APP in T0ACME")
    }
}
