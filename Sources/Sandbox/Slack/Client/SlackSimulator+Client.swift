import Hummingbird

extension SlackSimulator {
    /// Adds what the page talks to.
    nonisolated func addClientRoutes(to router: Router<BasicRequestContext>) {
        let client = router.group("client")
        client.get("state") { request, _ in
            try await Self.answer { try await self.clientState(Self.viewer(of: request)) }
        }
        client.get("messages") { request, _ in
            try await Self.answer {
                try await self.clientMessages(Self.viewer(of: request), channel: request.query("channel") ?? "")
            }
        }
        client.get("views") { request, _ in
            try await Self.answer { try await self.clientViews(Self.viewer(of: request)) }
        }
        client.get("home") { request, _ in
            try await Self.answer { try await self.clientHome(Self.viewer(of: request)) }
        }
        client.get("events") { request, _ in
            let viewer = Self.viewer(of: request)
            return ServerSentEvents.response(from: self.feed.subscribe()) { event in
                event.isFor(team: viewer.team, user: viewer.user) ? event.text : nil
            }
        }
        for (path, action) in Self.clientActions {
            client.post(RouterPath(path)) { request, _ in
                try await Self.answer { try await action(self, Asked(try await request.object())) }
            }
        }
    }

    private static func viewer(of request: Request) -> (team: String, user: String) {
        (request.query("team") ?? "", request.query("user") ?? "")
    }

    /// Answers what was made, or 400 with the sentence that says why not.
    nonisolated static func answer(_ make: () async throws -> JSON) async throws -> Response {
        do {
            return .json(try await make())
        } catch let error as ControlError {
            return .json(["ok": false, "error": .string(error.message)], status: .badRequest)
        }
    }

    private typealias ClientAction = @Sendable (SlackSimulator, Asked) async throws -> JSON

    /// What the page can ask for. What comes of it the page hears over its events, hence most answer at once.
    private static let clientActions: [(String, ClientAction)] = [
        (
            "command",
            { slack, asked in
                try await slack.check(asked)
                slack.work.start { _ = try? await slack.command(asked) }
                return ["ok": true]
            }
        ),
        ("message", { slack, asked in try await slack.say(asked) }),
        (
            "action",
            { slack, asked in
                // Answered when the app has acknowledged: the page shows until then that something is going on. A channel
                // hears of a failure by itself, a modal shows it.
                let acknowledgement = try await slack.act(asked)
                let isQuiet = asked.optional("view_id") == nil || acknowledgement.outcome == "not_dispatched"
                if isQuiet || acknowledgement.isOK { return ["ok": true] }
                return ["ok": false, "error": .string(acknowledgement.outcome)]
            }
        ),
        ("options", { slack, asked in try await slack.options(asked).answer }),
        ("submit", { slack, asked in try await slack.submit(asked).json }),
        (
            "close",
            { slack, asked in
                _ = try await slack.surface(
                    .view(asked.text("view_id")), team: asked.text("team"), user: asked.text("user"))
                slack.work.start { _ = try? await slack.close(asked) }
                return ["ok": true]
            }
        ),
        (
            "shortcut",
            { slack, asked in
                let acknowledgement = try await slack.shortcut(asked)
                let isHeard = acknowledgement.isOK || asked.optional("channel") != nil
                return isHeard ? ["ok": true] : ["ok": false, "error": .string(acknowledgement.outcome)]
            }
        ),
        ("workflow", { slack, asked in try await slack.runWorkflow(asked) }),
        ("home", { slack, asked in try await slack.openHome(asked) }),
        ("join", { slack, asked in try await slack.join(asked) }),
    ]

    private func check(_ asked: Asked) throws {
        _ = try participant(
            team: try asked.text("team"), user: try asked.text("user"), channel: asked.optional("channel"))
        guard hostURL != nil || manifest.isSocketMode || sockets.isOpen else {
            throw ControlError("no app is connected: start the host first")
        }
    }

    private func clientState(_ viewer: (team: String, user: String)) throws -> JSON {
        let team = workspaces.first { $0.id == viewer.team } ?? workspaces[0]
        let person = team.people.first { $0.id == viewer.user && !$0.isBot } ?? team.people[0]
        return [
            "teams": .array(
                workspaces.map { ["id": .string($0.id), "name": .string($0.name), "domain": .string($0.domain)] }),
            "team": .string(team.id), "me": .string(person.id), "people": .array(team.people.map(\.clientJSON)),
            "channels": .array(
                team.channels.filter { $0.isVisible(to: person) }.map {
                    $0.clientJSON(viewer: person.id, bot: team.bot.userID)
                }),
            "commands": .array(
                manifest.commands.map {
                    [
                        "command": .string($0.command), "description": .string($0.description),
                        "usage_hint": .string($0.usageHint),
                    ]
                }),
            "shortcuts": .array(
                manifest.shortcuts.map {
                    ["name": .string($0.name), "callback_id": .string($0.callbackID), "type": .string($0.type)]
                }),
            "steps": .array(manifest.steps.map(\.clientJSON)),
            "usergroups": .array(team.usergroups),
            "app": [
                "name": .string(team.botName), "bot_user": .string(team.bot.userID),
                "is_installed": .bool(team.bot.isInstalled), "has_home": .bool(manifest.hasHome),
                "is_connected": .bool(hostURL != nil || sockets.isOpen),
            ],
        ]
    }

    private func clientMessages(_ viewer: (team: String, user: String), channel: String) throws -> JSON {
        let (_, person, found) = try participant(team: viewer.team, user: viewer.user, channel: channel)
        guard let found else { throw ControlError("channel: missing") }
        return ["messages": .array(messages(in: found, for: person.id))]
    }

    private func clientViews(_ viewer: (team: String, user: String)) throws -> JSON {
        let (team, person, _) = try participant(team: viewer.team, user: viewer.user, channel: nil)
        let stack = views.stack(of: ViewStacks.Owner(team: team.id, user: person.id))
        return ["views": .array(stack.map { json($0) })]
    }

    private func clientHome(_ viewer: (team: String, user: String)) throws -> JSON {
        let (team, person, _) = try participant(team: viewer.team, user: viewer.user, channel: nil)
        let home = views.home(of: ViewStacks.Owner(team: team.id, user: person.id))
        return ["view": home.map { json($0) } ?? .null]
    }
}
