import BotStore
import PluginAPI

/// Which workspaces are served, and who belongs to a user group there.
struct WorkspaceParts: Sendable {
    let directory: InstallationDirectory
    let groups: UserGroups
    let guests: Guests
    let installs: TokenInstalls

    /// - Parameter botTokens: Of workspaces to serve without an OAuth install.
    init(_ basics: HostBasics, botTokens: [Secret], outbound: OutboundParts) {
        let directory = InstallationDirectory(store: basics.store, clock: basics.clock)
        self.directory = directory
        groups = UserGroups(clock: basics.clock, logger: basics.logger) { group, workspace in
            guard
                let served = try await directory.served(
                    teamID: workspace.id, enterpriseID: workspace.organizationID)
            else { return [] }
            return try await outbound.slack.members(
                ofUserGroup: group, token: served.installation.botToken, workspace: workspace.id)
        }
        guests = Guests(slack: outbound.slack, clock: basics.clock, logger: basics.logger)
        installs = TokenInstalls(
            tokens: botTokens, slack: outbound.slack, store: basics.store, directory: directory, clock: basics.clock,
            logger: basics.logger)
    }
}
