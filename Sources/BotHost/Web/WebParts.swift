import BotStore
import PluginAPI

/// What plugins answer over HTTP, and the tokens that open it.
struct WebParts: Sendable {
    let routes: WebRoutes
    let budget: ReplyBudget

    init(_ basics: HostBasics, plugins: PluginParts, workspaces: WorkspaceParts, inflight: Inflight) {
        budget = ReplyBudget(budget: WebRoutes.time, clock: basics.clock)
        routes = WebRoutes(
            directory: plugins.table.web, tokens: APITokens(store: basics.store, clock: basics.clock),
            installations: workspaces.directory, policy: plugins.policy, services: plugins.services,
            audit: basics.store, budget: budget, inflight: inflight, metrics: basics.metrics, clock: basics.clock,
            logger: basics.logger)
    }
}
