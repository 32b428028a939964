/// What speaks to other machines.
struct OutboundParts: Sendable {
    let http: OutboundHTTP
    let slack: SlackCaller

    init(_ basics: HostBasics) {
        http = OutboundHTTP()
        slack = SlackCaller(
            slackURL: basics.configuration.slack.url, http: http, clock: basics.clock, metrics: basics.metrics)
    }
}
