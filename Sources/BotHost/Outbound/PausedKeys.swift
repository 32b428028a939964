import Foundation
import Synchronization

/// Who asked us to wait, and until when: a 429 stops only its own method, workspace and channel.
final class PausedKeys: Sendable {
    struct Key: Hashable, Sendable {
        var workspace: String
        var method: String
        var channel: String
    }

    private let until = Mutex<[Key: Date]>([:])

    /// How long a key still has to wait.
    func remaining(_ key: Key, now: Date) -> Duration? {
        until.withLock { paused in
            guard let date = paused[key] else { return nil }
            guard date > now else {
                paused[key] = nil
                return nil
            }
            return .milliseconds(Int64((date.timeIntervalSince(now) * 1_000).rounded(.up)))
        }
    }

    func pause(_ key: Key, for delay: Duration, now: Date) {
        until.withLock { paused in
            // Bounded: a pause that has passed is no use to anybody.
            if paused.count > 4_096 { paused = paused.filter { $0.value > now } }
            paused[key] = now.addingTimeInterval(delay / .seconds(1))
        }
    }
}
