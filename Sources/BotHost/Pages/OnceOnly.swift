import BotStore
import Foundation
import PluginAPI

/// Sees to it that what may be used once is used once, whichever replica it comes to.
struct OnceOnly: Sendable {
    let store: any ValueStore
    let clock: HostClock

    private static let scope = ValueScope(plugin: WireID.host, workspace: "")

    /// Uses it.
    /// - Parameters:
    ///   - kind: What it is, such as `install`.
    ///   - text: The thing itself; what is kept is its hash.
    ///   - end: How long it has to be remembered: until it opens nothing any more by itself.
    /// - Returns: False where it was used before.
    func use(_ kind: String, _ text: String, until end: Date) async throws(StoreError) -> Bool {
        do {
            _ = try await store.change(
                .put(
                    Data(), for: "used/\(kind)/\(RandomToken.hash(of: text))", in: Self.scope, expected: .absent,
                    expiresAt: end), at: clock.now())
            return true
        } catch {
            guard error.code == .conflict else { throw error }
            return false
        }
    }

    /// Whether it was used before.
    func isUsed(_ kind: String, _ text: String) async throws(StoreError) -> Bool {
        try await store.value("used/\(kind)/\(RandomToken.hash(of: text))", in: Self.scope, at: clock.now()) != nil
    }
}
