package import PluginAPI

/// Who may use which plugin where: `plugins.json` and the console's switches, worked out for quick answers.
///
/// Never changed, but replaced whole when anything changes, so that one request is judged by one policy.
package final class Policy: Sendable {
    /// What holds for one plugin in one workspace.
    package final class Terms: Sendable {
        package let pluginID: String
        package let isEnabled: Bool
        /// Where it is decided whether the plugin is on, in words for `bothost explain` and the console.
        package let decidedBy: String
        package let channels: [String]?
        package let usergroups: [String]?
        package let users: [String]?
        package let settings: any PluginSettings

        init(
            pluginID: String, isEnabled: Bool, decidedBy: String, channels: [String]?, usergroups: [String]?,
            users: [String]?, settings: any PluginSettings
        ) {
            self.pluginID = pluginID
            self.isEnabled = isEnabled
            self.decidedBy = decidedBy
            self.channels = channels
            self.usergroups = usergroups
            self.users = users
            self.settings = settings
        }

        /// True where everybody may use it everywhere in the workspace.
        var isOpen: Bool { isEnabled && channels == nil && usergroups == nil && users == nil }
    }

    /// A switch set in the console: it overrides the file.
    package struct Override: Sendable, Hashable {
        package let workspaceID: String
        package let pluginID: String
        package let isEnabled: Bool

        package init(workspaceID: String, pluginID: String, isEnabled: Bool) {
            self.workspaceID = workspaceID
            self.pluginID = pluginID
            self.isEnabled = isEnabled
        }
    }

    package let command: String
    private let general: [String: Terms]
    private let special: [String: [String: Terms]]
    private let fallbackChannels: [String: String]
    /// Compiled plugins in the order they are listed to people.
    package let pluginIDs: [String]

    package init(file: PluginsFile, plugins: [RegisteredPlugin], overrides: [Override] = []) {
        command = file.command
        fallbackChannels = file.fallbackChannels
        pluginIDs = plugins.map(\.id)
        var general: [String: Terms] = [:]
        var special: [String: [String: Terms]] = [:]
        let workspaceIDs = Set(file.workspaces.keys).union(overrides.map(\.workspaceID))
        for plugin in plugins {
            general[plugin.id] = Self.terms(plugin, file: file, workspace: nil, override: nil)
            for workspace in workspaceIDs {
                let override = overrides.first { $0.workspaceID == workspace && $0.pluginID == plugin.id }
                special[workspace, default: [:]][plugin.id] =
                    Self.terms(plugin, file: file, workspace: workspace, override: override)
            }
        }
        self.general = general
        self.special = special
    }

    /// What holds for a plugin in a workspace; `nil` where no such plugin is compiled in.
    package func terms(for pluginID: String, in workspaceID: String) -> Terms? {
        special[workspaceID]?[pluginID] ?? general[pluginID]
    }

    /// Where the workspace sees what cannot be shown in the channel it is meant for; `nil` where nobody has said.
    package func fallbackChannel(in workspaceID: String) -> String? { fallbackChannels[workspaceID] }

    /// True where a plugin is on anywhere: what the app manifest must ask for.
    package func isEnabledAnywhere(_ pluginID: String) -> Bool {
        general[pluginID]?.isEnabled == true || special.values.contains { $0[pluginID]?.isEnabled == true }
    }

    /// True where a plugin that is on somewhere is limited to user groups: whose members only Slack knows.
    package var asksForUserGroups: Bool {
        let everywhere = [general] + Array(special.values)
        return everywhere.contains { $0.values.contains { $0.isEnabled && $0.usergroups?.isEmpty == false } }
    }

    /// The workspaces that `plugins.json` or the console say something of.
    package var namedWorkspaces: [String] { special.keys.sorted() }

    private static func terms(
        _ plugin: RegisteredPlugin, file: PluginsFile, workspace: String?, override: Override?
    ) -> Terms {
        let id = plugin.id
        let listed = file.plugins[id]
        let local = workspace.flatMap { file.workspaces[$0]?[id] }
        let entry = (listed ?? PluginsFile.Entry(enabled: false)).overridden(by: local)
        // A workspace that lists a plugin has switched it on, unless it says otherwise.
        let inFile = local.map { $0.enabled ?? (listed == nil ? true : entry.enabled ?? true) } ?? entry.enabled ?? true
        let decidedBy: String
        if override != nil {
            decidedBy = "the console"
        } else if local != nil, local?.enabled != nil || listed == nil {
            decidedBy = "plugins.json, workspaces.\(workspace ?? "").plugins.\(id)"
        } else if listed != nil {
            decidedBy = "plugins.json, plugins.\(id)"
        } else {
            decidedBy = "plugins.json does not list it"
        }
        // The file was accepted only after every plugin had read its settings, so this cannot fail any more.
        let settings = (try? plugin.settings(.object(entry.settings))) ?? NoSettings()
        return Terms(
            pluginID: id, isEnabled: override?.isEnabled ?? inFile, decidedBy: decidedBy, channels: entry.channels,
            usergroups: entry.usergroups, users: entry.users, settings: settings)
    }
}
