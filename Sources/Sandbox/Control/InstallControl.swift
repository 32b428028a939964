import Hummingbird

/// The part of `/control/slack/…` that is about the app being installed: what a person answers on Slack's page, and
/// what an administrator of a workspace does.
struct InstallControl: Sendable {
    let slack: SlackSimulator

    func addRoutes(to router: Router<BasicRequestContext>) {
        let control = router.group("control/slack")
        let slack = slack
        let deeds: [(String, @Sendable (Asked) async throws -> JSON)] = [
            ("authorize", { try await authorize($0) }),
            (
                "approve",
                { asked in
                    try await slack.approve(team: try asked.text("team"))
                    return ["ok": true]
                }
            ),
            (
                "revoke",
                { asked in
                    await slack.withdrawToken(team: try await slack.workspaceIndex(asked.text("team")))
                    return ["ok": true]
                }
            ),
            (
                "oauth",
                { asked in
                    await slack.arrange(asked.body)
                    return ["ok": true]
                }
            ),
        ]
        for (path, deed) in deeds {
            control.post(RouterPath(path)) { request, _ in
                try await SlackSimulator.answer { try await deed(Asked(try await request.object())) }
            }
        }
    }

    /// Opens the address of an authorize page and answers it as somebody.
    private func authorize(_ asked: Asked) async throws -> JSON {
        let url = try asked.text("url")
        let query = url.split(separator: "?", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
        let request = try await slack.authorizeRequest(FormText.read(query.utf8))
        guard let answer = SlackSimulator.AuthorizeAnswer(rawValue: asked.optional("answer") ?? "allow") else {
            throw ControlError("answer: allow, cancel or request")
        }
        let outcome = try await slack.answer(
            request, answer, team: try asked.text("team"), user: try asked.text("user"),
            organizationWide: asked.body["organization"]?.bool ?? false)
        switch outcome {
        case .redirect(let address): return ["ok": true, "location": .string(address)]
        case .waits: return ["ok": true, "waits": true]
        }
    }
}

extension SlackSimulator {
    /// Lets the next installs go as a script wants it: `rotation`, `approval` (workspaces), `withheld` (scopes), `app_id`,
    /// `granted` (scopes by workspace, as an earlier install left them).
    func arrange(_ wishes: JSON) {
        if let rotates = wishes["rotation"]?.bool { authorizations.rotates = rotates }
        if let teams = wishes["approval"]?.array { authorizations.needApproval = Set(teams.compactMap(\.string)) }
        if let scopes = wishes["withheld"]?.array { authorizations.withheld = Set(scopes.compactMap(\.string)) }
        if let id = wishes["app_id"]?.string { authorizations.appID = id.isEmpty ? nil : id }
        for (team, scopes) in wishes["granted"]?.object ?? [:] {
            guard let index = workspaces.firstIndex(where: { $0.id == team }) else { continue }
            workspaces[index].bot.granted = (scopes.array ?? []).compactMap(\.string)
        }
    }
}
