import BotStore
import PluginAPI

/// The plugins: what they answer to, who may use what, and what stands behind their contexts.
struct PluginParts: Sendable {
    let table: RouteTable
    let policySource: PolicySource
    let permit: Permit
    let accounts: AccountDirectory
    let keeper: CredentialKeeper
    let services: PluginServices

    /// - Throws: ``StartProblems`` where `plugins.json` has an error.
    init(
        _ basics: HostBasics, table: RouteTable, parts: BotBackend.Parts, outbound: OutboundParts,
        workspaces: WorkspaceParts
    ) throws(StartProblems) {
        let policySource = try Self.policySource(basics, plugins: parts.plugins)
        let groups = workspaces.groups
        let permit = Permit { group, person, workspace in
            await groups.contains(person, group: group, workspace: workspace)
        }
        let commands = CommandDirectory(table: table, permit: permit)
        keeper = CredentialKeeper(
            providers: parts.connections.map(\.provider), store: basics.store, http: outbound.http,
            owner: basics.owner, clock: basics.clock, logger: basics.logger)
        accounts = AccountDirectory(
            connections: parts.connections, store: basics.store, http: outbound.http, keeper: keeper,
            clock: basics.clock, metrics: basics.metrics, logger: basics.logger)
        services = PluginServices(
            directory: workspaces.directory, accounts: accounts, guests: workspaces.guests, store: basics.store,
            slack: outbound.slack, http: outbound.http, files: outbound.files,
            manifests: parts.plugins.map(\.manifest),
            policy: { policySource.policy },
            clock: basics.clock, logger: basics.logger,
            catalogue: { core in
                await commands.permitted(
                    policy: policySource.policy, workspace: core.workspace, person: core.person, channel: core.channel)
            })
        self.table = table
        self.policySource = policySource
        self.permit = permit
    }

    /// The policy in force.
    var policy: @Sendable () -> Policy {
        let source = policySource
        return { source.policy }
    }

    private static func policySource(
        _ basics: HostBasics, plugins: [RegisteredPlugin]
    ) throws(StartProblems) -> PolicySource {
        let store = basics.store
        let path = basics.configuration.pluginsFile
        do {
            return try PolicySource(
                path: path, plugins: plugins, logger: basics.logger,
                overrides: {
                    try await store.enablementOverrides().map {
                        Policy.Override(workspaceID: $0.workspace, pluginID: $0.plugin, isEnabled: $0.isEnabled)
                    }
                })
        } catch {
            throw StartProblems(lines: error.problems.map { "\(path): \($0)" })
        }
    }
}
