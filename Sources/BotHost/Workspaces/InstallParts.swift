import BotStore
import Foundation
import ServiceLifecycle

/// Everything about installing the app and keeping it installed.
struct InstallParts: Sendable {
    let directory: InstallationDirectory
    let needed: NeededScopes
    let permission: InstallPermission
    let routes: InstallRoutes
    let lifecycle: InstallationLifecycle
    let suspension: Suspension
    /// `nil` where the host has no client id: then no token of its ends.
    let keeper: TokenKeeper?
    private let watch: GrantWatch

    init(_ basics: HostBasics, outbound: OutboundParts, workspaces: WorkspaceParts, plugins: PluginParts) {
        let (store, clock, logger, directory) = (basics.store, basics.clock, basics.logger, workspaces.directory)
        let once = OnceOnly(store: store, clock: clock)
        let tokens = TokenVault(store: store, clock: clock, owner: basics.owner)
        let needed = NeededScopes(table: plugins.table, policy: plugins.policy)
        let permission = InstallPermission(
            stamp: basics.keys.stamp(for: "install"), once: once, store: store, clock: clock)
        let oauth = basics.configuration.slack.client.map {
            SlackOAuth(
                slackURL: basics.configuration.slack.url, client: $0, http: outbound.http, metrics: basics.metrics)
        }
        suspension = Suspension(store: store, directory: directory, clock: clock, logger: logger)
        lifecycle = InstallationLifecycle(
            store: store, tokens: tokens, directory: directory, slack: outbound.slack, clock: clock, logger: logger)
        routes = InstallRoutes(
            installer: oauth.map {
                Installer(
                    oauth: $0, slack: outbound.slack, store: store, tokens: tokens, directory: directory,
                    needed: needed, permission: permission, clock: clock, logger: logger)
            },
            permission: permission,
            states: InstallState(stamp: basics.keys.stamp(for: "install-state"), once: once, clock: clock),
            address: basics.publicAddress, metrics: basics.metrics, logger: logger)
        keeper = oauth.map {
            TokenKeeper(
                oauth: $0, store: store, tokens: tokens, directory: directory, clock: clock, metrics: basics.metrics,
                logger: logger)
        }
        watch = GrantWatch(
            store: store, needed: needed, slack: outbound.slack, tokens: tokens, directory: directory, clock: clock,
            logger: logger)
        self.directory = directory
        self.needed = needed
        self.permission = permission
    }

    var services: [any Service] { [watch] + (keeper.map { [$0] } ?? []) }
}
