import BotHost
import BotStore
import Configuration
import PagerDutyKit

/// How the host reaches PagerDuty, read from its environment.
struct PagerDutyAccess: Sendable {
    let endpoints: PagerDuty.Endpoints
    let apiToken: Secret?
    let webhookSecrets: [Secret]

    /// Keys, as environment variables:
    /// - `PAGERDUTY_API_TOKEN` (string, secret, optional): The account's REST key: reads only, never to act for a person.
    ///   Without it no workspace is connected to an account.
    /// - `PAGERDUTY_WEBHOOK_SECRET` (string, secret, optional): What a webhook subscription made by hand signs with;
    ///   several, separated by commas, while it is being changed.
    /// - `PAGERDUTY_REGION` (string, default: `us`): us or eu.
    /// - `PAGERDUTY_API_URL` (string, default: by region): Another address of the API, such as a simulator's.
    init(reading config: ConfigReader) throws(ConfigurationProblems) {
        var read = EnvironmentReader(config: config)
        let region = PagerDuty.Region(rawValue: read.choice("PAGERDUTY_REGION", default: "us", among: ["us", "eu"]))
        let url = read.url("PAGERDUTY_API_URL", allowsPlainLoopback: true)
        apiToken = read.secret("PAGERDUTY_API_TOKEN")
        webhookSecrets = read.secrets("PAGERDUTY_WEBHOOK_SECRET")
        guard read.problems.isEmpty else { throw ConfigurationProblems(problems: read.problems) }
        endpoints = PagerDuty.Endpoints(region ?? .us, api: url)
    }

    var connection: AccountConnection {
        AccountConnection(provider: PagerDutyAccountProvider(endpoints: endpoints), credential: apiToken)
    }
}
