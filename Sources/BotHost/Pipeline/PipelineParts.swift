import BotStore
import SlackKit

/// The way of what Slack sends, from its bytes to the answer.
struct PipelineParts: Sendable {
    let pipeline: Pipeline
    let budget: ReplyBudget
    let inflight: Inflight

    /// - Throws: ``StartProblems`` where Slack has no way to this host.
    init(
        _ basics: HostBasics, plugins: PluginParts, outbound: OutboundParts, workspaces: WorkspaceParts,
        installs: InstallParts, offers: LinkOffers?
    ) throws(StartProblems) {
        let slack = basics.configuration.slack
        let signature = SlackSignature(secrets: slack.signingSecrets.map { $0.reveal() })
        guard signature != nil || slack.appToken != nil else {
            throw StartProblems(lines: ["SLACK_SIGNING_SECRET: is missing, and SLACK_APP_TOKEN too"])
        }
        let runner = HandlerRunner(
            services: plugins.services, store: basics.store, circuit: PluginCircuit(),
            linkPrompt: LinkPrompt(
                accounts: plugins.accounts,
                interruptions: Interruptions(store: basics.store, clock: basics.clock, logger: basics.logger),
                offers: offers, guests: workspaces.guests, audit: basics.store, clock: basics.clock,
                logger: basics.logger),
            metrics: basics.metrics, clock: basics.clock, logger: basics.logger)
        budget = ReplyBudget(clock: basics.clock)
        inflight = Inflight()
        let answerer = Answerer(
            call: ViewCalls(slack: outbound.slack),
            poster: ResponsePoster(
                allowed: ResponseURL(slackURL: slack.url), http: outbound.http, metrics: basics.metrics),
            runner: runner, inflight: inflight, clock: basics.clock, logger: basics.logger)
        let events = EventIntake(
            store: basics.store, policy: plugins.policy, clock: basics.clock, logger: basics.logger)
        pipeline = Pipeline(
            signature: signature, directory: workspaces.directory, lifecycle: installs.lifecycle,
            router: RequestRouter(table: plugins.table),
            permit: plugins.permit, policy: plugins.policy, runner: runner, answerer: answerer,
            events: events,
            steps: StepIntake(
                events: events, policy: plugins.policy, services: plugins.services,
                retired: RetiredSteps(slack: outbound.slack, logger: basics.logger), inflight: inflight,
                logger: basics.logger),
            budget: budget, inflight: inflight, metrics: basics.metrics, clock: basics.clock, logger: basics.logger)
    }
}
