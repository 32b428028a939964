extension SlackSimulator {
    func authTest(_ call: SlackCall) -> [String: JSON] {
        let team = workspaces[call.team]
        let isWide = team.bot.isOrganizationWide
        var answer: [String: JSON] = [
            "url": .string("https://\(team.domain).slack.com/"),
            "team": .string(isWide ? team.organization?.name ?? team.name : team.name),
            "user": .string(team.person(team.bot.userID)?.name ?? ""),
            "team_id": isWide ? team.enterprise : .string(team.id),
            "user_id": .string(team.bot.userID), "bot_id": .string(team.bot.botID),
            "is_enterprise_install": .bool(isWide),
        ]
        if team.organization != nil { answer["enterprise_id"] = team.enterprise }
        return answer
    }

    func authRevoke(_ call: SlackCall) -> [String: JSON] {
        if call.flag("test") == true { return ["revoked": false] }
        workspaces[call.team].bot.isTokenRevoked = true
        let bot = workspaces[call.team].bot.userID
        emit("tokens_revoked", ["tokens": ["oauth": [], "bot": [.string(bot)]]], team: call.team)
        return ["revoked": true]
    }

    func teamInfo(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let team = workspaces[call.team]
        if let asked = call.text("team"), asked != team.id { throw SlackError("team_not_found") }
        return [
            "team": [
                "id": .string(team.id), "name": .string(team.name), "domain": .string(team.domain),
                "url": .string("https://\(team.domain).slack.com/"), "email_domain": .string("\(team.domain).example"),
                "icon": ["image_default": true], "is_verified": false,
            ]
        ]
    }

    func listUsergroups(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let team = workspaces[call.team]
        let includesUsers = call.flag("include_users") ?? false
        return [
            "usergroups": .array(
                team.usergroups.map { group in
                    guard includesUsers, let id = group["id"]?.string else { return group }
                    return group.with(["users": .array((team.usergroupMembers[id] ?? []).map(JSON.string))])
                })
        ]
    }

    func listUsergroupMembers(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        guard let users = workspaces[call.team].usergroupMembers[try call.required("usergroup")] else {
            throw SlackError("no_such_subteam")
        }
        return ["users": .array(users.map(JSON.string))]
    }
}
