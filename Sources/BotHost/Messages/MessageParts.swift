import BotStore
import PluginAPI

/// What keeps Slack showing what plugins said it should.
struct MessageParts: Sendable {
    let painter: MessagePainter

    init(_ basics: HostBasics, outbound: OutboundParts, workspaces: WorkspaceParts) {
        let store = basics.store
        let directory = workspaces.directory
        painter = MessagePainter(
            store: store, wakeups: { store.wakeups() }, clock: basics.clock, logger: basics.logger
        ) { method, arguments, workspace, organization in
            guard
                let served = try await directory.served(
                    teamID: workspace, enterpriseID: organization.isEmpty ? nil : organization)
            else {
                throw SlackError(code: "account_inactive")
            }
            return try await outbound.slack.call(
                method, arguments, token: served.installation.botToken, workspace: workspace)
        }
    }
}
