import PluginAPI

/// All commands as people type them, and which of them somebody may use somewhere.
struct CommandDirectory: Sendable {
    private let table: RouteTable
    private let permit: Permit

    init(table: RouteTable, permit: Permit) {
        self.table = table
        self.permit = permit
    }

    /// Every command of every plugin, in the order of the plugins.
    func all(under slash: String) -> [PluginCommands] {
        table.plugins.map { plugin in
            let subcommands = table.subcommands.filter { $0.pluginID == plugin.id }
                .map { TypedCommand(line: "\(slash) \($0.shape.name)", shape: $0.shape) }
            let own = table.slashes.filter { $0.value.pluginID == plugin.id }.sorted { $0.key < $1.key }
                .map { TypedCommand(line: $0.key, shape: $0.value.shape) }
            return PluginCommands(pluginID: plugin.id, summary: plugin.manifest.summary, commands: subcommands + own)
        }.filter { !$0.commands.isEmpty }
    }

    /// Those that would be let through.
    func permitted(
        policy: Policy, workspace: Workspace, person: Person?, channel: Channel?
    ) async -> [PluginCommands] {
        var permitted: [PluginCommands] = []
        for commands in all(under: policy.command) {
            let verdict = await permit.verdict(
                commands.pluginID, policy: policy, workspace: workspace, person: person, channel: channel)
            if verdict.isAllowed { permitted.append(commands) }
        }
        return permitted
    }
}
