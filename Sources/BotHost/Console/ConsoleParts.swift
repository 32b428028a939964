import BotStore

/// The console: its screens, and the door before them.
struct ConsoleParts: Sendable {
    let routes: ConsoleRoutes
    let signIn: ConsoleSignIn

    init(_ basics: HostBasics, plugins: PluginParts, installs: InstallParts, health: Health) {
        let (store, clock) = (basics.store, basics.clock)
        let workspaces = WorkspacesScreen(
            store: store, installs: installs, accounts: plugins.accounts, publicAddress: basics.publicAddress,
            clock: clock)
        let switches = PluginsScreen(
            store: store, table: plugins.table, policySource: plugins.policySource, clock: clock)
        let overview = OverviewScreen(
            health: health, store: store, installs: installs, accounts: plugins.accounts,
            publicAddress: basics.publicAddress, policySource: plugins.policySource, clock: clock)
        let jobs = JobsScreen(store: store, clock: clock)
        signIn = ConsoleSignIn(keys: basics.keys)
        routes = ConsoleRoutes(
            screens: [
                overview.screen, workspaces.screen, switches.screen, DeliveriesScreen(store: store).screen, jobs.screen,
            ] + AuditScreen(store: store).screens,
            deeds: workspaces.deeds + switches.deeds + jobs.deeds,
            sessions: ConsoleSessions(store: store, clock: clock), signIn: signIn,
            once: OnceOnly(store: store, clock: clock), audit: store,
            banner: { await Self.banner(store, installs.needed) }, address: basics.consoleAddress, clock: clock,
            logger: basics.logger)
    }

    /// What administrators have to know wherever they look.
    private static func banner(_ store: any InstallationStore, _ needed: NeededScopes) async -> HTML {
        guard let installations = try? await store.installations() else {
            return "<div class=\"notice bad\"><p>The database does not answer.</p></div>"
        }
        let suspended = installations.filter { $0.state != .active }
        guard !suspended.isEmpty else { return .empty }
        let names = suspended.map { installation -> HTML in "<bdi>\(installation.name)</bdi> " }
        return """
            <div class="notice bad" role="alert"><p>Served no more: \(names). <a href="/workspaces">Why, and what to \
            do</a></p></div>
            """
    }
}
