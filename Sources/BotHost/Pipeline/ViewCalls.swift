import BotStore
import PluginAPI

/// The calls by which an answer reaches a person when Slack's own request cannot carry it.
struct ViewCalls: Sendable {
    let slack: SlackCaller

    /// - Returns: The view's id.
    /// - SeeAlso: <https://docs.slack.dev/reference/methods/views.open>
    func open(_ view: View, trigger: String, plugin: String, in served: ServedWorkspace) async throws -> String? {
        try await call("views.open", ["trigger_id": .string(trigger), "view": json(view, plugin)], served)["view"]["id"]
            .string
    }

    /// - SeeAlso: <https://docs.slack.dev/reference/methods/views.push>
    func push(_ view: View, trigger: String, plugin: String, in served: ServedWorkspace) async throws -> String? {
        try await call("views.push", ["trigger_id": .string(trigger), "view": json(view, plugin)], served)["view"]["id"]
            .string
    }

    /// - SeeAlso: <https://docs.slack.dev/reference/methods/views.update>
    func update(
        _ viewID: String, with view: View, hash: String? = nil, plugin: String, in served: ServedWorkspace
    ) async throws {
        var arguments: [String: JSONValue] = ["view_id": .string(viewID), "view": json(view, plugin)]
        if let hash { arguments["hash"] = .string(hash) }
        _ = try await call("views.update", .object(arguments), served)
    }

    /// Shows a form again that Slack sent, whose ids have their prefix already.
    func update(_ viewID: String, withSent view: JSONValue, in served: ServedWorkspace) async throws {
        _ = try await call("views.update", ["view_id": .string(viewID), "view": view], served)
    }

    /// Shows a message to one person in a channel, or in their direct message with the app where there is no channel.
    /// - Parameter place: Where the person spoke to the app.
    func tell(
        _ message: Message, person: Person, channel: Channel?, place: SpokenPlace? = nil, plugin: String,
        in served: ServedWorkspace
    ) async throws {
        let prefix = WireID.prefix(plugin)
        if let channel, channel.kind != .directMessage,
            case .object(var arguments) = message.arguments(channel: channel.id, idPrefix: prefix)
        {
            arguments["user"] = .string(person.id)
            if let thread = place?.privateThread { arguments["thread_ts"] = .string(thread) }
            do {
                _ = try await call("chat.postEphemeral", .object(arguments), served)
                return
            } catch {
                // The app is not there: the direct message is where it can be.
                let isElsewhere = ["not_in_channel", "channel_not_found", "user_not_in_channel"].contains(error.code)
                guard isElsewhere else { throw error }
            }
        }
        // Who spoke to the app in their direct message with it is answered there, in the same thread.
        if let place, let channel, channel.kind == .directMessage {
            return try await post(
                message, channel: channel.id, thread: place.publicThread, plugin: plugin, in: served)
        }
        try await post(message, channel: person.id, plugin: plugin, in: served)
    }

    func post(
        _ message: Message, channel: String, thread: String? = nil, plugin: String, in served: ServedWorkspace
    ) async throws {
        let arguments = message.arguments(channel: channel, idPrefix: WireID.prefix(plugin))
        guard let thread, case .object(var members) = arguments else {
            _ = try await call("chat.postMessage", arguments, served)
            return
        }
        members["thread_ts"] = .string(thread)
        _ = try await call("chat.postMessage", .object(members), served)
    }

    private func json(_ view: View, _ plugin: String) -> JSONValue { view.json(idPrefix: WireID.prefix(plugin)) }

    private func call(
        _ method: String, _ arguments: JSONValue, _ served: ServedWorkspace
    ) async throws(SlackError) -> JSONValue {
        try await slack.call(
            method, arguments, token: served.installation.botToken, workspace: served.workspace.id)
    }
}
