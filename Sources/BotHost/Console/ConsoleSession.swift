import BotStore
import Foundation
import PluginAPI

/// An administrator who is signed in, for half an hour after the last page, and twelve hours at most.
struct ConsoleSession: Sendable, Codable, Equatable {
    let by: String
    let role: String
    /// When they proved who they are.
    let signedIn: Date
    var seen: Date
    /// What every form of theirs has to carry.
    let formToken: String

    var rank: ConsoleRole { ConsoleRole(rawValue: role) ?? .viewer }

    static let idle: TimeInterval = 30 * 60
    static let longest: TimeInterval = 12 * 3_600
    /// How long ago a sign-in may be for what cannot be taken back.
    static let fresh: TimeInterval = 15 * 60

    var end: Date { min(seen.addingTimeInterval(Self.idle), signedIn.addingTimeInterval(Self.longest)) }

    func isFresh(at now: Date) -> Bool { now.timeIntervalSince(signedIn) < Self.fresh }
}

/// The sessions of the console: random ids that only the browser has, of which the store keeps the hash.
struct ConsoleSessions: Sendable {
    let store: any ValueStore
    let clock: HostClock

    static let cookie = "session"
    /// A page more does not write, if the last one was a minute ago.
    private static let precision: TimeInterval = 60
    private static let scope = ValueScope(plugin: WireID.host, workspace: "")

    private static func key(_ id: String) -> String { "session/\(RandomToken.hash(of: id))" }

    /// - Returns: The cookie of a session that nobody had before.
    func begin(_ claim: ConsoleSignIn.Claim) async throws -> PageCookie {
        let (id, now) = (RandomToken(), clock.now())
        let session = ConsoleSession(
            by: claim.by, role: claim.role.rawValue, signedIn: now, seen: now, formToken: RandomToken().text)
        _ = try await store.change(
            .put(
                try JSONEncoder().encode(session), for: Self.key(id.text), in: Self.scope, expected: .absent,
                expiresAt: session.end), at: now)
        return PageCookie(Self.cookie, id.text, seconds: Int(ConsoleSession.longest))
    }

    /// The session of an id that this host gave out; an id that it did not is nobody's, and stays so.
    func find(_ id: String?) async throws -> ConsoleSession? {
        let now = clock.now()
        guard let id, let value = try await store.value(Self.key(id), in: Self.scope, at: now) else { return nil }
        guard var session = try? JSONDecoder().decode(ConsoleSession.self, from: value.data), session.end > now else {
            return nil
        }
        if now.timeIntervalSince(session.seen) >= Self.precision {
            session.seen = now
            // Somebody who signs out in this very moment stays signed out.
            _ = try? await store.change(
                .put(
                    try JSONEncoder().encode(session), for: Self.key(id), in: Self.scope,
                    expected: .version(value.version), expiresAt: session.end), at: now)
        }
        return session
    }

    func end(_ id: String) async throws {
        _ = try await store.change(.delete(Self.key(id), in: Self.scope), at: clock.now())
    }

    /// Signs everybody out.
    func endAll() async throws {
        let now = clock.now()
        while true {
            let page = try await store.values(prefix: "session/", in: Self.scope, at: now, limit: 200, after: nil)
            if page.isEmpty { return }
            for value in page { _ = try await store.change(.delete(value.key, in: Self.scope), at: now) }
        }
    }
}
