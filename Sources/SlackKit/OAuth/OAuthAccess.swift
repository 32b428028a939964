package import PluginAPI

/// What `oauth.v2.access` answers: an installation, or the next pair of a rotated token.
///
/// Its description leaves the tokens out, so that it can stand in a log.
///
/// - SeeAlso: https://docs.slack.dev/reference/methods/oauth.v2.access
package struct OAuthAccess: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible {
    /// A token, and with rotation what renews it.
    package struct Token: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible {
        /// The token itself.
        package let value: String
        /// What it may do.
        package let scopes: [String]
        /// Renews it, once; nil without rotation.
        package let refreshToken: String?
        /// When it ends, in seconds from the answer; nil without rotation.
        package let expiresIn: Int?

        /// The scopes, without the token.
        package var description: String { "token(\(scopes.joined(separator: ",")))" }
        package var debugDescription: String { description }
    }

    /// The bot's token; nil where only a person's was asked for.
    package let bot: Token?
    /// The bot's user.
    package let botUserID: String?
    /// The app.
    package let appID: String
    /// The workspace; nil for an installation in a whole organization.
    package let teamID: String?
    /// The workspace's name.
    package let teamName: String?
    /// The organization; nil outside Enterprise Grid.
    package let enterpriseID: String?
    /// The organization's name.
    package let enterpriseName: String?
    /// Whether it is an installation in the whole organization.
    package let isEnterpriseInstall: Bool
    /// The person who installed it; nil when a token is renewed.
    package let installerID: String?
    /// That person's own token, where one was asked for.
    package let installer: Token?

    /// Decodes an answer whose `ok` is true.
    package init(_ answer: JSONValue) throws(DecodeFault) {
        let answer = try WireObject(answer, at: "$")
        let isUserToken = try answer.optionalText("token_type") == "user"
        bot = isUserToken ? nil : try Token(answer)
        botUserID = try answer.optionalID("bot_user_id")
        appID = try answer.id("app_id")
        let team = try answer.optionalObject("team")
        teamID = try team?.optionalID("id")
        teamName = try team?.filledText("name")
        enterpriseID = try answer.referencedID("enterprise")
        enterpriseName = answer["enterprise"]["name"].string.flatMap { $0.isEmpty ? nil : $0 }
        isEnterpriseInstall = try answer.flag("is_enterprise_install")
        let user = try answer.optionalObject("authed_user")
        installerID = try user?.optionalID("id")
        installer = try user.flatMap { user throws(DecodeFault) in try Token(user) }
        if bot == nil, installer == nil {
            throw DecodeFault("$.access_token", expected: "a token", found: "nothing")
        }
        if isEnterpriseInstall ? enterpriseID == nil : teamID == nil {
            throw DecodeFault(
                isEnterpriseInstall ? "$.enterprise.id" : "$.team.id", expected: SlackID.expectation, found: "nothing")
        }
    }

    /// Who and where, without the tokens.
    package var description: String {
        let place = teamID ?? enterpriseID ?? "nowhere"
        return "installation of \(appID) in \(place)"
    }
    package var debugDescription: String { description }
}

extension OAuthAccess.Token {
    init?(_ object: WireObject) throws(DecodeFault) {
        guard let value = try object.filledText("access_token") else { return nil }
        self.value = value
        let listed = try object.optionalText("scope") ?? ""
        scopes = listed.utf8.split(separator: UInt8(ascii: ",")).compactMap { String($0) }
        refreshToken = try object.filledText("refresh_token")
        expiresIn = try object.integer("expires_in")
        if let expiresIn, !(1...31_536_000).contains(expiresIn) {
            throw DecodeFault("\(object.path).expires_in", expected: "seconds, at most a year", found: "another number")
        }
    }
}
