import BotStore
import Logging

/// What every part of the host is made with.
struct HostBasics: Sendable {
    let configuration: HostConfiguration
    let store: any Store
    /// What seals secrets and stamps addresses.
    let keys: KeyRing
    let metrics: HostMetrics
    let clock: HostClock
    let logger: Logger
    /// This process among replicas, as its leases name it.
    let owner: String
    /// Where people and services reach the two listeners.
    let publicAddress: ListenerAddress
    let consoleAddress: ListenerAddress

    init(
        configuration: HostConfiguration, store: any Store, keys: KeyRing, metrics: HostMetrics, clock: HostClock,
        logger: Logger
    ) {
        self.configuration = configuration
        self.store = store
        self.keys = keys
        self.metrics = metrics
        self.clock = clock
        self.logger = logger
        owner = "host-\(TraceID.make())"
        publicAddress = ListenerAddress(configured: configuration.publicURL, listen: configuration.listen)
        consoleAddress = ListenerAddress(configured: configuration.consoleURL, listen: configuration.console)
    }
}
