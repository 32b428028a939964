extension SlackSimulator {
    /// Someone's view or message with its blocks.
    struct Surface {
        var team: SlackWorkspace
        var person: SlackPerson
        var channel: SlackChannel?
        var message: SlackMessage?
        var view: SlackView?
        var blocks: [JSON] { view?.blocks ?? message.map(BlockKitForm.allBlocks) ?? [] }
    }

    func surface(_ place: BlockSurface, team: String, user: String) throws(ControlError) -> Surface {
        switch place {
        case .message(let channelID, let ts):
            let (team, person, found) = try participant(team: team, user: user, channel: channelID)
            guard let channel = found,
                let message = channel.messages.first(where: {
                    $0.ts == ts && ($0.ephemeralFor.map { $0 == person.id } ?? true)
                })
            else { throw ControlError("message_ts: this person sees no such message in \(channelID)") }
            return Surface(team: team, person: person, channel: channel, message: message)
        case .view(let id):
            let (team, person, _) = try participant(team: team, user: user, channel: nil)
            guard let view = views.view(id, team: team.id), view.user == person.id else {
                throw ControlError("view_id: this person has no such view open")
            }
            return Surface(team: team, person: person, view: view)
        }
    }

    private func element(
        _ actionID: String, block: String, on surface: Surface
    ) throws(ControlError) -> BlockKitForm.Place {
        let places = BlockKitForm.elements(in: surface.blocks)
        guard let place = places.first(where: { $0.actionID == actionID && (block.isEmpty || $0.blockID == block) })
        else { throw ControlError("action_id: no such element here") }
        return place
    }

    /// Presses a button, chooses an option, enters a value.
    ///
    /// - Parameters:
    ///   - action: the value as payloads carry it, as `{"type":"static_select","selected_option":{…}}`
    ///   - state: what else was entered so far, `{"values":{…}}`
    /// - SeeAlso: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
    func act(
        on place: BlockSurface, team: String, user: String, block: String, actionID: String, action: JSON, state: JSON?
    ) async throws(ControlError) -> Acknowledgement {
        var surface = try surface(place, team: team, user: user)
        let element = try element(actionID, block: block, on: surface)
        var sent: JSON = [
            "type": .string(element.type), "action_id": .string(element.actionID), "block_id": .string(element.blockID),
            "action_ts": .string(timestamp()),
        ]
        for name in ["text", "value", "style", "url", "placeholder", "confirm"] where element.element[name] != nil {
            sent[name] = element.element[name]
        }
        var value: JSON?
        if element.type == "overflow" {
            guard
                let chosen = ElementValue.options(of: element.element).first(where: {
                    $0["value"] == action["selected_option"]?["value"]
                })
            else { throw ControlError("selected_option: no such option") }
            sent["selected_option"] = chosen
        } else if ElementValue.name(of: element.type) != nil {
            guard let read = ElementValue.read(action, for: element.element) else {
                throw ControlError("action: no value that this \(element.type) could give")
            }
            value = read
            sent = sent.with(read.object ?? [:])
        }
        var values = surface.view?.state ?? Self.initialState(surface.blocks)
        merge(state?["values"], into: &values, blocks: surface.blocks)
        if let value { values[element.blockID, default: [:]][element.actionID] = value }
        if var view = surface.view {
            view.state = values
            views.replace(view)
            surface.view = view
        }
        // An input block speaks up only where it was asked to.
        if element.block["type"] == "input", element.block["dispatch_action"]?.bool != true {
            return Acknowledgement(status: 0, ms: 0, outcome: "not_dispatched")
        }
        return await deliver(action: sent, values: values, on: surface, url: try address(manifest.interactivityURL))
    }

    private func deliver(
        action: JSON, values: [String: [String: JSON]], on surface: Surface, url: String
    ) async -> Acknowledgement {
        var payload = interaction("block_actions", team: surface.team, user: surface.person).with([
            "actions": [action],
            "trigger_id": .string(
                makeTrigger(
                    team: surface.team.id, user: surface.person.id, view: surface.view?.id,
                    channel: surface.channel?.id ?? surface.view?.channel)),
        ])
        payload = payload.with(context(of: surface))
        if let message = surface.message, let channel = surface.channel {
            payload = payload.with([
                "state": ["values": .object(values.mapValues { .object($0) })],
                "response_url": .string(
                    makeResponseURL(
                        "actions", team: surface.team.id, user: surface.person.id, channel: channel.id,
                        messageTS: message.ts, threadTS: message.threadTS)),
            ])
        }
        let acknowledgement = await send(interaction: payload, to: url)
        if !acknowledgement.isOK, let channel = surface.channel?.id ?? surface.view?.channel {
            notice(
                "\(surface.team.botName) did not answer: \(acknowledgement.outcome)", to: surface.person.id,
                in: channel, team: surface.team.id)
        }
        return acknowledgement
    }

    /// The fields that say where something happened.
    private func context(of surface: Surface) -> [String: JSON] {
        if let view = surface.view {
            return ["view": json(view), "container": ["type": "view", "view_id": .string(view.id)]]
        }
        guard let message = surface.message, let channel = surface.channel else { return [:] }
        let isEphemeral = message.ephemeralFor != nil
        var container: JSON = [
            "type": "message", "message_ts": .string(message.ts), "channel_id": .string(channel.id),
            "is_ephemeral": .bool(isEphemeral),
        ]
        if let thread = message.threadTS { container["thread_ts"] = .string(thread) }
        var fields: [String: JSON] = [
            "container": container,
            "channel": ["id": .string(channel.id), "name": .string(channel.payloadName)],
        ]
        if !isEphemeral {
            fields["message"] = message.json(team: surface.team, replies: replies(to: message.ts, in: channel))
        }
        return fields
    }

    private static func initialState(_ blocks: [JSON]) -> [String: [String: JSON]] {
        var values: [String: [String: JSON]] = [:]
        for place in BlockKitForm.elements(in: blocks) {
            if let value = ElementValue.initial(of: place.element) {
                values[place.blockID, default: [:]][place.actionID] = value
            }
        }
        return values
    }

    /// Takes over what a page says was entered, as far as the elements could have given it.
    func merge(_ given: JSON?, into values: inout [String: [String: JSON]], blocks: [JSON]) {
        for place in BlockKitForm.elements(in: blocks) {
            guard let value = given?[place.blockID]?[place.actionID],
                let read = ElementValue.read(value, for: place.element)
            else { continue }
            values[place.blockID, default: [:]][place.actionID] = read
        }
    }

    /// Asks the app for the options of a select that has none of its own.
    ///
    /// - SeeAlso: https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
    func options(
        on place: BlockSurface, team: String, user: String, block: String, actionID: String, value: String
    ) async throws(ControlError) -> (answer: JSON, acknowledgement: Acknowledgement) {
        let surface = try surface(place, team: team, user: user)
        let element = try element(actionID, block: block, on: surface)
        guard ["external_select", "multi_external_select"].contains(element.type) else {
            throw ControlError("action_id: this element has its options")
        }
        let none = Acknowledgement(status: 0, ms: 0, outcome: "query_too_short")
        guard value.unicodeScalars.count >= element.element["min_query_length"]?.int ?? 3 else {
            return (["options": []], none)
        }
        let payload = interaction("block_suggestion", team: surface.team, user: surface.person).with([
            "action_id": .string(element.actionID), "block_id": .string(element.blockID), "value": .string(value),
        ]).with(context(of: surface))
        var acknowledgement = await send(
            interaction: payload, to: try address(manifest.optionsURL ?? manifest.interactivityURL))
        guard acknowledgement.isOK else {
            return (["options": [], "error": .string(acknowledgement.outcome)], acknowledgement)
        }
        if let problem = Self.problem(withOptions: JSON.parse(acknowledgement.body)) {
            acknowledgement.outcome = "invalid_options"
            return (["options": [], "error": .string(problem)], acknowledgement)
        }
        return (JSON.parse(acknowledgement.body) ?? [:], acknowledgement)
    }

    private static func problem(withOptions answer: JSON?) -> String? {
        guard let fields = answer?.object else { return "the answer is not a JSON object" }
        var rules = BlockKitRules(surface: .modal)
        var element: [String: JSON] = ["type": "static_select"]
        element["options"] = fields["options"]
        element["option_groups"] = fields["option_groups"]
        guard element.count > 1 else { return "the answer has neither options nor option_groups" }
        // No match is an answer too, though no select may be made with an empty list.
        if (fields["options"] ?? fields["option_groups"])?.array?.isEmpty == true { return nil }
        rules.check(element: .object(element), at: "", allowed: ["static_select"])
        return rules.problems.first
    }
}
