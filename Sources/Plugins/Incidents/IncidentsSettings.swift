import PluginAPI

/// Settings of incidents in channels.
package struct IncidentsSettings: PluginSettings {
    /// - `updates` (`thread`, `channel` or `silent`, optional, default: `thread`): What follows an incident is told in the
    ///   thread of its message, as new messages, or only by the message itself, which is always kept up to date.
    package var updates = Updates.thread

    /// - `allowsSharedChannels` (true or false, optional, default: false): Whether channels that people of another
    ///   organization are in may be connected.
    package var allowsSharedChannels = false

    /// - `channelName` (text, optional, default: `inc-{number}-{title}`): What an incident's own channel is called;
    ///   `{number}`, `{title}`, `{service}` and `{priority}` stand for the incident's. What Slack does not take in a name
    ///   becomes a dash.
    package var channelName = "inc-{number}-{title}"

    package init() {}

    /// Where later events are told.
    package enum Updates: String, Codable, Sendable, CaseIterable {
        case thread, channel, silent
    }
}
