/// How fast sockets may be opened: after failures ever more slowly, and never more than Slack is known to bear.
struct OpeningPace: Sendable {
    /// At most this many are opened in any minute.
    static let mostPerMinute = 39
    /// The first few of a minute may follow each other at once; those that are left are spread over the time until there
    /// are more, so that a storm does not use up the minute and leave the rest of it without a socket.
    static let freely = 6
    static let firstPause = Duration.milliseconds(500)
    static let longestPause = Duration.seconds(30)
    /// What Slack is left alone for when it says that there are too many.
    static let pauseAfterTooMany = Duration.seconds(30)

    private var opened: [Duration] = []
    private var failures = 0
    private var notBefore = Duration.zero

    /// - Returns: Whether one may be opened now; then it counts as opened.
    mutating func opens(at now: Duration) -> Bool {
        opened.removeAll { now - $0 >= .seconds(60) }
        guard now >= notBefore, opened.count < Self.mostPerMinute else { return false }
        if opened.count >= Self.freely, let first = opened.first, let last = opened.last {
            let distance = (first + .seconds(60) - now) / (Self.mostPerMinute - opened.count + 1)
            guard now - last >= distance else { return false }
        }
        opened.append(now)
        return true
    }

    mutating func succeeded() { failures = 0 }

    /// - Parameter chance: From 0 to 1: hosts that lost their sockets together must not come back together.
    mutating func failed(at now: Duration, retryAfter: Duration?, chance: Double) {
        failures = min(failures + 1, 16)
        var pause = Self.firstPause * (1 << (failures - 1))
        if pause > Self.longestPause { pause = Self.longestPause }
        pause = pause * (0.5 + chance / 2)
        if let retryAfter { pause = max(pause, retryAfter * (1 + chance / 10)) }
        notBefore = max(notBefore, now + pause)
    }

    mutating func tooMany(at now: Duration, chance: Double) {
        failures = min(failures + 1, 16)
        notBefore = max(notBefore, now + Self.pauseAfterTooMany * (1 + chance))
    }
}
