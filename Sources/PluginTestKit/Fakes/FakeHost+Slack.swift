package import PluginAPI
import Synchronization

extension FakeHost {
    package func callSlack(
        _ method: String, _ arguments: JSONValue, for core: ContextCore
    ) async throws -> JSONValue {
        state.withLock { state in
            state.slack.calls.append(
                FakeSlack.Call(
                    method: method, arguments: arguments, pluginID: core.pluginID, workspaceID: core.workspace.id))
        }
        try checkScopes(of: method, for: core)
        try checkWorkspace(of: method, arguments, for: core)
        return try state.withLock { state in
            if state.slack.isDown { throw SlackError(code: "unreachable", sentence: "Slack cannot be reached.") }
            if let fault = state.slack.fault(of: method) { throw fault }
            if let answers = state.slack.answers[method], let first = answers.first {
                if answers.count > 1 { state.slack.answers[method]?.removeFirst() }
                return first
            }
            guard let answer = try state.screen.answer(method, arguments, for: core, now: state.now) else {
                throw notSetUp(
                    "Slack was asked \(method) \(arguments)", inRealLife: SlackError(code: "fatal_error"))
            }
            return answer
        }
    }

    package func upload(_ chart: Chart, for core: ContextCore) async throws -> SlackFile {
        let method = "files.getUploadURLExternal"
        try checkScopes(of: method, for: core)
        return try state.withLock { state in
            if state.slack.isDown { throw SlackError(code: "unreachable", sentence: "Slack cannot be reached.") }
            if let fault = state.slack.fault(of: method) { throw fault }
            state.slack.charts.append(chart)
            return SlackFile(id: "F0CHART\(state.slack.charts.count)")
        }
    }

    private func checkScopes(of method: String, for core: ContextCore) throws {
        guard let manifest = state.withLock({ $0.manifests[core.pluginID] }) else { return }
        guard let known = WebAPIMethod.named(method) else {
            complain("“\(method)” is no method of Slack's Web API: one looks like chat.postMessage")
            throw SlackError(code: "unknown_method")
        }
        guard known.token == .bot else {
            complain("\(core.pluginID) calls \(method), which takes no bot token: a plugin cannot call it")
            throw SlackError(code: "not_allowed_token_type")
        }
        guard !known.isAllowed(with: Set(manifest.scopes.map(\.name))) else { return }
        let needed = known.scopes.joined(separator: " or ")
        complain("\(core.pluginID) calls \(method), which needs the scope \(needed): add it to the manifest's scopes")
        throw SlackError(code: "missing_scope", neededScope: known.scopes.first)
    }

    /// A plugin's context belongs to one workspace; what it names in a call must too.
    private func checkWorkspace(of method: String, _ arguments: JSONValue, for core: ContextCore) throws {
        let named = [arguments["team_id"], arguments["team"], arguments["target_team"]].compactMap(\.string)
        let places = ["channel", "user", "users", "user_id"].compactMap { arguments[$0].string }
        let stranger: String? =
            named.first { $0 != core.workspace.id && $0 != core.workspace.organizationID }
            ?? state.withLock { state in
                places.first { state.screen.home(of: $0).map { $0 != core.workspace.id } ?? false }
            }
        guard let stranger else { return }
        complain(
            "\(core.pluginID) asks \(method) about \(stranger), which is of another workspace: a context belongs to "
                + "\(core.workspace.id) alone")
        throw SlackError(code: arguments["channel"].string == stranger ? "channel_not_found" : "user_not_found")
    }

    // MARK: Live messages

    package func show(
        _ message: Message, as key: String, in channel: String, urgency: MessageUrgency, under parent: String?,
        for core: ContextCore
    ) async throws {
        check(message, of: core)
        let shown = Shown(message: message, key: key, channel: channel, urgency: urgency, parent: parent)
        state.withLock { state in
            state.shown.append(shown)
            state.screen.show(
                message.arguments(channel: channel, idPrefix: core.idPrefix), as: key, in: channel, under: parent,
                for: core, now: state.now)
        }
    }

    package func withdraw(_ key: String, in channel: String, for core: ContextCore) async throws {
        state.withLock { state in
            state.shown.removeAll { $0.key == key && $0.channel == channel }
            state.screen.withdraw(key, in: channel, for: core)
        }
    }

    package func shownMessage(
        _ key: String, in channel: String, for core: ContextCore
    ) async throws -> ShownMessage? {
        state.withLock { state in
            state.screen.live(key, in: channel, for: core).map { ShownMessage(channel: $0.channel, ts: $0.ts) }
        }
    }

    package func messageKey(ts: String, in channel: String, for core: ContextCore) async throws -> String? {
        state.withLock { state in
            state.screen.messages.first { $0.ts == ts && $0.pluginID == core.pluginID && $0.isWritten(in: channel) }?
                .key
        }
    }

    // MARK: Slack's limits

    /// Tells of everything that Slack would refuse.
    package func check(_ message: Message, of core: ContextCore) {
        tell(message.validate(idPrefix: core.idPrefix), in: "a message", of: core)
    }

    package func check(_ view: View, of core: ContextCore) {
        tell(view.validate(idPrefix: core.idPrefix), in: "a form", of: core)
    }

    private func tell(_ faults: [BlockKitFault], in what: String, of core: ContextCore) {
        for fault in faults where fault.severity == .error {
            complain("Slack would refuse \(what) of \(core.pluginID): \(fault)")
        }
    }
}
