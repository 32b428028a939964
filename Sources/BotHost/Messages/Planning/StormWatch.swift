import BotStore

/// In which channels there is more to show than can be shown one by one. A state machine without a clock.
///
/// A storm begins when more than ten messages wait. It is over when for ten seconds there was never more than one: a channel
/// that is nearly calm does not change back and forth.
struct StormWatch: Sendable {
    /// Messages that may wait before a storm begins.
    static let most = 10
    static let calm = Duration.seconds(10)
    static let capacity = 1_000

    /// When several messages waited for the last time.
    private var storms: [MessagePlace: Duration] = [:]

    var count: Int { storms.count }

    /// Notes how many messages wait to be posted in a channel.
    /// - Returns: Whether there is a storm now.
    mutating func isStorm(in place: MessagePlace, waiting: Int, at now: Duration) -> Bool {
        if let last = storms[place], now - last < Self.calm {
            if waiting > 1 { storms[place] = now }
            return true
        }
        storms[place] = nil
        guard waiting > Self.most else { return false }
        if storms.count >= Self.capacity { storms = storms.filter { now - $0.value < Self.calm } }
        storms[place] = now
        return true
    }
}
