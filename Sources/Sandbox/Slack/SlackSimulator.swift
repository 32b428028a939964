import Hummingbird

/// The simulated Slack.
package actor SlackSimulator {
    package nonisolated let signingSecret: String
    private nonisolated let botTokens: [String: String]

    init(signingSecret: String, botTokens: [String: String]) {
        self.signingSecret = signingSecret
        self.botTokens = botTokens
    }

    /// The bot token of a workspace, as an installation would have received it.
    package nonisolated func botToken(team: String) -> String? { botTokens[team] }

    nonisolated func addRoutes(to router: Router<BasicRequestContext>) {}

    func reset() {}
}
