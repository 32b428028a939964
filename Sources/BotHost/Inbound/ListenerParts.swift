import BotStore

/// Where the host listens: Slack and other services here, administrators there.
struct ListenerParts: Sendable {
    let health: Health
    let publicListener: Listener
    let console: Listener

    init(
        _ basics: HostBasics, pipeline: Pipeline, deliveries: DeliveryRoutes, web: WebRoutes, links: LinkRoutes?,
        workspaces: WorkspaceParts, plugins: PluginParts, installs: InstallParts,
        sockets: SocketMode?, page: PrometheusText
    ) {
        let store = basics.store
        health = Health([
            ("store", { await Self.problem(of: store) }),
            ("workspaces", { workspaces.installs.problem }),
            ("slack", { sockets?.problem }),
        ])
        publicListener = Listener(
            PublicListener(
                pipeline: pipeline, deliveries: deliveries, web: web, links: links, health: health,
                installs: installs.routes
            ).router(), at: basics.configuration.listen, port: basics.publicAddress.port, logger: basics.logger)
        console = Listener(
            ConsoleListener(
                health: health, metrics: page,
                console: ConsoleParts(basics, plugins: plugins, installs: installs, health: health).routes
            ).router(), at: basics.configuration.console,
            port: basics.consoleAddress.port, logger: basics.logger)
    }

    private static func problem(of store: any Store) async -> String? {
        do throws(StoreError) {
            try await store.ping()
            return nil
        } catch {
            return error.sentence
        }
    }
}
