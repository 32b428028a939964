import BotHost
import BotStore
import Configuration
import PagerDutyKit

/// How the host reaches PagerDuty, read from its environment.
struct PagerDutyAccess: Sendable {
    let endpoints: PagerDuty.Endpoints
    let apiToken: Secret?
    let webhookSecrets: [Secret]
    let signIn: PagerDutySignIn?

    /// Keys, as environment variables:
    /// - `PAGERDUTY_API_TOKEN` (string, secret, optional): The account's REST key: reads only, never to act for a person.
    ///   Without it no workspace is connected to an account.
    /// - `PAGERDUTY_WEBHOOK_SECRET` (string, secret, optional): What a webhook subscription made by hand signs with;
    ///   several, separated by commas, while it is being changed.
    /// - `PAGERDUTY_CLIENT_ID`, `PAGERDUTY_CLIENT_SECRET` (string, secret, optional): The OAuth app that people link their
    ///   accounts with. Without it they paste a user API token.
    /// - `PAGERDUTY_REGION` (string, default: `us`): us or eu.
    /// - `PAGERDUTY_API_URL` (string, default: by region): Another address of the API, such as a simulator's.
    /// - `PAGERDUTY_IDENTITY_URL` (string, default: `https://identity.pagerduty.com`): The same of where people sign in.
    init(reading config: ConfigReader) throws(ConfigurationProblems) {
        var read = EnvironmentReader(config: config)
        let region = PagerDuty.Region(rawValue: read.choice("PAGERDUTY_REGION", default: "us", among: ["us", "eu"]))
        let url = read.url("PAGERDUTY_API_URL", allowsPlainLoopback: true)
        let identityURL = read.url("PAGERDUTY_IDENTITY_URL", allowsPlainLoopback: true)
        let client = Self.client(&read)
        apiToken = read.secret("PAGERDUTY_API_TOKEN")
        webhookSecrets = read.secrets("PAGERDUTY_WEBHOOK_SECRET")
        guard read.problems.isEmpty else { throw ConfigurationProblems(problems: read.problems) }
        let endpoints = PagerDuty.Endpoints(region ?? .us, api: url, identity: identityURL)
        self.endpoints = endpoints
        signIn = client.map {
            PagerDutySignIn(endpoints: endpoints, clientID: $0.id, clientSecret: $0.secret.reveal())
        }
    }

    /// The two belong together.
    private static func client(_ read: inout EnvironmentReader) -> (id: String, secret: Secret)? {
        let id = read.text("PAGERDUTY_CLIENT_ID", default: "")
        let secret = read.secret("PAGERDUTY_CLIENT_SECRET")
        let place = "from the app under Integrations → App Registration in PagerDuty"
        if id.isEmpty, secret != nil {
            read.say(
                "PAGERDUTY_CLIENT_ID", "is missing, while PAGERDUTY_CLIENT_SECRET is set",
                example: "90b153bf-cfeb-4837-8b6a-864b7ff85656, \(place)")
        }
        guard !id.isEmpty else { return nil }
        guard let secret else {
            read.say(
                "PAGERDUTY_CLIENT_SECRET", "is missing, while PAGERDUTY_CLIENT_ID is set",
                example: "a long text of letters and digits, \(place)")
            return nil
        }
        return (id, secret)
    }

    var connection: AccountConnection {
        AccountConnection(
            provider: PagerDutyAccountProvider(endpoints: endpoints, signIn: signIn), credential: apiToken)
    }
}
