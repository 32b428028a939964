import SlackKit

/// What speaks to other machines.
struct OutboundParts: Sendable {
    let http: OutboundHTTP
    let slack: SlackCaller
    let files: FileUpload

    init(_ basics: HostBasics) {
        let metrics = basics.metrics
        let slackURL = basics.configuration.slack.url
        http = OutboundHTTP(clock: basics.clock) { metrics.breakerOpened($0) }
        slack = SlackCaller(
            slackURL: slackURL, http: http, clock: basics.clock, metrics: basics.metrics,
            pace: basics.configuration.slack.pace)
        files = FileUpload(
            slack: slack, http: http, allowed: ResponseURL(slackURL: slackURL, hosts: ResponseURL.uploadHosts),
            clock: basics.clock)
    }
}
