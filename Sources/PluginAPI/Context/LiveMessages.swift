/// Messages as desired state: say what a channel should show under a key, and the host posts it, or edits what it posted
/// before.
public struct LiveMessages: Sendable {
    let core: ContextCore

    /// Makes a channel show a message under a key.
    /// - Parameters:
    ///   - message: What it should look like now.
    ///   - key: Names the message within the plugin and channel; the same key edits the same message.
    ///   - channel: The channel's id.
    /// - Throws: ``SlackError`` where Slack refuses it for good.
    /// - SeeAlso: <https://docs.slack.dev/reference/methods/chat.postMessage>
    public func show(_ message: Message, as key: String, in channel: String) async throws {
        try await core.services.show(message, as: key, in: channel, for: core)
    }
}
