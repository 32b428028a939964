import BotStore
import Synchronization

/// Who hears of links that ended. What tells people is made later than what notices it.
final class LostLinks: Sendable {
    private let listener = Mutex<(@Sendable (LinkedAccount) async -> Void)?>(nil)

    func listen(_ listener: @escaping @Sendable (LinkedAccount) async -> Void) {
        self.listener.withLock { $0 = listener }
    }

    func tell(_ account: LinkedAccount) async {
        await listener.withLock(\.self)?(account)
    }
}
