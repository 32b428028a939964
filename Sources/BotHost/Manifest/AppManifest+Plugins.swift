package import PluginAPI
package import SlackKit

extension AppManifest {
    /// The Slack app that the enabled plugins need, and no more.
    /// - Parameter workspace: Only the plugins that are on there count; those that are on anywhere, where it is `nil`.
    package init(
        table: RouteTable, policy: Policy, name: String, transport: Transport, publicURL: String?,
        onlyIn workspace: String? = nil
    ) {
        let enabled = table.plugins.filter { plugin in
            guard let workspace else { return policy.isEnabledAnywhere(plugin.id) }
            return policy.terms(for: plugin.id, in: workspace)?.isEnabled == true
        }
        let ids = Set(enabled.map(\.id))
        let words = table.subcommands.filter { ids.contains($0.pluginID) }.map(\.shape.name)
        var commands: [Command] = []
        if !words.isEmpty {
            commands.append(
                Command(
                    slash: policy.command, description: "Everything that \(name) can do; start with help",
                    usageHint: "[\(words.joined(separator: " | "))]"))
        }
        for (slash, entry) in table.slashes where ids.contains(entry.pluginID) {
            commands.append(Command(slash: slash, description: entry.shape.summary, usageHint: entry.shape.usage))
        }
        var scopes = enabled.flatMap { plugin in
            plugin.manifest.scopes.map { ScopeRequest(name: $0.name, reason: $0.reason) }
        }
        scopes += Self.hostScopes
        if !words.isEmpty { scopes += Self.spokenScopes }
        if enabled.contains(where: { !$0.manifest.accounts.isEmpty }) { scopes.append(Self.guests) }
        if policy.asksForUserGroups { scopes.append(Self.userGroups) }
        self.init(
            name: name,
            description: "Chat operations by plugins: \(enabled.map(\.id).joined(separator: ", "))".clipped(140),
            transport: transport, commands: commands,
            shortcuts: table.shortcuts.filter { ids.contains($0.pluginID) }.map { plugin, shortcut in
                Shortcut(
                    callbackID: WireID.prefix(plugin) + shortcut.id, name: shortcut.name,
                    description: shortcut.description, isOnMessages: shortcut.surface == .message)
            },
            scopes: scopes,
            events: table.eventTypes(of: ids) + (words.isEmpty ? [] : Self.spokenEvents) + InstallationLifecycle.events,
            redirectURLs: publicURL.map { ["\($0)\(InstallRoutes.redirectPath)", "\($0)/slack/openid_redirect"] } ?? [],
            hasHomeTab: table.eventTypes(of: ids).contains("app_home_opened"))
        functions = table.steps.filter { ids.contains($0.value.pluginID) }.map { Function($0.key, $0.value.shape) }
        if !functions.isEmpty { events.append(StepEvents.type) }
    }

    private static let userGroups = ScopeRequest(
        name: "usergroups:read", reason: "plugins.json limits plugins to members of user groups")

    /// People give commands by saying them to the app.
    private static let spokenEvents = ["app_mention", "message.im"]
    private static let spokenScopes = [
        ScopeRequest(name: "app_mentions:read", reason: "people type commands after the app's name, too"),
        ScopeRequest(name: "im:history", reason: "people type commands in their direct message with the app"),
    ]
    private static let guests = ScopeRequest(
        name: "users:read", reason: "guests of the workspace may not act in accounts of other services")

    /// What the host itself cannot do without.
    private static let hostScopes =
        [
            ScopeRequest(name: "chat:write", reason: "answers that come later than Slack waits are posted by the bot"),
            ScopeRequest(name: "im:write", reason: "what concerns one person goes to their direct message"),
        ]
        + ["channels", "groups", "im", "mpim"].map {
            ScopeRequest(name: "\($0):history", reason: "to find out after a crash whether a message was posted before")
        }
}

extension String {
    fileprivate func clipped(_ limit: Int) -> String {
        utf16.count <= limit ? self : String(unicodeScalars.prefix(limit - 1).map(Character.init)) + "…"
    }
}

extension AppManifest.Function {
    fileprivate init(_ callbackID: String, _ shape: StepShape) {
        self.init(
            callbackID: callbackID, title: shape.title, description: shape.summary,
            inputs: shape.inputs.map {
                AppManifest.Parameter(
                    name: $0.name, type: $0.type, title: $0.title, description: $0.help, isRequired: $0.isRequired)
            },
            // A step may have nothing to say for one of them.
            outputs: shape.outputs.map {
                AppManifest.Parameter(name: $0.name, type: $0.type, title: $0.title, isRequired: false)
            })
    }
}

extension RouteTable {
    /// The kinds of events that some of the plugins listen to.
    func eventTypes(of plugins: Set<String>) -> [String] {
        events.filter { $0.value.contains { plugins.contains($0.pluginID) } }.keys.sorted()
    }
}
