package import BotHost
package import BotStore
import PagerDutyKit

/// The kinds of webhooks that are compiled in.
package enum BundledSources {
    /// - Parameter secrets: What PagerDuty signs with where a subscription was made by hand.
    package static func all(secrets: [Secret] = []) -> [ConnectedSource] {
        [ConnectedSource(PagerDutyV3Source(), secrets: secrets), ConnectedSource(PagerDutyV2Source())]
    }
}
