package import BotHost
package import BotStore
import PagerDutyKit

/// The kinds of webhooks that are compiled in.
package enum BundledSources {
    /// - Parameter secrets: What PagerDuty signs with, asked for each request.
    package static func all(secrets: @escaping @Sendable () async throws -> [Secret]) -> [ConnectedSource] {
        [ConnectedSource(PagerDutyV3Source(), secrets: secrets)]
    }
}
