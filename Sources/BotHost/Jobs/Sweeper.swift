import BotStore
import Foundation
import Logging
import ServiceLifecycle

/// Forgets what has been finished for long, a little at a time, so that the store does not grow with the years.
final class Sweeper: Service {
    private let store: any Store
    private let clock: HostClock
    private let logger: Logger

    static let pause = Duration.seconds(60)
    /// Rows of one kind at a time, so that a sweep never keeps a request waiting.
    static let limit = 500

    static let keepsFinishedJobs: TimeInterval = 86_400
    /// What an administrator may want to look into: dead letters, bodies of deliveries (senders try again for two days
    /// at most, so their ids must stay longer than that), messages that could not be shown.
    static let keepsForAdministrators: TimeInterval = 30 * 86_400

    init(store: any Store, clock: HostClock, logger: Logger) {
        self.store = store
        self.clock = clock
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                await sweep()
                try? await clock.sleep(Self.pause)
            }
        }
    }

    func sweep() async {
        let now = clock.now()
        let old = now.addingTimeInterval(-Self.keepsForAdministrators)
        do {
            _ = try await store.sweepJobs(
                finishedBefore: now.addingTimeInterval(-Self.keepsFinishedJobs), deadBefore: old, limit: Self.limit)
            _ = try await store.sweepInbox(settledBefore: old, limit: Self.limit)
            _ = try await store.sweepMessages(before: old, limit: Self.limit)
            _ = try await store.sweepValues(at: now, limit: Self.limit)
            _ = try await store.sweepLeases(at: now, limit: Self.limit)
        } catch {
            logger.error("what is old cannot be swept: \(error)")
        }
    }
}
