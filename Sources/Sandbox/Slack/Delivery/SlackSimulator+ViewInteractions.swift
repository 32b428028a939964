extension SlackSimulator {
    /// What a submitted view led to.
    struct Submission: Sendable {
        var acknowledgement: Acknowledgement
        /// Sentences at their fields, by block id.
        var errors: [String: String] = [:]
        /// A sentence for the whole view.
        var error: String?

        /// As the page is answered.
        var json: JSON {
            if !errors.isEmpty { return ["ok": false, "errors": .object(errors.mapValues(JSON.string))] }
            if let error { return ["ok": false, "error": .string(error)] }
            return ["ok": true]
        }
    }

    /// What Slack's client says when the app does not answer a view as it should.
    static let troubleConnecting = "We had some trouble connecting. Try again?"

    /// Submits a view with what is entered.
    ///
    /// - SeeAlso: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload#view_submission
    func submit(
        view id: String, team: String, user: String, state: JSON?
    ) async throws(ControlError) -> Submission {
        let surface = try surface(.view(id), team: team, user: user)
        guard var view = surface.view, view.type == "modal" else { throw ControlError("view_id: no modal") }
        merge(state?["values"], into: &view.state, blocks: view.blocks)
        views.replace(view)
        let errors = FormRules.problems(of: view)
        guard errors.isEmpty else {
            return Submission(
                acknowledgement: Acknowledgement(status: 0, ms: 0, outcome: "incomplete"), errors: errors)
        }
        var payload = interaction("view_submission", team: surface.team, user: surface.person).with([
            "view": submittedJSON(view),
            "trigger_id": .string(
                makeTrigger(team: surface.team.id, user: user, view: view.id, channel: view.channel)),
        ])
        payload["response_urls"] = .array(submissionURLs(view))
        let acknowledgement = await send(interaction: payload, to: try address(manifest.interactivityURL))
        guard acknowledgement.isOK else {
            return Submission(acknowledgement: acknowledgement, error: Self.troubleConnecting)
        }
        do {
            return try apply(acknowledgement, to: view)
        } catch {
            var failed = acknowledgement
            failed.outcome = ([error.code] + error.messages).joined(separator: ": ")
            return Submission(acknowledgement: failed, error: Self.troubleConnecting)
        }
    }

    /// Of a submitted view only the values of input blocks and of elements that keep one are sent.
    private func submittedJSON(_ view: SlackView) -> JSON { json(view) }

    /// Addresses for answering, which a modal has where a select asks for one.
    private func submissionURLs(_ view: SlackView) -> [JSON] {
        BlockKitForm.elements(in: view.blocks).compactMap { place in
            guard place.element["response_url_enabled"]?.bool == true,
                let name = ElementValue.name(of: place.type),
                let channel = view.state[place.blockID]?[place.actionID]?[name]?.string
            else { return nil }
            return [
                "block_id": .string(place.blockID), "action_id": .string(place.actionID),
                "channel_id": .string(channel),
                "response_url": .string(
                    makeResponseURL("app", team: view.team, user: view.user, channel: channel)),
            ]
        }
    }

    /// Does what the app answered to a submission.
    private func apply(_ acknowledgement: Acknowledgement, to submitted: SlackView) throws(SlackError) -> Submission {
        let team = workspaces.firstIndex { $0.id == submitted.team } ?? 0
        // Meanwhile the app may have changed or closed it by other means.
        let view = views.view(submitted.id, team: submitted.team) ?? submitted
        var body: JSON = [:]
        if !acknowledgement.body.isEmpty {
            guard let parsed = JSON.parse(acknowledgement.body), parsed.object != nil else {
                throw SlackError("invalid_json")
            }
            body = parsed
        }
        switch body["response_action"]?.string {
        case nil:
            finish(view)
        case "clear":
            clear(ViewStacks.Owner(team: view.team, user: view.user))
        case "errors":
            guard let errors = body["errors"]?.object, !errors.isEmpty else { throw SlackError("missing errors") }
            let inputs = Set(view.blocks.filter { $0["type"] == "input" }.compactMap { $0["block_id"]?.string })
            for block in errors.keys where !inputs.contains(block) {
                throw SlackError("errors: \(block) is no input block of this view")
            }
            return Submission(acknowledgement: acknowledgement, errors: errors.compactMapValues(\.string))
        case "update":
            var changed = view
            let content = body["view"] ?? .null
            try BlockKitRules.check(view: content)
            fill(&changed, with: content, keeping: view.state)
            views.replace(changed)
            show("view_updated", changed)
        case "push":
            let content = body["view"] ?? .null
            try BlockKitRules.check(view: content)
            let pushed = makeView(content, team: team, user: view.user, below: view, channel: view.channel)
            try views.push(pushed)
            show("view_pushed", pushed)
        case let other?: throw SlackError("unknown response_action \(other)")
        }
        return Submission(acknowledgement: acknowledgement)
    }

    /// Closes a submitted view, and with it those below where it says so.
    private func finish(_ view: SlackView) {
        if view.clearsOnClose {
            clear(ViewStacks.Owner(team: view.team, user: view.user))
        } else if !views.close(view).isEmpty {
            feed.send(
                ClientEvent(team: view.team, people: [view.user], "view_closed", ["view_id": .string(view.id)]))
        }
    }

    @discardableResult private func clear(_ owner: ViewStacks.Owner) -> [SlackView] {
        let closed = views.clear(owner)
        feed.send(ClientEvent(team: owner.team, people: [owner.user], "views_cleared"))
        return closed
    }

    /// A person closes a view, or all of them; the app hears of it where the view asks for that.
    func close(
        view id: String, team: String, user: String, all: Bool = false
    ) async throws(ControlError) -> [Acknowledgement] {
        let surface = try surface(.view(id), team: team, user: user)
        guard let view = surface.view, view.type == "modal" else { throw ControlError("view_id: no modal") }
        let isCleared = all || view.clearsOnClose
        let closed: [SlackView]
        if isCleared {
            closed = clear(ViewStacks.Owner(team: view.team, user: view.user))
        } else {
            closed = views.close(view)
            feed.send(
                ClientEvent(team: view.team, people: [user], "view_closed", ["view_id": .string(view.id)]))
        }
        var acknowledgements: [Acknowledgement] = []
        for view in closed where view.notifiesOnClose {
            let payload = interaction("view_closed", team: surface.team, user: surface.person).with([
                "view": json(view), "is_cleared": .bool(isCleared),
            ])
            acknowledgements.append(await send(interaction: payload, to: try address(manifest.interactivityURL)))
        }
        return acknowledgements
    }

    /// Starts a shortcut, a global one or one on a message.
    ///
    /// - SeeAlso: https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
    func shortcut(
        _ callbackID: String, team: String, user: String, channel: String?, messageTS: String?
    ) async throws(ControlError) -> Acknowledgement {
        guard let shortcut = manifest.shortcuts.first(where: { $0.callbackID == callbackID }) else {
            throw ControlError("callback_id: one of \(manifest.shortcuts.map(\.callbackID).joined(separator: ", "))")
        }
        let url = try address(manifest.interactivityURL)
        let payload: JSON
        let (workspace, person, _) = try participant(team: team, user: user, channel: channel)
        if shortcut.type == "message" {
            guard let channel, let messageTS else { throw ControlError("message_ts: missing") }
            let surface = try surface(.message(channel: channel, ts: messageTS), team: team, user: user)
            guard let message = surface.message, let place = surface.channel, message.ephemeralFor == nil else {
                throw ControlError("message_ts: no message that everybody sees")
            }
            payload = interaction("message_action", team: workspace, user: person).with([
                "callback_id": .string(callbackID), "action_ts": .string(timestamp()),
                "trigger_id": .string(makeTrigger(team: team, user: user, channel: channel)),
                "channel": ["id": .string(place.id), "name": .string(place.payloadName)],
                "message_ts": .string(messageTS), "message": message.json(team: workspace),
                "response_url": .string(
                    makeResponseURL(
                        "app", team: team, user: user, channel: channel, messageTS: messageTS,
                        threadTS: message.threadTS)),
            ])
        } else {
            payload = interaction("shortcut", team: workspace, user: person).with([
                "callback_id": .string(callbackID), "action_ts": .string(timestamp()),
                "trigger_id": .string(makeTrigger(team: team, user: user)),
            ])
        }
        let acknowledgement = await send(interaction: payload, to: url)
        if !acknowledgement.isOK, let channel {
            notice(
                "\(shortcut.name) failed with the error \"\(acknowledgement.outcome)\"", to: user, in: channel,
                team: team)
        }
        return acknowledgement
    }
}
