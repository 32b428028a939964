import BotStore
import Foundation
import Synchronization

/// What senders of webhooks may have signed with, as the host keeps it: the secrets of the subscriptions that it made, and
/// those in the addresses of senders that sign nothing.
///
/// They are remembered for a few seconds: everybody can send forgeries, and those must cost neither a disk nor a key.
/// What proves nothing with the remembered ones is tried with the stored ones, because a 401 makes a sender give up;
/// but at most once a second.
final class DeliverySecrets: Sendable {
    static let lifetime = Duration.seconds(5)
    /// How old what is remembered must be before the store is asked because of a request that it does not prove.
    static let rest = Duration.seconds(1)

    private struct Remembered {
        let secrets: [String]
        let readAt: Duration
    }

    private let read: @Sendable (_ source: String) async throws -> [Secret]
    private let clock: HostClock
    private let remembered = Mutex<[String: Remembered]>([:])

    init(clock: HostClock, read: @escaping @Sendable (_ source: String) async throws -> [Secret]) {
        self.clock = clock
        self.read = read
    }

    convenience init(store: any SecretStore, clock: HostClock) {
        self.init(clock: clock) { source in
            var secrets: [Secret] = []
            for name in try await store.secretNames(of: source, limit: 100, after: nil) {
                if let secret = try await store.secret(SecretName(owner: source, name: name)) { secrets.append(secret) }
            }
            return secrets
        }
    }

    /// Those of a source, a few seconds old at most.
    func of(_ source: String) async throws -> [String] {
        if let known = remembered.withLock({ $0[source] }), age(known) < Self.lifetime { return known.secrets }
        return try await look(source)
    }

    /// Those of a source as they are stored; `nil` where they have just been looked at.
    func fresh(_ source: String) async throws -> [String]? {
        if let known = remembered.withLock({ $0[source] }), age(known) < Self.rest { return nil }
        return try await look(source)
    }

    /// After a change made here.
    func forget(_ source: String) {
        remembered.withLock { $0[source] = nil }
    }

    private func age(_ known: Remembered) -> Duration { clock.uptime() - known.readAt }

    private func look(_ source: String) async throws -> [String] {
        let readAt = clock.uptime()
        let secrets = try await read(source).map { $0.reveal() }
        remembered.withLock { $0[source] = Remembered(secrets: secrets, readAt: readAt) }
        return secrets
    }
}
