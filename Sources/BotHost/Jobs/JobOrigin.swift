import Foundation
import PluginAPI

/// On whose behalf a job runs, and where it was asked for.
struct JobOrigin: Codable, Sendable {
    var person: Person?
    var channel: Channel?
    var enterpriseID: String?
}
