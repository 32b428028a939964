import BotStore
import Logging
import PluginAPI
import SlackKit

/// Linking in the browser: there where people can sign in with Slack and at a service.
struct LinkParts: Sendable {
    let offers: LinkOffers
    private let basics: HostBasics
    private let plugins: PluginParts
    private let outbound: OutboundParts
    private let workspaces: WorkspaceParts
    private let slack: SlackSignIn

    /// - Returns: `nil` where the app has no client id at Slack, or no service has one.
    init?(_ basics: HostBasics, plugins: PluginParts, outbound: OutboundParts, workspaces: WorkspaceParts) {
        let access = basics.configuration.slack
        guard let client = access.client,
            plugins.accounts.connections.values.contains(where: { $0.provider.signIn != nil })
        else { return nil }
        self.basics = basics
        self.plugins = plugins
        self.outbound = outbound
        self.workspaces = workspaces
        slack = SlackSignIn(slackURL: access.url, clientID: client.id, clientSecret: client.secret.reveal())
        offers = LinkOffers(
            flows: LinkFlows(store: basics.store, clock: basics.clock), address: basics.publicAddress,
            clock: basics.clock)
    }

    /// - Parameter requests: Goes on with what was interrupted.
    func routes(after requests: PipelineParts) -> LinkRoutes {
        let pipeline = requests.pipeline
        let inflight = requests.inflight
        tellOfLostLinks(by: pipeline)
        return LinkRoutes(
            desk: LinkDesk(
                flows: offers.flows, accounts: plugins.accounts, directory: workspaces.directory, slack: slack,
                slackURL: basics.configuration.slack.url, http: outbound.http, address: basics.publicAddress,
                store: basics.store, clock: basics.clock, logger: basics.logger
            ) { flow, pair, served in
                inflight.start { await pipeline.goOn(after: flow, with: pair.account, in: served) }
            })
    }

    /// Tells people in their direct message with the app.
    private func tellOfLostLinks(by pipeline: Pipeline) {
        let (directory, logger) = (workspaces.directory, basics.logger)
        plugins.keeper.lost.listen { account in
            do {
                let key = account.person
                guard let team = key.teamID ?? key.enterpriseID,
                    let served = try await directory.served(teamID: key.teamID, enterpriseID: key.enterpriseID),
                    let provider = pipeline.runner.linkPrompt.accounts.provider(account.provider)
                else { return }
                let person = Person(id: key.userID, teamID: team, organizationID: key.enterpriseID)
                try await pipeline.answerer.call.tell(
                    pipeline.runner.linkPrompt.lost(provider), person: person, channel: nil, plugin: WireID.host,
                    in: served)
            } catch {
                logger.error("a person cannot be told that their link has ended: \(type(of: error))")
            }
        }
    }
}
