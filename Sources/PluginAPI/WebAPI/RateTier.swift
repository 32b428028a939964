/// How often a Web API method may be called, for each workspace.
///
/// - SeeAlso: https://docs.slack.dev/apis/web-api/rate-limits
package enum RateTier: Sendable, Hashable {
    /// Once a minute.
    case tier1
    /// 20 times a minute.
    case tier2
    /// 50 times a minute.
    case tier3
    /// 100 times a minute.
    case tier4
    /// Posting: once a second in each channel, and several hundred a minute in a workspace.
    case posting
    /// A figure of the method's own, in calls a minute.
    case special(perMinute: Int)

    /// Calls a minute that Slack promises to accept; for ``posting`` those to one channel.
    package var perMinute: Int {
        switch self {
        case .tier1: 1
        case .tier2: 20
        case .tier3: 50
        case .tier4: 100
        case .posting: 60
        case .special(let perMinute): perMinute
        }
    }
}
