/// The deeds of a simulated person, as pages and scripts ask for them.
extension SlackSimulator {
    func command(_ asked: Asked) async throws -> Acknowledgement {
        try await command(
            team: asked.text("team"), user: asked.text("user"), channel: asked.text("channel"), text: asked.text("text")
        )
    }

    /// Says something in a conversation.
    func say(_ asked: Asked) async throws -> JSON {
        let text = try asked.text("text")
        let (team, person, found) = try participant(
            team: asked.text("team"), user: asked.text("user"), channel: asked.text("channel"))
        guard let channel = found else { throw ControlError("channel: missing") }
        guard channel.hasMember(person.id) else { throw ControlError("not_in_channel") }
        guard !channel.isArchived else { throw ControlError("is_archived") }
        guard text.unicodeScalars.count <= MessageContent.longestText else { throw ControlError("msg_too_long") }
        var message = SlackMessage(ts: timestamp(), user: person.id, text: Mentions(team: team).messageText(text))
        message.clientMessageID = ids.uuid()
        message.richText = RichText.block(of: message.text, ids: &ids)
        if let thread = asked.optional("thread_ts") {
            guard let parent = channel.messages.first(where: { $0.ts == thread && $0.ephemeralFor == nil }) else {
                throw ControlError("thread_not_found")
            }
            message.threadTS = parent.threadTS ?? parent.ts
        }
        post(message, to: channel.id, team: try workspaceIndex(team.id))
        return ["ok": true, "ts": .string(message.ts)]
    }

    func act(_ asked: Asked) async throws -> Acknowledgement {
        try await act(
            on: asked.surface(), team: asked.text("team"), user: asked.text("user"),
            block: asked.optional("block_id") ?? "", actionID: asked.text("action_id"),
            action: asked.body["action"] ?? [:], state: asked.body["state"])
    }

    func options(_ asked: Asked) async throws -> (answer: JSON, acknowledgement: Acknowledgement) {
        try await options(
            on: asked.surface(), team: asked.text("team"), user: asked.text("user"),
            block: asked.optional("block_id") ?? "", actionID: asked.text("action_id"),
            value: asked.body["value"]?.string ?? "")
    }

    func submit(_ asked: Asked) async throws -> Submission {
        try await submit(
            view: asked.text("view_id"), team: asked.text("team"), user: asked.text("user"), state: asked.body["state"])
    }

    func close(_ asked: Asked) async throws -> [Acknowledgement] {
        try await close(
            view: asked.text("view_id"), team: asked.text("team"), user: asked.text("user"),
            all: asked.body["all"]?.bool ?? false)
    }

    func shortcut(_ asked: Asked) async throws -> Acknowledgement {
        try await shortcut(
            asked.text("callback_id"), team: asked.text("team"), user: asked.text("user"),
            channel: asked.optional("channel"), messageTS: asked.optional("message_ts"))
    }

    /// Opens the app's Home or Messages tab.
    ///
    /// - SeeAlso: https://docs.slack.dev/reference/events/app_home_opened
    func openHome(_ asked: Asked) throws -> JSON {
        let (team, person, _) = try participant(
            team: try asked.text("team"), user: try asked.text("user"), channel: nil)
        let tab = asked.optional("tab") ?? "home"
        guard ["home", "messages"].contains(tab) else { throw ControlError("tab: home or messages") }
        let index = try workspaceIndex(team.id)
        var fields: [String: JSON] = [
            "user": .string(person.id), "channel": .string(directMessage(with: person.id, team: index).id),
            "tab": .string(tab),
        ]
        let home = views.home(of: ViewStacks.Owner(team: team.id, user: person.id))
        if tab == "home" { fields["view"] = home.map { json($0) } }
        emit("app_home_opened", fields, team: index)
        return ["ok": true, "view": home.map { json($0) } ?? .null]
    }

    /// Joins a public channel.
    func join(_ asked: Asked) throws -> JSON {
        let (team, person, found) = try participant(
            team: try asked.text("team"), user: try asked.text("user"), channel: try asked.text("channel"))
        guard let channel = found, channel.kind == .public else { throw ControlError("channel: no public channel") }
        if !channel.hasMember(person.id) {
            add(person.id, to: channel, by: nil, team: try workspaceIndex(team.id))
        }
        return ["ok": true]
    }

    /// Takes the app out of a workspace: its token dies and the app is told.
    func uninstall(team: Int) {
        guard workspaces[team].bot.isInstalled else { return }
        workspaces[team].bot.isInstalled = false
        workspaces[team].bot.rotated = []
        let bot = workspaces[team].bot.userID
        emit("tokens_revoked", ["tokens": ["oauth": [], "bot": [.string(bot)]]], team: team, evenIfGone: true)
        emit("app_uninstalled", [:], team: team, evenIfGone: true)
        channelsChanged(team: team)
    }

    /// Puts the app back into a workspace, with the token that it had.
    func reinstall(team: Int) {
        workspaces[team].bot.isInstalled = true
        workspaces[team].bot.isTokenRevoked = false
        channelsChanged(team: team)
    }

    /// An administrator of the workspace withdraws the app's token.
    func withdrawToken(team: Int) {
        workspaces[team].bot.isTokenRevoked = true
        let bot = workspaces[team].bot.userID
        emit("tokens_revoked", ["tokens": ["oauth": [], "bot": [.string(bot)]]], team: team, evenIfGone: true)
    }
}
