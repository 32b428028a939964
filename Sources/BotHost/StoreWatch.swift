import BotStore
import Logging
import ServiceLifecycle

/// Ends the process when the store can no longer keep its promise: after a failed write nobody knows what is on the disk.
struct StoreWatch: Service {
    let store: any Store
    let clock: HostClock
    let logger: Logger

    static let pause = Duration.seconds(1)

    func run() async throws {
        let reason = await cancelWhenGracefulShutdown { await fatality() }
        guard let reason else { return }
        logger.critical("the host ends: \(reason)")
        throw StartProblems(lines: [reason])
    }

    /// What is wrong, as soon as something is; `nil` at the end.
    private func fatality() async -> String? {
        while !Task.isCancelled {
            do {
                try await store.ping()
            } catch {
                if error.isFatal { return error.sentence }
            }
            try? await clock.sleep(Self.pause)
        }
        return nil
    }
}
