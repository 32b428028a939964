import BotHost
import PagerDutyKit

/// Everything the environment says about one installation of the host.
struct Setup: Sendable {
    var configuration: HostConfiguration
    var parts: BotBackend.Parts

    /// - Throws: ``ConfigurationProblems`` with a line for each variable that is wrong.
    static func read() async throws -> Setup {
        let config = try await EnvironmentSource.reader()
        var problems: [String] = []
        var configuration: HostConfiguration?
        var pagerDuty: PagerDutyAccess?
        do {
            configuration = try HostConfiguration(reading: config)
        } catch {
            problems += error.problems
        }
        do {
            pagerDuty = try PagerDutyAccess(reading: config)
        } catch {
            problems += error.problems
        }
        guard let configuration, let pagerDuty, problems.isEmpty else {
            throw ConfigurationProblems(problems: problems)
        }
        return Setup(
            configuration: configuration,
            parts: BotBackend.Parts(
                plugins: Bot.plugins, connections: [pagerDuty.connection],
                sources: BundledSources.all(secrets: pagerDuty.webhookSecrets),
                botTokens: configuration.slack.botToken.map { [$0] } ?? []))
    }
}
