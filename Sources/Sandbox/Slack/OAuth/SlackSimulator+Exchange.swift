import FoundationEssentials

extension SlackSimulator {
    /// The methods that the app calls as itself, with its client's id and secret instead of a token.
    ///
    /// - Returns: `nil` for every other method.
    func oauthMethod(_ name: String, _ arguments: [String: JSON]) throws(SlackError) -> JSON? {
        switch name {
        case "oauth.v2.access":
            try authenticate(arguments)
            if arguments["grant_type"]?.string == "refresh_token" {
                return try refresh(arguments["refresh_token"]?.string ?? "")
            }
            return try exchange(arguments["code"]?.string ?? "", arguments["redirect_uri"]?.string)
        case "apps.uninstall":
            try authenticate(arguments)
            let team = try authorize(arguments["token"]?.string)
            uninstall(team: team)
            return ["ok": true]
        default: return nil
        }
    }

    private func authenticate(_ arguments: [String: JSON]) throws(SlackError) {
        guard arguments["client_id"]?.string == client.id else { throw SlackError("invalid_client_id") }
        guard arguments["client_secret"]?.string == client.secret else { throw SlackError("bad_client_secret") }
    }

    // MARK: a code

    /// - SeeAlso: https://docs.slack.dev/reference/methods/oauth.v2.access
    private func exchange(_ code: String, _ redirectURI: String?) throws(SlackError) -> JSON {
        // Good for one call, whatever comes of it.
        guard let grant = authorizations.codes.removeValue(forKey: code), grant.expires > clock.now else {
            throw SlackError("invalid_code")
        }
        guard redirectURI == grant.redirectURI else { throw SlackError("bad_redirect_uri") }
        guard let index = workspaces.firstIndex(where: { $0.id == grant.team }) else {
            throw SlackError("invalid_code")
        }
        var answer: JSON = [
            "ok": true, "app_id": .string(authorizations.appID ?? SlackApp.id),
            "team": grant.isOrganizationWide
                ? .null : ["id": .string(grant.team), "name": .string(workspaces[index].name)],
            "enterprise": workspaces[index].organization.map { ["id": .string($0.id), "name": .string($0.name)] }
                ?? .null,
            "is_enterprise_install": .bool(grant.isOrganizationWide), "authed_user": ["id": .string(grant.user)],
        ]
        if !grant.userScopes.isEmpty {
            answer["authed_user"] = [
                "id": .string(grant.user), "scope": .string(grant.userScopes.joined(separator: ",")),
                "access_token": .string("xoxp-" + ids.word(40)), "token_type": "user",
            ]
        }
        guard !grant.scopes.isEmpty else { return answer }
        put(into: index, grant)
        answer["token_type"] = "bot"
        answer["bot_user_id"] = .string(workspaces[index].bot.userID)
        answer["scope"] = .string((workspaces[index].bot.granted ?? []).joined(separator: ","))
        return answer.with(try token(of: index))
    }

    /// The app is in the workspace from now on. What was allowed before stays allowed.
    private func put(into index: Int, _ grant: Authorizations.Grant) {
        let wasInstalled = workspaces[index].bot.isInstalled && !workspaces[index].bot.isTokenRevoked
        var scopes = wasInstalled ? workspaces[index].bot.granted ?? manifest.scopes : []
        for scope in grant.scopes where !scopes.contains(scope) { scopes.append(scope) }
        workspaces[index].bot.granted = scopes
        workspaces[index].bot.isInstalled = true
        workspaces[index].bot.isTokenRevoked = false
        workspaces[index].bot.isOrganizationWide = grant.isOrganizationWide
        if !wasInstalled {
            workspaces[index].bot.token = ids.botToken()
            workspaces[index].bot.rotated = []
            journal.hide(workspaces[index].bot.token)
        }
        channelsChanged(team: index)
    }

    private func token(of index: Int) throws(SlackError) -> [String: JSON] {
        guard authorizations.rotates else { return ["access_token": .string(workspaces[index].bot.token)] }
        return rotatedPair(of: index)
    }

    // MARK: a refresh token

    /// - SeeAlso: https://docs.slack.dev/authentication/using-token-rotation
    private func refresh(_ token: String) throws(SlackError) -> JSON {
        for index in workspaces.indices {
            guard let old = workspaces[index].bot.rotated.firstIndex(where: { $0.refresh == token }) else { continue }
            guard workspaces[index].bot.isInstalled else { throw SlackError("account_inactive") }
            guard !workspaces[index].bot.isTokenRevoked else { throw SlackError("token_revoked") }
            guard !workspaces[index].bot.rotated[old].isRefreshed else { throw SlackError("invalid_refresh_token") }
            workspaces[index].bot.rotated[old].isRefreshed = true
            let team = workspaces[index]
            let answer: JSON = [
                "ok": true, "app_id": .string(SlackApp.id), "token_type": "bot",
                "bot_user_id": .string(team.bot.userID),
                "scope": .string((team.bot.granted ?? manifest.scopes).joined(separator: ",")),
                "team": team.bot.isOrganizationWide ? .null : ["id": .string(team.id), "name": .string(team.name)],
                "enterprise": team.organization.map { ["id": .string($0.id), "name": .string($0.name)] } ?? .null,
                "is_enterprise_install": .bool(team.bot.isOrganizationWide),
            ]
            return answer.with(rotatedPair(of: index))
        }
        throw SlackError("invalid_refresh_token")
    }

    /// A new pair; of the earlier ones only the last stays good.
    private func rotatedPair(of index: Int) -> [String: JSON] {
        let pair = SlackApp.RotatedToken(
            token: "xoxe.xoxb-1-\(ids.word(60))", refresh: "xoxe-1-\(ids.word(60))",
            expires: clock.now.addingTimeInterval(TimeInterval(Authorizations.tokenLifetime)))
        journal.hide(pair.token)
        journal.hide(pair.refresh)
        // What was given out before rotation was switched on ends with the first pair.
        workspaces[index].bot.token = ids.botToken()
        workspaces[index].bot.rotated = Array((workspaces[index].bot.rotated + [pair]).suffix(2))
        return [
            "access_token": .string(pair.token), "refresh_token": .string(pair.refresh),
            "expires_in": .int(Authorizations.tokenLifetime),
        ]
    }
}
