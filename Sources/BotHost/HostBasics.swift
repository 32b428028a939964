import BotStore
import Logging

/// What every part of the host is made with.
struct HostBasics: Sendable {
    let configuration: HostConfiguration
    /// Where people reach the public listener.
    let publicAddress: ListenerAddress
    let store: any Store
    let metrics: HostMetrics
    let clock: HostClock
    let logger: Logger
    /// This process among replicas, as its leases name it.
    let owner: String
}
