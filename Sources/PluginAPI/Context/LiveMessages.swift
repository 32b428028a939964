/// Messages as desired state: say what a channel should show under a key, and the host posts it, or edits what it posted
/// before.
///
/// A key is the plugin's own in one channel: the same key in two channels is two messages.
public struct LiveMessages: Sendable {
    let core: ContextCore

    /// Makes a channel show a message under a key, now and after whatever happens to the host.
    ///
    /// The newest content wins, so that a hundred changes cost one edit.
    /// - Parameters:
    ///   - message: What it should look like now.
    ///   - key: Names the message within the plugin and channel, 1 to 512 bytes; the same key edits the same message.
    ///   - channel: The channel's id, or a person's for a direct message.
    ///   - urgency: What is shown first when there is more to show than Slack takes.
    ///   - parent: The key of a message of this plugin in the same channel, in whose thread this one is posted once that
    ///     one is there. A message that is there stays in its thread.
    /// - Throws: ``StoreFault`` where the message could not be noted.
    /// - SeeAlso: <https://docs.slack.dev/reference/methods/chat.postMessage>
    public func show(
        _ message: Message, as key: String, in channel: String, urgency: MessageUrgency = .normal,
        under parent: String? = nil
    ) async throws {
        try await core.services.show(message, as: key, in: channel, urgency: urgency, under: parent, for: core)
    }

    /// Takes a message away; one that was never shown, or was taken away before, stays away.
    /// - Parameters:
    ///   - key: The key it was shown under.
    ///   - channel: The channel's id, as it was given to `show`.
    /// - Throws: ``StoreFault`` where that could not be noted.
    /// - SeeAlso: <https://docs.slack.dev/reference/methods/chat.delete>
    public func withdraw(_ key: String, in channel: String) async throws {
        try await core.services.withdraw(key, in: channel, for: core)
    }

    /// Where people see a message now.
    /// - Parameters:
    ///   - key: The key it was shown under.
    ///   - channel: The channel's id, as it was given to `show`.
    /// - Returns: Its place, or `nil` while it is not in Slack.
    /// - Throws: ``StoreFault`` where the store cannot be reached.
    public func shown(as key: String, in channel: String) async throws -> ShownMessage? {
        try await core.services.shownMessage(key, in: channel, for: core)
    }

    /// Which of this plugin's messages a person sees there: whose button was clicked.
    /// - Parameters:
    ///   - ts: Slack's id of the message in its channel.
    ///   - channel: The id of the channel that it is in.
    /// - Returns: The key it was shown under, or `nil` where it is not one of this plugin's live messages.
    /// - Throws: ``StoreFault`` where the store cannot be reached.
    public func key(ofMessage ts: String, in channel: String) async throws -> String? {
        try await core.services.messageKey(ts: ts, in: channel, for: core)
    }
}

/// What is shown first when there is more to show than Slack takes.
public struct MessageUrgency: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case high
        case normal
        case low
    }
    package let kind: Kind

    /// Somebody must act: shown before everything else.
    public static let high = MessageUrgency(kind: .high)
    /// People should see it soon.
    public static let normal = MessageUrgency(kind: .normal)
    /// Good to know: shown last.
    public static let low = MessageUrgency(kind: .low)
}

/// Where a live message is in Slack.
public struct ShownMessage: Sendable, Hashable {
    /// The channel's id; a conversation's where a person was wanted.
    public let channel: String
    /// Slack's id of the message in that channel.
    public let ts: String

    /// A place; the host and the test kit make it.
    public init(channel: String, ts: String) {
        self.channel = channel
        self.ts = ts
    }
}
