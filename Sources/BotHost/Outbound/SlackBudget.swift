import SlackKit
import Synchronization

/// The limiter that everybody who calls Slack shares, under the host's clock.
final class SlackBudget: Sendable {
    private let limiter: Mutex<OutboundLimiter>
    private let uptime: @Sendable () -> Duration

    init(clock: HostClock, pace: Double = 1) {
        limiter = Mutex(OutboundLimiter(pace: pace))
        uptime = clock.uptime
    }

    /// - Returns: How long to wait; nil where the call may be made, and has been counted.
    func take(_ call: LimitedCall, leaving reserve: Double = 0) -> Duration? {
        let now = uptime()
        return limiter.withLock { $0.take(call, leaving: reserve, at: now) }
    }

    func refuse(_ call: LimitedCall, retryAfter pause: Duration) {
        let now = uptime()
        limiter.withLock { $0.refuse(call, retryAfter: pause, at: now) }
    }

    /// How many such calls may be made now, and how long until there is one more where there are none.
    func room(_ call: LimitedCall, leaving reserve: Double = 0) -> (calls: Int, wait: Duration) {
        let now = uptime()
        return limiter.withLock { limiter in
            (
                limiter.room(for: call, leaving: reserve, at: now),
                limiter.wait(for: call, leaving: reserve, at: now) ?? .zero
            )
        }
    }
}
