import BotStore
import Foundation
import PluginAPI

/// Live messages: what a plugin wishes for is noted here, and painted by the painter.
extension PluginServices {
    func show(
        _ message: Message, as key: String, in channel: String, urgency: MessageUrgency, under parent: String?,
        for core: ContextCore
    ) async throws {
        var writer = JSONWriter(idPrefix: core.idPrefix)
        message.fitting(idPrefix: core.idPrefix).write(to: &writer)
        try await wish(
            MessageWish(
                key: MessageKey(key, in: channel, for: core), organization: core.workspace.organizationID ?? "",
                parent: parent, content: Data(writer.bytes), lane: JobLane(urgency)))
    }

    func withdraw(_ key: String, in channel: String, for core: ContextCore) async throws {
        try await wish(
            MessageWish(
                key: MessageKey(key, in: channel, for: core), organization: core.workspace.organizationID ?? "",
                content: nil))
    }

    func shownMessage(_ key: String, in channel: String, for core: ContextCore) async throws -> ShownMessage? {
        do {
            return try await store.liveMessage(MessageKey(key, in: channel, for: core))?.place
        } catch {
            throw StoreFault(error)
        }
    }

    func messageKey(ts: String, in channel: String, for core: ContextCore) async throws -> String? {
        do {
            let message = try await store.liveMessage(workspace: core.workspace.id, channel: channel, ts: ts)
            return message?.key.plugin == core.pluginID ? message?.key.key : nil
        } catch {
            throw StoreFault(error)
        }
    }

    private func wish(_ wish: MessageWish) async throws {
        do {
            _ = try await store.wish(wish, at: clock.now())
        } catch {
            throw StoreFault(error)
        }
    }
}

extension MessageKey {
    /// A plugin's key in a channel of the workspace that it is serving.
    init(_ key: String, in channel: String, for core: ContextCore) {
        self.init(plugin: core.pluginID, workspace: core.workspace.id, channel: channel, key: key)
    }
}

extension JobLane {
    init(_ urgency: MessageUrgency) {
        self =
            switch urgency.kind {
            case .high: .urgent
            case .normal: .normal
            case .low: .background
            }
    }
}

extension LiveMessage {
    /// Where people see it, if they do.
    var place: ShownMessage? {
        guard state == .posted, let postedChannel, let ts else { return nil }
        return ShownMessage(channel: postedChannel, ts: ts)
    }
}
