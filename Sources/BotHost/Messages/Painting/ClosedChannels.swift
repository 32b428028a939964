import BotStore
import Synchronization

/// Which channels take no messages of the app at the moment, as far as this process has seen: so that not every message
/// has to find out for itself.
final class ClosedChannels: Sendable {
    private enum State: Equatable {
        case open
        /// Until when nobody tries it again.
        case closed(until: Duration)
    }

    static let pause = Duration.seconds(600)
    static let capacity = 4_096
    private let channels = Mutex<[MessagePlace: State]>([:])

    func isClosed(_ place: MessagePlace, at now: Duration) -> Bool {
        channels.withLock { channels in
            guard case .closed(let until) = channels[place] else { return false }
            return now < until
        }
    }

    /// - Returns: True where it was not known yet.
    func close(_ place: MessagePlace, at now: Duration) -> Bool {
        channels.withLock { channels in
            let before = channels[place]
            channels[place] = .closed(until: now + Self.pause)
            if case .closed = before { return false }
            return true
        }
    }

    /// It has just taken a message.
    /// - Returns: True where that was not known yet.
    func open(_ place: MessagePlace) -> Bool {
        channels.withLock { channels in
            guard channels[place] != .open else { return false }
            if channels.count >= Self.capacity { channels = channels.filter { $0.value != .open } }
            channels[place] = .open
            return true
        }
    }
}
