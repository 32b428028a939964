import Hummingbird

/// The part of `/control/…` that acts as people in Slack: what a page does by clicking, scripts do by names.
struct SlackControl: Sendable {
    let slack: SlackSimulator

    func addRoutes(to router: Router<BasicRequestContext>) {
        let control = router.group("control/slack")
        let deeds: [(String, @Sendable (SlackSimulator, Asked) async throws -> JSON)] = [
            ("command", { slack, asked in try await slack.command(asked).json }),
            ("message", { slack, asked in try await slack.say(asked) }),
            ("action", { slack, asked in try await Self.act(slack, asked) }),
            ("submit", { slack, asked in try await Self.submit(slack, asked) }),
            (
                "options",
                { slack, asked in
                    let (answer, acknowledgement) = try await slack.options(asked)
                    return acknowledgement.json.with(answer.object?.mapValues { $0 } ?? [:])
                }
            ),
            (
                "close",
                { slack, asked in
                    let acknowledgements = try await slack.close(asked)
                    return ["ok": true, "acknowledgements": .array(acknowledgements.map(\.json))]
                }
            ),
            ("workflow", { slack, asked in try await slack.runWorkflow(asked) }),
            ("shortcut", { slack, asked in try await slack.shortcut(asked).json }),
            ("home", { slack, asked in try await slack.openHome(asked) }),
            ("join", { slack, asked in try await slack.join(asked) }),
            (
                "uninstall",
                { slack, asked in
                    await slack.uninstall(team: try await slack.workspaceIndex(asked.text("team")))
                    return ["ok": true]
                }
            ),
            (
                "install",
                { slack, asked in
                    await slack.reinstall(team: try await slack.workspaceIndex(asked.text("team")))
                    return ["ok": true]
                }
            ),
        ]
        let slack = slack
        for (path, deed) in deeds {
            control.post(RouterPath(path)) { request, _ in
                try await SlackSimulator.answer { try await deed(slack, Asked(try await request.object())) }
            }
        }
        control.get("channels/:id/messages") { request, context in
            let id = context.parameters.get("id") ?? ""
            return try await SlackSimulator.answer {
                try await slack.controlMessages(channel: id, team: request.query("team"), user: request.query("user"))
            }
        }
        control.get("channels") { request, _ in
            try await SlackSimulator.answer { try await slack.controlChannels(team: request.query("team")) }
        }
        control.get("workflows") { _, _ in Response.json(await slack.runs) }
        control.get("views") { request, _ in
            try await SlackSimulator.answer {
                try await slack.controlViews(team: request.query("team"), user: request.query("user"))
            }
        }
    }

    /// Works an element that is named by its action id or by what stands on it.
    private static func act(_ slack: SlackSimulator, _ asked: Asked) async throws -> JSON {
        let team = try asked.text("team")
        let user = try asked.text("user")
        let label = try asked.text("action")
        let candidates = try await slack.surfaces(for: asked, team: team, user: user)
        for (place, surface) in candidates {
            guard
                let chosen = try Labels(team: surface.team).element(
                    label, value: asked.body["value"], in: surface.blocks)
            else { continue }
            return try await slack.act(
                on: place, team: team, user: user, block: chosen.place.blockID, actionID: chosen.place.actionID,
                action: chosen.action, state: asked.body["state"]
            ).json
        }
        let known = Set(candidates.flatMap { Labels.all(in: $0.surface.blocks) }).sorted()
        throw ControlError("action: nothing here is called \(label); there is: \(known.joined(separator: ", "))")
    }

    /// Fills a form whose fields are named by their labels, and submits it.
    private static func submit(_ slack: SlackSimulator, _ asked: Asked) async throws -> JSON {
        let team = try asked.text("team")
        let user = try asked.text("user")
        let id: String
        if let given = asked.optional("view_id") {
            id = given
        } else if let top = await slack.stack(team: team, user: user).last {
            id = top.id
        } else {
            throw ControlError("view_id: this person has no view open")
        }
        let surface = try await slack.surface(.view(id), team: team, user: user)
        var values: [String: JSON] = [:]
        for (label, value) in (asked.body["values"]?.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            let labels = Labels(team: surface.team)
            guard let place = labels.input(label, in: surface.blocks) else {
                let known = Labels.all(in: surface.blocks).joined(separator: ", ")
                throw ControlError("values: no field is called \(label); there is: \(known)")
            }
            let entered = try await labels.value(value, for: place) { query in
                try await slack.options(
                    on: .view(id), team: team, user: user, block: place.blockID, actionID: place.actionID, value: query
                ).answer
            }
            values[place.blockID] = (values[place.blockID] ?? [:]).with([place.actionID: entered])
        }
        let submission = try await slack.submit(
            view: id, team: team, user: user, state: ["values": .object(values)])
        return submission.acknowledgement.json.with(submission.json.object?.mapValues { $0 } ?? [:])
    }
}

extension SlackSimulator {
    func stack(team: String, user: String) -> [SlackView] {
        views.stack(of: ViewStacks.Owner(team: team, user: user))
    }

    /// Where an action may be meant, likeliest first: the place that is named, else what lies open, else the
    /// conversation's messages from the newest on.
    func surfaces(
        for asked: Asked, team: String, user: String
    ) throws(ControlError) -> [(place: BlockSurface, surface: Surface)] {
        if asked.optional("view_id") != nil || asked.optional("message_ts") != nil {
            let place = try asked.surface()
            return [(place, try surface(place, team: team, user: user))]
        }
        guard let channelID = asked.optional("channel") else {
            guard let top = stack(team: team, user: user).last else { throw ControlError("channel: missing") }
            return [(.view(top.id), try surface(.view(top.id), team: team, user: user))]
        }
        let (_, person, found) = try participant(team: team, user: user, channel: channelID)
        let visible = (found?.messages ?? []).reversed().filter { $0.ephemeralFor.map { $0 == person.id } ?? true }
        return try visible.prefix(100).map { (message) throws(ControlError) in
            let place = BlockSurface.message(channel: channelID, ts: message.ts)
            return (place, try surface(place, team: team, user: user))
        }
    }

    func controlMessages(channel id: String, team: String?, user: String?) throws -> JSON {
        guard let workspace = workspaces.first(where: { (team == nil || $0.id == team) && $0.channel(id) != nil }),
            let channel = workspace.channel(id)
        else { throw ControlError("no such channel") }
        guard let user else {
            // Without a person everything is shown, ephemeral messages with whom they are for.
            return [
                "messages": .array(
                    channel.messages.map { message in
                        let json = message.clientJSON(replyCount: replies(to: message.ts, in: channel).count)
                        return json.with(["ephemeral_for": message.ephemeralFor.map(JSON.string)])
                    })
            ]
        }
        let (_, person, _) = try participant(team: workspace.id, user: user, channel: id)
        return ["messages": .array(messages(in: channel, for: person.id))]
    }

    func controlChannels(team: String?) throws -> JSON {
        [
            "channels": .array(
                workspaces.filter { team == nil || $0.id == team }.flatMap { workspace in
                    workspace.channels.map {
                        $0.json(viewer: workspace.bot.userID, team: workspace.id).with([
                            "members": .array($0.members.map(JSON.string)), "bookmarks": .array($0.bookmarks),
                            "pins": .array($0.pins.map(JSON.string)),
                        ])
                    }
                })
        ]
    }

    func controlViews(team: String?, user: String?) throws -> JSON {
        var open: [JSON] = []
        for workspace in workspaces where team == nil || workspace.id == team {
            for person in workspace.people where user == nil || person.id == user {
                for view in stack(team: workspace.id, user: person.id) {
                    open.append(json(view).with(["user": .string(person.id)]))
                }
            }
        }
        return ["views": .array(open)]
    }
}
