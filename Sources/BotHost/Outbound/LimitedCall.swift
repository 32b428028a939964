import PluginAPI
import SlackKit

/// A call of Slack's Web API as the limiter sees it: what it counts on.
struct LimitedCall: Sendable, Hashable {
    let workspace: String
    let method: String
    let tier: RateTier
    /// Where it posts; empty for methods whose limit knows no channels.
    let channel: String
    /// The message that it edits; empty for everything else.
    let message: String

    init(_ method: WebAPIMethod, workspace: String, channel: String = "", message: String = "") {
        self.workspace = workspace
        self.method = method.name
        self.tier = method.tier
        self.channel = method.tier == .posting ? channel : ""
        self.message = method.name == Self.edit ? "\(channel)/\(message)" : ""
    }

    init(_ method: WebAPIMethod, workspace: String, arguments: JSONValue) {
        self.init(
            method, workspace: workspace, channel: arguments["channel"].string ?? "",
            message: arguments["ts"].string ?? "")
    }

    private static let edit = "chat.update"

    /// How many calls may be made at once, and how many a second in the long run.
    struct Budget: Sendable, Hashable {
        let burst: Double
        let perSecond: Double
    }

    /// What a budget is kept for.
    struct Key: Sendable, Hashable {
        let workspace: String
        let method: String
        /// A channel, a message, or empty for all of the workspace.
        let place: String
    }

    /// The key that a 429 stops: Slack counts posts by channel, everything else by workspace.
    /// - SeeAlso: <https://docs.slack.dev/apis/web-api/rate-limits>
    var pauseKey: Key { Key(workspace: workspace, method: method, place: channel) }

    /// All budgets that the call draws on.
    var budgets: [(key: Key, budget: Budget)] {
        let everywhere = Key(workspace: workspace, method: method, place: "")
        switch tier {
        case .posting:
            // Slack: one a second in a channel with short bursts, "several hundred" a minute in a workspace.
            let whole = (everywhere, Budget(burst: 40, perSecond: 4))
            return channel.isEmpty ? [whole] : [whole, (pauseKey, Budget(burst: 4, perSecond: 1))]
        case .tier1, .tier2, .tier3, .tier4, .special:
            let perMinute = Double(max(1, tier.perMinute))
            guard !message.isEmpty else {
                return [(everywhere, Budget(burst: max(5, perMinute), perSecond: perMinute / 60))]
            }
            // The second one keeps a message that changes all the time from using up what belongs to all messages.
            return [
                (everywhere, Budget(burst: perMinute / 2, perSecond: perMinute / 60)),
                (Key(workspace: workspace, method: method, place: message), Budget(burst: 8, perSecond: 1 / 3)),
            ]
        }
    }
}
