import BotStore
import Foundation
import Logging
import PluginAPI

/// What people were doing when the form for a token came in between. (Where they sign in, the link remembers it.)
struct Interruptions: Sendable {
    let store: any ValueStore
    let clock: HostClock
    let logger: Logger

    /// - Returns: Under which key it is; empty where it cannot be resumed.
    func remember(_ interrupted: Interrupted?, of person: Person?, _ core: ContextCore) async -> String {
        guard let person, let interrupted, let data = try? JSONEncoder().encode(interrupted) else { return "" }
        let change = ValueChange.put(
            data, for: Self.key(core.traceID, person), in: Self.scope(core.workspace.id),
            expiresAt: clock.now().addingTimeInterval(Interrupted.lifetime))
        do {
            _ = try await store.change(change, at: clock.now())
            return core.traceID
        } catch {
            // Then the person does it again: linking goes on all the same.
            logger.error("what was interrupted cannot be remembered: \(error)")
            return ""
        }
    }

    /// What the person was doing, once.
    func take(_ key: String, person: Person, workspace: String) async -> Interrupted? {
        guard !key.isEmpty else { return nil }
        let name = Self.key(key, person)
        do {
            let scope = Self.scope(workspace)
            guard let value = try await store.value(name, in: scope, at: clock.now()) else { return nil }
            // Whoever deletes it, resumes it: of two submissions at once only one does.
            _ = try await store.change(.delete(name, in: scope, expected: .version(value.version)), at: clock.now())
            return try JSONDecoder().decode(Interrupted.self, from: value.data)
        } catch {
            logger.error("what was interrupted cannot be resumed: \(error)")
            return nil
        }
    }

    private static func key(_ trace: String, _ person: Person) -> String { "interrupted/\(person.id)/\(trace)" }

    private static func scope(_ workspace: String) -> ValueScope {
        ValueScope(plugin: WireID.host, workspace: workspace)
    }
}
