/// How a sandbox is set up.
package struct SandboxOptions: Sendable {
    /// Port on 127.0.0.1; 0 means a free one.
    package var port: Int
    /// The app's manifest as JSON text, as one would paste it into Slack.
    package var manifest: String?
    /// Where the host's public listener is, as in `http://127.0.0.1:3000`.
    package var hostURL: String?
    /// What requests to the host are signed with; nil means one made from the seed.
    package var signingSecret: String?
    /// What all identifiers, tokens and secrets are made from. The same seed gives the same ones.
    package var seed: UInt64
    package var clock: any SandboxClock
    /// How long the host has to acknowledge a command, an interaction or an event, in real time.
    ///
    /// - SeeAlso: https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response
    package var acknowledgementTimeout: Duration
    /// Whether Slack's rate limits are kept.
    package var rateLimits: Bool
    /// Seconds until PagerDuty sends a webhook again that was not taken; it doubles with every attempt.
    package var webhookPause: Double
    /// Called after a reset, for those who keep state that belongs to the old world.
    package var afterReset: (@Sendable () async -> Void)?

    package init(
        port: Int = 8080, manifest: String? = nil, hostURL: String? = nil, signingSecret: String? = nil,
        seed: UInt64 = .random(in: .min ... .max), clock: any SandboxClock = WallClock(),
        acknowledgementTimeout: Duration = .seconds(3), rateLimits: Bool = true,
        webhookPause: Double = 30, afterReset: (@Sendable () async -> Void)? = nil
    ) {
        self.port = port
        self.manifest = manifest
        self.hostURL = hostURL
        self.signingSecret = signingSecret
        self.seed = seed
        self.clock = clock
        self.acknowledgementTimeout = acknowledgementTimeout
        self.rateLimits = rateLimits
        self.webhookPause = webhookPause
        self.afterReset = afterReset
    }
}
