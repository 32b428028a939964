import PluginAPI
import SlackKit

/// Finds the one owner of a request.
struct RequestRouter: Sendable {
    let table: RouteTable

    /// Where a request goes.
    enum Destination: Sendable {
        case call(Call)
        /// A word after the host's slash command that no plugin answers.
        case unknownWord(String, nearest: String?, Call)
        /// To the host itself: linking an account.
        case link(LinkStep)
        /// To everybody who asked for this kind of event.
        case event(EventCallback, [RouteTable.EventEntry])
        /// A step of a workflow, to the plugin that offers it; `nil` where none does.
        case step(EventCallback, pluginID: String?)
        /// Nobody: with the route that would answer it, for the log.
        case nobody(kind: String, route: String)
    }

    func destination(of request: SlackRequest, slash: String) -> Destination {
        switch request {
        case .slashCommand(let command): return self.command(command, slash: slash)
        case .blockActions(let actions): return self.actions(actions, slash: slash)
        case .viewSubmission(let submission): return self.submission(submission)
        case .viewClosed(let closed): return self.closed(closed)
        case .shortcut(let shortcut):
            return self.shortcut(
                shortcut.callbackID, person: shortcut.origin.person, channel: nil,
                reach: Reach(surface: .action(message: nil), triggerID: shortcut.triggerID),
                request: { shortcut.request(removing: $0) })
        case .messageShortcut(let shortcut):
            return self.shortcut(
                shortcut.callbackID, person: shortcut.origin.person,
                channel: shortcut.origin.channel(named: shortcut.channelName),
                reach: Reach(
                    surface: .action(message: nil), triggerID: shortcut.triggerID, responseURL: shortcut.responseURL),
                request: { shortcut.request(removing: $0) })
        case .blockSuggestion(let query): return self.options(query)
        case .event(let event) where event.type == StepEvents.type:
            let entry = table.steps[StepEvents.callbackID(of: event.event)]
            return .step(event, pluginID: entry?.pluginID)
        case .event(let event):
            let owners = table.events[event.type] ?? []
            // The host itself listens to what people say to the app.
            guard owners.isEmpty, !Self.spokenEvents.contains(event.type) else { return .event(event, owners) }
            return .nobody(kind: "event \(event.type)", route: "OnEvent(\"\(event.type)\") { event, context in … }")
        case .legacy, .unknown, .appRateLimited, .urlVerification, .sslCheck:
            return .nobody(kind: request.kind, route: "none: the host answers it")
        }
    }

    /// Events by which Slack tells that somebody spoke.
    static let spokenEvents: Set<String> = ["app_mention", "message"]

    // MARK: Commands

    private func command(_ command: SlashCommand, slash: String) -> Destination {
        line(
            command.command, command.text, slash: slash, person: command.origin.person,
            channel: command.origin.channel(named: command.channelName),
            reach: Reach(
                surface: .command, triggerID: command.triggerID, responseURL: command.responseURL))
    }

    /// A line as somebody typed it, or as a button stands for it.
    func line(
        _ typed: String, _ text: String, slash: String, person: Person?, channel: Channel?, reach: Reach
    ) -> Destination {
        func call(_ entry: RouteTable.CommandEntry, isWord: Bool, _ words: String) -> Call {
            Call(
                pluginID: entry.pluginID, deed: .command(slash: typed, isWord: isWord, entry.shape), person: person,
                channel: channel, reach: reach, typed: Interrupted.TypedLine(slash: typed, text: text),
                work: .reply { try await entry.run(words, $0) })
        }
        switch table.owner(ofLine: typed, text, slash: slash) {
        case .command(let entry, let isWord, let words): return .call(call(entry, isWord: isWord, words))
        case .unknownWord(let word, let nearest, let help):
            return .unknownWord(word, nearest: nearest, call(help, isWord: true, ""))
        case .nobody:
            return .nobody(
                kind: "command \(typed)",
                route: "Handle(YourCommand.self, as: \"\(typed)\"), or \"command\": \"\(typed)\" in plugins.json")
        }
    }

    // MARK: Interactions

    private func actions(_ actions: BlockActions, slash: String) -> Destination {
        // Slack sends one at a time; were there more, the first is what the person did.
        guard let action = actions.actions.first, let person = actions.origin.person else {
            return .nobody(kind: "block_actions without a person", route: "none")
        }
        let surface: Reach.Surface =
            if let view = actions.view {
                .viewAction(
                    ViewRef(
                        id: view.id, callbackID: view.callbackID, hash: view.hash, privateMetadata: view.privateMetadata
                    ), isModal: view.type == "modal")
            } else {
                .action(message: actions.message)
            }
        let origin = actions.view.map { FormOrigin.parse($0.privateMetadata).origin }
        let reach = Reach(
            surface: surface, triggerID: actions.triggerID, responseURL: actions.responseURL ?? origin?.responseURL)
        let channel = actions.origin.channel(named: actions.channelName) ?? origin?.channel
        guard let (plugin, own) = WireID.split(action.actionID) else {
            return .nobody(
                kind: "block action \(action.actionID)",
                route: "none: the message or form was not made by this host's plugins")
        }
        if plugin == WireID.host, own.utf8.starts(with: "run/".utf8) {
            let (typed, text) = RouteTable.firstWord(of: action.value.string ?? "")
            return line(typed, text, slash: slash, person: person, channel: channel, reach: reach)
        }
        if action.actionID.utf8.elementsEqual(LinkPrompt.buttonID.utf8) {
            let ticket = LinkPrompt.Ticket(action.value.string ?? "")
            return .link(.open(ticket, person: person, channel: channel, reach: reach))
        }
        if action.actionID.utf8.elementsEqual(LinkPrompt.followID.utf8) { return .link(.followed(person: person)) }
        guard let handler = table.handlers[plugin]?.action(own),
            let request = actions.request(action, removing: WireID.prefix(plugin))?.withPluginsMetadata
        else {
            return .nobody(
                kind: "block action \(own) of \(plugin)", route: "OnAction(\"\(own)\") { action, context in … }")
        }
        return .call(
            Call(
                pluginID: plugin, deed: .use("this button"), person: person, channel: channel, reach: reach,
                typed: nil, click: Interrupted.Click(action.actionID, request),
                work: .reply { try await handler(request, $0) }))
    }

    /// A press that was interrupted, as it was made.
    /// - Returns: `nil` where nobody answers it any more.
    func press(_ click: Interrupted.Click, person: Person, channel: Channel?, reach: Reach) -> Call? {
        guard let (plugin, own) = WireID.split(click.actionID), let handler = table.handlers[plugin]?.action(own) else {
            return nil
        }
        let request = ActionRequest(
            id: own, blockID: click.blockID, value: click.value, person: person, message: click.message,
            fields: click.fields)
        return Call(
            pluginID: plugin, deed: .use("this button"), person: person, channel: channel, reach: reach, typed: nil,
            click: click, work: .reply { try await handler(request, $0) })
    }

    private func submission(_ submission: ViewSubmission) -> Destination {
        let id = submission.view.callbackID
        if id.utf8.elementsEqual(LinkPrompt.formID.utf8), let person = submission.origin.person {
            return .link(.submit(submission, person: person))
        }
        guard let (plugin, own) = WireID.split(id), let handler = table.handlers[plugin]?.submits[own],
            let request = submission.request(removing: WireID.prefix(plugin))?.withPluginsMetadata
        else {
            return .nobody(kind: "form \(id)", route: "OnSubmit(\"\(own(id))\") { submission, context in … }")
        }
        let origin = FormOrigin.parse(submission.view.privateMetadata).origin
        return .call(
            Call(
                pluginID: plugin, deed: .use("this form"), person: request.person, channel: origin.channel,
                reach: Reach(
                    surface: .submission(submission.view), triggerID: submission.triggerID,
                    responseURL: origin.responseURL),
                typed: nil, work: .form { try await handler(request, $0) }))
    }

    private func closed(_ closed: ViewClosed) -> Destination {
        let id = closed.view.callbackID
        guard let (plugin, own) = WireID.split(id), let handler = table.handlers[plugin]?.closes[own],
            let request = closed.request(removing: WireID.prefix(plugin))?.withPluginsMetadata
        else {
            return .nobody(kind: "closed form \(id)", route: "OnClose(\"\(own(id))\") { closed, context in … }")
        }
        return .call(
            Call(
                pluginID: plugin, deed: .use("this form"), person: request.person,
                channel: FormOrigin.parse(closed.view.privateMetadata).origin.channel, reach: Reach(surface: .event),
                typed: nil, work: .observe { try await handler(request, $0) }))
    }

    private func options(_ query: BlockSuggestion) -> Destination {
        guard let (plugin, own) = WireID.split(query.actionID), let handler = table.handlers[plugin]?.options[own],
            let request = query.request(removing: WireID.prefix(plugin))?.withPluginsMetadata
        else {
            return .nobody(
                kind: "options \(query.actionID)",
                route: "OnOptions(\"\(self.own(query.actionID))\") { query, context in … }")
        }
        let origin = query.view.map { FormOrigin.parse($0.privateMetadata).origin }
        return .call(
            Call(
                pluginID: plugin, deed: .use("this menu"), person: request.person,
                channel: query.origin.channel(named: nil) ?? origin?.channel, reach: Reach(surface: .options),
                typed: nil, work: .options { try await handler(request, $0) }))
    }

    private func shortcut(
        _ id: String, person: Person?, channel: Channel?, reach: Reach,
        request: (_ prefix: String) -> ShortcutRequest?
    ) -> Destination {
        guard let (plugin, own) = WireID.split(id), let handler = table.handlers[plugin]?.shortcuts[own],
            let request = request(WireID.prefix(plugin))
        else {
            return .nobody(
                kind: "shortcut \(id)",
                route: "OnShortcut(\"\(own(id))\", named: \"…\", \"…\") { request, context in … }")
        }
        return .call(
            Call(
                pluginID: plugin, deed: .use("this shortcut"), person: person, channel: channel,
                reach: reach, typed: nil, work: .reply { try await handler(request, $0) }))
    }

    private func own(_ id: String) -> String { WireID.split(id)?.own ?? id }
}

extension Origin {
    /// The conversation of a request, as far as it tells.
    /// - Parameter name: Slack writes `directmessage` and `privategroup` for those whose name it does not give.
    func channel(named name: String?) -> Channel? {
        guard let channelID else { return nil }
        let kind: Channel.Kind =
            switch (channelID.utf8.first, name) {
            case (UInt8(ascii: "D"), _), (_, "directmessage"): .directMessage
            case (UInt8(ascii: "G"), _), (_, "privategroup"): .privateGroup
            default: .channel
            }
        return Channel(id: channelID, name: name ?? "", kind: kind)
    }
}
