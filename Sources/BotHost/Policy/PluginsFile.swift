package import PluginAPI

/// What `plugins.json` says: which plugins are on, where, for whom, and with which settings.
package struct PluginsFile: Sendable, Hashable {
    /// The slash command under which all plugins' commands stand.
    package var command: String
    /// What holds in every workspace that does not say otherwise, by plugin id.
    package var plugins: [String: Entry]
    /// What is different in a workspace, by workspace id and plugin id.
    package var workspaces: [String: [String: Entry]]
    /// Where a workspace sees what cannot be shown in the channel it is meant for, by workspace id.
    package var fallbackChannels: [String: String]

    /// One plugin's part. `nil` says nothing, so that the more general entry holds.
    package struct Entry: Sendable, Hashable {
        package var enabled: Bool?
        package var channels: [String]?
        package var usergroups: [String]?
        package var users: [String]?
        package var settings: [String: JSONValue]

        package init(
            enabled: Bool? = nil, channels: [String]? = nil, usergroups: [String]? = nil, users: [String]? = nil,
            settings: [String: JSONValue] = [:]
        ) {
            self.enabled = enabled
            self.channels = channels
            self.usergroups = usergroups
            self.users = users
            self.settings = settings
        }

        /// This entry with a more special one laid over it, key by key.
        func overridden(by special: Entry?) -> Entry {
            guard let special else { return self }
            return Entry(
                enabled: special.enabled ?? enabled, channels: special.channels ?? channels,
                usergroups: special.usergroups ?? usergroups, users: special.users ?? users,
                settings: settings.merging(special.settings) { $1 })
        }
    }

    package init(
        command: String = "/pd", plugins: [String: Entry] = [:], workspaces: [String: [String: Entry]] = [:],
        fallbackChannels: [String: String] = [:]
    ) {
        self.command = command
        self.plugins = plugins
        self.workspaces = workspaces
        self.fallbackChannels = fallbackChannels
    }
}

/// One thing wrong with `plugins.json`: where, what, and the mend.
package struct PolicyProblem: Error, Hashable, CustomStringConvertible {
    /// JSON path: `$.workspaces.T0123ABCD.plugins.trigger.channels[0]`.
    package let path: String
    package let problem: String

    package init(path: String, problem: String) {
        self.path = path
        self.problem = problem
    }

    package var description: String { "\(path): \(problem)" }
}
