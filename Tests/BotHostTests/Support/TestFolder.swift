import PluginAPI
import BotStore
import Foundation

@testable import BotHost

/// A folder for one test, with a store in it when asked.
struct TestFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "bothost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: url.appending(path: name))
    }

    func remove() { try? FileManager.default.removeItem(at: url) }

    /// Opens a store in a folder of its own and clears up.
    static func withStore<Result>(
        at now: Date = ManualClock.start, _ body: (any Store) async throws -> Result
    ) async throws -> Result {
        let folder = try TestFolder()
        defer { folder.remove() }
        let keys = try KeyRing(parsing: Secret("test:" + Data(repeating: 7, count: 32).base64EncodedString()))
        let store = try SQLiteStore(path: folder.path("bothost.sqlite"), keys: keys, now: now, leases: .caller)
        do {
            let result = try await body(store)
            await store.close()
            return result
        } catch {
            await store.close()
            throw error
        }
    }
}

extension Installation {
    /// The workspace of the tests.
    static func acme(
        token: String = "xoxb-test-token", state: InstallationState = .active, teamID: String = "T0ACME"
    ) -> Installation {
        Installation(
            teamID: teamID, appID: "A0APP", botUserID: "U0BOT", botToken: Secret(token), scopes: ["chat:write"],
            name: "Acme", state: state, createdAt: ManualClock.start)
    }
}

extension Person {
    static let ann = Person(id: "U0ANN", teamID: "T0ACME")
}

extension Workspace {
    static let acme = Workspace(id: "T0ACME", name: "Acme", botUserID: "U0BOT")
}

extension ServedWorkspace {
    static let acme = ServedWorkspace(workspace: .acme, installation: .acme())
}
