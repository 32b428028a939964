/// What speaks to other machines.
struct OutboundParts: Sendable {
    let http: OutboundHTTP
    let slack: SlackCaller

    init(_ basics: HostBasics) {
        let metrics = basics.metrics
        http = OutboundHTTP(clock: basics.clock) { metrics.breakerOpened($0) }
        slack = SlackCaller(
            slackURL: basics.configuration.slack.url, http: http, clock: basics.clock, metrics: basics.metrics,
            pace: basics.configuration.slack.pace)
    }
}
