import BotStore
import Foundation
import PluginAPI
import Synchronization

/// A workspace the app is installed in, as one request sees it.
final class ServedWorkspace: Sendable {
    let workspace: Workspace
    let installation: Installation

    init(workspace: Workspace, installation: Installation) {
        self.workspace = workspace
        self.installation = installation
    }
}

/// Finds the installation that serves a request, without a disk on the way: what was found is good for five seconds,
/// which is also how soon a change made by another replica is seen here.
final class InstallationDirectory: Sendable {
    private let store: any InstallationStore
    private let clock: HostClock
    private let cache = Mutex<[Key: Entry]>([:])
    private let actives = Mutex<(served: [ServedWorkspace], until: Date)?>(nil)

    private struct Key: Hashable {
        let teamID: String?
        let enterpriseID: String?
    }
    private struct Entry {
        let served: ServedWorkspace?
        let until: Date
    }

    static let lifetime: TimeInterval = 5

    init(store: any InstallationStore, clock: HostClock) {
        self.store = store
        self.clock = clock
    }

    /// What was found a moment ago; `nil` where the store must be asked.
    func remembered(teamID: String?, enterpriseID: String?) -> ServedWorkspace? {
        let entry = cache.withLock { $0[Key(teamID: teamID, enterpriseID: enterpriseID)] }
        guard let entry, entry.until > clock.now() else { return nil }
        return entry.served
    }

    /// - Returns: `nil` where the app is installed in neither the workspace nor its organization.
    func served(teamID: String?, enterpriseID: String?) async throws -> ServedWorkspace? {
        let key = Key(teamID: teamID, enterpriseID: enterpriseID)
        let now = clock.now()
        if let entry = cache.withLock({ $0[key] }), entry.until > now { return entry.served }
        let installation = try await store.installation(teamID: teamID, enterpriseID: enterpriseID)
        let served = installation.map { Self.served($0, teamID: teamID) }
        cache.withLock { cache in
            // A stranger who signs correctly cannot exist, but many organizations' workspaces can.
            if cache.count > 10_000 { cache.removeAll(keepingCapacity: true) }
            cache[key] = Entry(served: served, until: now.addingTimeInterval(Self.lifetime))
        }
        return served
    }

    /// Every workspace whose installation is active.
    func active() async throws -> [ServedWorkspace] {
        try await store.installations().filter { $0.state == .active }.map { Self.served($0, teamID: $0.teamID) }
    }

    /// The same as it was a few seconds ago at most, for what happens a thousand times a second.
    func lately() async throws -> [ServedWorkspace] {
        let now = clock.now()
        if let known = actives.withLock(\.self), known.until > now { return known.served }
        let served = try await active()
        actives.withLock { $0 = (served, now.addingTimeInterval(Self.lifetime)) }
        return served
    }

    /// Forgets what was found, after a change made here.
    func forget() {
        cache.withLock { $0.removeAll() }
        actives.withLock { $0 = nil }
    }

    private static func served(_ installation: Installation, teamID: String?) -> ServedWorkspace {
        ServedWorkspace(
            workspace: Workspace(
                id: teamID ?? installation.id, organizationID: installation.enterpriseID, name: installation.name,
                botUserID: installation.botUserID),
            installation: installation)
    }
}
