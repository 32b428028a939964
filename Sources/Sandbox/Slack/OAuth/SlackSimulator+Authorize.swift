import FoundationEssentials

extension SlackSimulator {
    /// What the address of an authorize page asks for.
    struct AuthorizeRequest: Sendable {
        let scopes: [String]
        let userScopes: [String]
        let redirectURI: String
        let state: String?
        let team: String?
    }

    /// How somebody answers the page.
    enum AuthorizeAnswer: String, Sendable {
        case allow
        case cancel
        /// Asks an administrator to approve it.
        case request
    }

    /// Reads the query of an authorize page, or says as Slack does why it shows none.
    ///
    /// - SeeAlso: https://docs.slack.dev/authentication/installing-with-oauth
    func authorizeRequest(_ fields: [String: String]) throws(ControlError) -> AuthorizeRequest {
        guard fields["client_id"] == client.id else {
            throw ControlError("invalid_client_id: this Slack knows no app with that client id")
        }
        let uri = fields["redirect_uri"] ?? ""
        guard isRedirect(uri) else {
            let known = manifest.redirectURLs.joined(separator: ", ")
            throw ControlError("bad_redirect_uri: \(uri) is not one of the app's redirect URLs: \(known)")
        }
        let scopes = Self.scopes(fields["scope"])
        let userScopes = Self.scopes(fields["user_scope"])
        guard !scopes.isEmpty || !userScopes.isEmpty else { throw ControlError("no_scopes: no scopes were asked for") }
        for scope in scopes + userScopes where !Self.isScope(scope) {
            throw ControlError("invalid_scope: there is no scope \(scope)")
        }
        if !scopes.isEmpty, manifest.scopes.isEmpty { throw ControlError("invalid_scope: the app has no bot user") }
        return AuthorizeRequest(
            scopes: scopes, userScopes: userScopes, redirectURI: uri, state: fields["state"],
            team: fields["team"].flatMap { $0.isEmpty ? nil : $0 })
    }

    /// One of the app's addresses, or one below it; on this machine Slack's rule that it must be https is not kept.
    private func isRedirect(_ uri: String) -> Bool {
        !uri.isEmpty && !uri.utf8.contains(UInt8(ascii: "#"))
            && manifest.redirectURLs.contains { known in
                let (known, uri) = (Array(known.utf8), Array(uri.utf8))
                guard uri.starts(with: known) else { return false }
                let rest = uri.dropFirst(known.count).first
                return rest == nil || rest == UInt8(ascii: "/") || rest == UInt8(ascii: "?")
            }
    }

    static func scopes(_ text: String?) -> [String] {
        (text ?? "").split { $0 == "," || $0 == " " }.map(String.init)
    }

    private static func isScope(_ text: String) -> Bool {
        text.utf8.count <= 60
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || [UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")].contains(byte)
            }
    }

    /// What became of an answer.
    enum AuthorizeOutcome: Sendable {
        /// The browser goes back to the app.
        case redirect(String)
        /// The browser stays: an administrator has to approve it.
        case waits
    }

    func answer(
        _ request: AuthorizeRequest, _ answer: AuthorizeAnswer, team teamID: String, user: String,
        organizationWide: Bool = false
    ) throws(ControlError) -> AuthorizeOutcome {
        let team = try workspace(teamID)
        guard let person = team.person(user), !person.isBot else {
            throw ControlError("user: nobody in \(teamID) is called \(user)")
        }
        if organizationWide, team.organization == nil {
            throw ControlError("organization: \(team.name) belongs to no organization")
        }
        switch answer {
        case .cancel: return .redirect(Self.address(request, [("error", "access_denied")]))
        case .request:
            authorizations.requested.insert(teamID)
            return .waits
        case .allow: break
        }
        if authorizations.needApproval.contains(teamID), !person.isAdmin {
            throw ControlError("answer: an administrator of \(team.name) has to approve this app first; request it")
        }
        authorizations.requested.remove(teamID)
        let code = "\(ids.digits(12)).\(ids.digits(12)).\(ids.hex(64))"
        authorizations.codes[code] = Authorizations.Grant(
            team: teamID, user: user, redirectURI: request.redirectURI,
            scopes: request.scopes.filter { !authorizations.withheld.contains($0) }, userScopes: request.userScopes,
            isOrganizationWide: organizationWide, expires: clock.now.addingTimeInterval(Authorizations.lifetime))
        return .redirect(Self.address(request, [("code", code)]))
    }

    /// An administrator approves the app for a workspace, and whoever asked is told.
    func approve(team: String) throws(ControlError) {
        _ = try workspaceIndex(team)
        authorizations.needApproval.remove(team)
        authorizations.requested.remove(team)
    }

    private static func address(_ request: AuthorizeRequest, _ fields: [(name: String, value: String)]) -> String {
        let all = fields + (request.state.map { [("state", $0)] } ?? [])
        let mark = request.redirectURI.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
        return request.redirectURI + mark + FormText.write(all)
    }
}
