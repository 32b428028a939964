import BotStore
import Foundation
import Logging
import PluginAPI
import ServiceLifecycle

/// Reads the deliveries whose reading was cut short: the process ended, or the store could not be written. One that has
/// ended the process three times is not read again.
final class UnreadDeliveries: Service {
    private let store: any InboxStore
    private let sources: [String: any DeliverySource]
    private let reader: DeliveryReader
    private let clock: HostClock
    private let logger: Logger

    static let pause = Duration.seconds(5)
    /// So long after it came, whoever was to read a delivery has ended.
    static let patience: TimeInterval = 5
    /// How often reading may end the process.
    static let mostAttempts = 3

    init(
        store: any InboxStore, sources: [any DeliverySource], reader: DeliveryReader, clock: HostClock, logger: Logger
    ) {
        self.store = store
        self.sources = Dictionary(sources.map { ($0.id, $0) }) { first, _ in first }
        self.reader = reader
        self.clock = clock
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            // What the last process left need not wait: to read twice what a replica is just reading does no harm.
            await read(keptBefore: clock.now())
            while !Task.isCancelled {
                try? await clock.sleep(Self.pause)
                await read(keptBefore: clock.now().addingTimeInterval(-Self.patience))
            }
        }
    }

    func read(keptBefore before: Date) async {
        do {
            for stored in try await store.unread(keptBefore: before, limit: 50) {
                guard let name = stored.delivery.id.unreadSource else { continue }
                guard let source = sources[name] else {
                    try await store.quarantine(
                        stored.delivery.id, reason: "nothing reads “\(name)” any more", at: clock.now())
                    continue
                }
                // Counted before it is read, so that one that ends the process is counted too.
                let attempt = try await store.beginAttempt(stored.delivery.id)
                let reason = "the process ended each time that it was read"
                switch attempt {
                case ...Self.mostAttempts:
                    await reader.read(stored.delivery, of: source)
                case Self.mostAttempts + 1:
                    try await reader.setAside(stored.delivery, of: source, because: reason)
                default:
                    // Not even that went well.
                    try await store.quarantine(stored.delivery.id, reason: reason, at: clock.now())
                }
            }
        } catch {
            logger.error("deliveries that were left unread cannot be looked at: \(error)")
        }
    }
}
