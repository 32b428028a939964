extension SlackSimulator {
    private func json(_ person: SlackPerson, team: Int) -> JSON {
        person.json(
            team: workspaces[team].id, bot: workspaces[team].bot,
            showsEmail: scopes.contains("users:read.email"), at: clock.now)
    }

    func userInfo(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        guard let id = call.text("user"), let person = workspaces[call.team].person(id) else {
            throw SlackError("user_not_found")
        }
        return ["user": json(person, team: call.team)]
    }

    func listUsers(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let members = workspaces[call.team].people.map { json($0, team: call.team) }
        let page = try call.page(members, defaultLimit: 1_000)
        return [
            "members": .array(page.items), "response_metadata": page.metadata,
            "cache_ts": .int(second),
        ]
    }

    func lookUp(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let email = try call.required("email").lowercased()
        guard let person = workspaces[call.team].people.first(where: { $0.email?.lowercased() == email }) else {
            throw SlackError("users_not_found")
        }
        return ["user": json(person, team: call.team)]
    }

    func conversationsOfUser(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let team = workspaces[call.team]
        let user = call.text("user") ?? team.bot.userID
        guard team.person(user) != nil else { throw SlackError("user_not_found") }
        let kinds = try kinds(call)
        let isBot = user == team.bot.userID
        let channels = team.channels.filter { channel in
            kinds.contains(channel.kind) && channel.hasMember(user)
                && (isBot || channel.kind == .public || channel.hasMember(team.bot.userID))
                && !(channel.isArchived && call.flag("exclude_archived") == true)
        }
        let page = try call.page(
            channels.map { $0.json(viewer: team.bot.userID, team: team.id) }, defaultLimit: 100)
        return ["channels": .array(page.items), "response_metadata": page.metadata]
    }

    /// The kinds of conversations that a call asks for, if the app may see them.
    func kinds(_ call: SlackCall) throws(SlackError) -> Set<SlackChannel.Kind> {
        let names = call.list("types")
        var kinds: Set<SlackChannel.Kind> = []
        for name in names.isEmpty ? ["public_channel"] : names {
            switch name {
            case "public_channel": kinds.insert(.public)
            case "private_channel": kinds.insert(.private)
            case "im": kinds.insert(.im)
            case "mpim": try require(anyOf: ["mpim:read"])
            default: throw SlackError("invalid_types")
            }
        }
        for kind in [SlackChannel.Kind.public, .private, .im] where kinds.contains(kind) {
            try require("read", on: kind)
        }
        return kinds
    }
}
