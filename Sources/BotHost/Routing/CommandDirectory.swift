import PluginAPI
import Synchronization

/// All commands as people type them, and which of them somebody may use somewhere.
final class CommandDirectory: Sendable {
    private let table: RouteTable
    private let permit: Permit
    private let known = Mutex<Known?>(nil)

    /// What follows from one policy, worked out once.
    private struct Known {
        let policy: Policy
        let all: [PluginCommands]
        /// By workspace: the commands, where everybody may use every plugin that is on.
        var open: [String: [PluginCommands]] = [:]
    }

    init(table: RouteTable, permit: Permit) {
        self.table = table
        self.permit = permit
    }

    /// Those that would be let through.
    func permitted(
        policy: Policy, workspace: Workspace, person: Person?, channel: Channel?
    ) async -> [PluginCommands] {
        let (all, open) = commands(policy, in: workspace.id)
        if let open { return open }
        var permitted: [PluginCommands] = []
        for commands in all {
            let verdict = await permit.verdict(
                commands.pluginID, policy: policy, workspace: workspace, person: person, channel: channel)
            if verdict.isAllowed { permitted.append(commands) }
        }
        return permitted
    }

    private func commands(_ policy: Policy, in workspace: String) -> (all: [PluginCommands], open: [PluginCommands]?) {
        known.withLock { known in
            var current =
                known.flatMap { $0.policy === policy ? $0 : nil }
                ?? Known(policy: policy, all: table.commands(under: policy.command))
            if let open = current.open[workspace] { return (current.all, open) }
            let enabled = current.all.filter { policy.terms(for: $0.pluginID, in: workspace)?.isEnabled == true }
            let isOpen = enabled.allSatisfy { policy.terms(for: $0.pluginID, in: workspace)?.isOpen == true }
            if isOpen, current.open.count < 10_000 { current.open[workspace] = enabled }
            known = current
            return (current.all, isOpen ? enabled : nil)
        }
    }
}
