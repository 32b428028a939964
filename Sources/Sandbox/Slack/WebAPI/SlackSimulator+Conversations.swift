extension SlackSimulator {
    /// The conversation that a call names, if the app can see it.
    func visibleChannel(_ call: SlackCall, _ name: String = "channel") throws(SlackError) -> SlackChannel {
        let team = workspaces[call.team]
        guard let id = call.text(name), let channel = team.channel(id) else { throw SlackError("channel_not_found") }
        guard channel.kind == .public || channel.hasMember(team.bot.userID) else {
            throw SlackError("channel_not_found")
        }
        return channel
    }

    private func json(_ channel: SlackChannel, team: Int) -> JSON {
        channel.json(viewer: workspaces[team].bot.userID, team: workspaces[team].id)
    }

    private func requireMembership(_ channel: SlackChannel, team: Int) throws(SlackError) {
        guard channel.hasMember(workspaces[team].bot.userID) else { throw SlackError("not_in_channel") }
    }

    private func edit(_ channel: SlackChannel, team: Int, _ change: (inout SlackChannel) -> Void) -> SlackChannel {
        guard let index = workspaces[team].channelIndex(channel.id) else { return channel }
        change(&workspaces[team].channels[index])
        channelsChanged(team: team)
        return workspaces[team].channels[index]
    }

    func listConversations(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let team = workspaces[call.team]
        let kinds = try kinds(call)
        let channels = team.channels.filter { channel in
            kinds.contains(channel.kind) && (channel.kind == .public || channel.hasMember(team.bot.userID))
                && !(channel.isArchived && call.flag("exclude_archived") == true)
        }
        let page = try call.page(channels.map { json($0, team: call.team) }, defaultLimit: 100)
        return ["channels": .array(page.items), "response_metadata": page.metadata]
    }

    func conversationInfo(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let channel = try visibleChannel(call)
        try require("read", on: channel.kind)
        var json = json(channel, team: call.team)
        if call.flag("include_num_members") != true { json["num_members"] = nil }
        return ["channel": json]
    }

    func conversationMembers(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let channel = try visibleChannel(call)
        try require("read", on: channel.kind)
        let page = try call.page(channel.members.map(JSON.string), defaultLimit: 100)
        return ["members": .array(page.items), "response_metadata": page.metadata]
    }

    func openConversation(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        try require(anyOf: ["im:write"])
        if call.text("channel") != nil {
            let channel = try visibleChannel(call)
            guard channel.kind == .im else { throw SlackError("method_not_supported_for_channel_type") }
            return ["channel": ["id": .string(channel.id)], "no_op": true, "already_open": true]
        }
        let users = call.list("users")
        guard let user = users.first else { throw SlackError("users_list_not_supplied") }
        // Group direct messages are left out of this Slack.
        guard users.count == 1 else { throw SlackError("invalid_user_combination") }
        let team = workspaces[call.team]
        guard team.person(user) != nil, user != team.bot.userID else { throw SlackError("user_not_found") }
        let existed = team.directMessage(between: user, and: team.bot.userID) != nil
        let channel = directMessage(with: user, team: call.team)
        let full = call.flag("return_im") == true
        var answer: [String: JSON] = ["channel": full ? json(channel, team: call.team) : ["id": .string(channel.id)]]
        if existed {
            answer["no_op"] = true
            answer["already_open"] = true
        }
        return answer
    }

    func joinConversation(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let channel = try visibleChannel(call)
        guard channel.kind == .public else { throw SlackError("method_not_supported_for_channel_type") }
        guard !channel.isArchived else { throw SlackError("is_archived") }
        if channel.hasMember(workspaces[call.team].bot.userID) {
            return [
                "channel": json(channel, team: call.team), "warning": "already_in_channel",
                "response_metadata": ["warnings": ["already_in_channel"]],
            ]
        }
        let joined = add(workspaces[call.team].bot.userID, to: channel, by: nil, team: call.team)
        return ["channel": json(joined, team: call.team)]
    }

    /// Makes somebody a member, with the message that says so.
    @discardableResult
    func add(_ person: String, to channel: SlackChannel, by inviter: String?, team: Int) -> SlackChannel {
        let changed = edit(channel, team: team) { $0.members.append(person) }
        let verb = channel.kind == .public ? "has joined the channel" : "has joined the group"
        var message = SlackMessage(ts: timestamp(), user: person, text: "<@\(person)> \(verb)")
        message.subtype = channel.kind == .public ? "channel_join" : "group_join"
        post(message, to: channel.id, team: team)
        emitMembership("member_joined_channel", person, in: changed, inviter: inviter, team: team)
        return changed
    }

    /// Most conversations of a workspace.
    private static let mostChannels = 2_000

    func createConversation(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let isPrivate = call.flag("is_private") ?? false
        try require("manage", on: isPrivate ? .private : .public)
        let name = try newName(call)
        guard workspaces[call.team].channels.count < Self.mostChannels else {
            throw SlackError("cannot_create_channel")
        }
        let bot = workspaces[call.team].bot.userID
        let channel = SlackChannel(
            id: ids.id("C"), name: name, kind: isPrivate ? .private : .public, members: [bot], creator: bot,
            created: second)
        workspaces[call.team].channels.append(channel)
        channelsChanged(team: call.team)
        if channel.kind == .public { emitChannel("channel_created", channel, team: call.team) }
        return ["channel": json(channel, team: call.team)]
    }

    /// A channel's name in Slack's spelling: small letters, digits, hyphens and underscores.
    private func newName(_ call: SlackCall) throws(SlackError) -> String {
        guard let name = call.text("name") else { throw SlackError("invalid_name_required") }
        guard name.unicodeScalars.count <= 80 else { throw SlackError("invalid_name_maxlength") }
        let isFine = name.unicodeScalars.allSatisfy { scalar in
            scalar == "-" || scalar == "_"
                || (scalar.properties.isAlphabetic && !scalar.properties.isUppercase)
                || scalar.properties.numericType == .decimal
        }
        guard isFine else { throw SlackError("invalid_name_specials") }
        guard !name.unicodeScalars.allSatisfy({ $0 == "-" || $0 == "_" }) else {
            throw SlackError("invalid_name_punctuation")
        }
        guard !workspaces[call.team].channels.contains(where: { $0.name == name }) else {
            throw SlackError("name_taken")
        }
        return name
    }

    private func manageable(_ call: SlackCall, orAnyOf rights: [String] = []) throws(SlackError) -> SlackChannel {
        let channel = try visibleChannel(call)
        guard channel.kind != .im else { throw SlackError("method_not_supported_for_channel_type") }
        try require("manage", on: channel.kind, orAnyOf: rights)
        try requireMembership(channel, team: call.team)
        return channel
    }

    func inviteToConversation(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let channel = try manageable(call, orAnyOf: ["write.invites"])
        guard !channel.isArchived else { throw SlackError("is_archived") }
        let users = call.list("users")
        guard !users.isEmpty else { throw SlackError("no_user") }
        guard users.count <= 100 else { throw SlackError("too_many_users") }
        var problems: [JSON] = []
        var invited: [String] = []
        for user in users {
            let error: String? =
                if workspaces[call.team].person(user) == nil {
                    "user_not_found"
                } else if user == workspaces[call.team].bot.userID {
                    "cant_invite_self"
                } else if channel.hasMember(user) || invited.contains(user) {
                    "already_in_channel"
                } else {
                    nil
                }
            if let error {
                problems.append(["user": .string(user), "ok": false, "error": .string(error)])
            } else {
                invited.append(user)
            }
        }
        if let first = problems.first?["error"]?.string, call.flag("force") != true || invited.isEmpty {
            throw SlackError(first, fields: users.count > 1 ? ["errors": .array(problems)] : [:])
        }
        var changed = channel
        for user in invited {
            changed = add(user, to: channel, by: workspaces[call.team].bot.userID, team: call.team)
        }
        return ["channel": json(changed, team: call.team)]
    }

    func archive(_ call: SlackCall, _ archived: Bool) throws(SlackError) -> [String: JSON] {
        let channel = try manageable(call)
        guard channel.isArchived != archived else { throw SlackError(archived ? "already_archived" : "not_archived") }
        guard !channel.isGeneral else { throw SlackError("cant_archive_general") }
        let changed = edit(channel, team: call.team) { $0.isArchived = archived }
        let event = archived ? "archive" : "unarchive"
        emitChannel(channel.kind == .public ? "channel_\(event)" : "group_\(event)", changed, team: call.team)
        return [:]
    }

    func renameConversation(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let channel = try manageable(call)
        guard !channel.isArchived else { throw SlackError("is_archived") }
        let name = try newName(call)
        let changed = edit(channel, team: call.team) {
            $0.previousNames.insert($0.name, at: 0)
            $0.name = name
        }
        emitChannel(channel.kind == .public ? "channel_rename" : "group_rename", changed, team: call.team)
        return ["channel": json(changed, team: call.team)]
    }

    func setTopic(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let channel = try manageable(call, orAnyOf: ["write.topic"])
        let topic = call.text("topic") ?? ""
        guard topic.unicodeScalars.count <= 250 else { throw SlackError("too_long") }
        return ["channel": json(edit(channel, team: call.team) { $0.topic = topic }, team: call.team)]
    }

    func setPurpose(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let channel = try manageable(call, orAnyOf: ["write.topic"])
        let purpose = call.text("purpose") ?? ""
        guard purpose.unicodeScalars.count <= 250 else { throw SlackError("too_long") }
        return [
            "purpose": .string(purpose),
            "channel": json(edit(channel, team: call.team) { $0.purpose = purpose }, team: call.team),
        ]
    }

    func kick(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let channel = try manageable(call)
        let user = try call.required("user")
        guard user != workspaces[call.team].bot.userID else { throw SlackError("cant_kick_self") }
        guard channel.hasMember(user) else { throw SlackError("not_in_channel") }
        guard !channel.isGeneral else { throw SlackError("cant_kick_from_general") }
        remove(user, from: channel, team: call.team)
        return ["errors": [:]]
    }

    func leave(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let channel = try visibleChannel(call)
        guard channel.kind != .im else { throw SlackError("method_not_supported_for_channel_type") }
        try require("manage", on: channel.kind)
        guard channel.hasMember(workspaces[call.team].bot.userID) else { return ["not_in_channel": true] }
        guard !channel.isGeneral else { throw SlackError("cant_leave_general") }
        remove(workspaces[call.team].bot.userID, from: channel, team: call.team)
        return [:]
    }

    /// Ends somebody's membership.
    func remove(_ person: String, from channel: SlackChannel, team: Int) {
        let changed = edit(channel, team: team) { $0.members.removeAll { $0 == person } }
        emitMembership("member_left_channel", person, in: changed, inviter: nil, team: team)
    }
}
