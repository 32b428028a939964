/// A channel of a workspace.
package struct MessagePlace: Hashable, Sendable {
    package let workspace: String
    package let channel: String

    package init(workspace: String, channel: String) {
        self.workspace = workspace
        self.channel = channel
    }
}

/// What tells one live message from another: a key of the plugin's own, in one channel.
package struct MessageKey: Hashable, Sendable {
    package let plugin: String
    package let workspace: String
    /// The channel it belongs in. It may have been posted elsewhere: see `LiveMessage.postedChannel`.
    package let channel: String
    package let key: String

    package init(plugin: String, workspace: String, channel: String, key: String) {
        self.plugin = plugin
        self.workspace = workspace
        self.channel = channel
        self.key = key
    }

    /// The plugin that stands for the host itself, whose messages tell of other messages.
    package static let host = "host"

    /// The host's message that tells of others in a channel.
    package static func digest(_ key: String, in place: MessagePlace) -> MessageKey {
        MessageKey(plugin: host, workspace: place.workspace, channel: place.channel, key: key)
    }

    package var place: MessagePlace { MessagePlace(workspace: workspace, channel: channel) }

    /// Another message of the same plugin in the same channel.
    package func sibling(_ key: String) -> MessageKey {
        MessageKey(plugin: plugin, workspace: workspace, channel: channel, key: key)
    }
}
