import BotStore
import Foundation

/// OAuth's `state`: stamped by the host, bound to the browser that began by a cookie, and used once.
///
/// Nothing is stored for an install that somebody begins, so that nobody fills the store by beginning many.
/// - SeeAlso: <https://docs.slack.dev/authentication/installing-with-oauth#asking>
struct InstallState: Sendable {
    let stamp: Stamp
    let once: OnceOnly
    let clock: HostClock

    /// A code of Slack's lives as long.
    static let lifetime: TimeInterval = 600
    static let cookie = "install"

    /// What a begun install is for.
    struct Purpose: Sendable, Equatable {
        /// The address's part that let it begin; empty where anybody may.
        var ticket: String
    }

    /// - Returns: The state for the address, and the cookie for the browser.
    func begin(_ purpose: Purpose) -> (state: String, cookie: PageCookie) {
        let browser = RandomToken()
        let state = stamp.make(
            [TraceID.make(), browser.hash, purpose.ticket].joined(separator: "\n"),
            until: clock.now().addingTimeInterval(Self.lifetime))
        return (state, PageCookie(Self.cookie, browser.text, seconds: Int(Self.lifetime)))
    }

    /// Why a state is not believed.
    enum Fault: Error {
        /// Not made here, or too long ago.
        case foreign
        /// Made for another browser.
        case anotherBrowser
        case used
    }

    /// Reads a state that a browser brings back, and uses it up.
    func finish(_ state: String, browser: String?) async throws -> Purpose {
        guard let opened = stamp.open(state, at: clock.now()) else { throw Fault.foreign }
        let parts = opened.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3 else { throw Fault.foreign }
        guard let browser, RandomToken.isSame(RandomToken.hash(of: browser), parts[1]) else {
            throw Fault.anotherBrowser
        }
        guard try await once.use("oauth-state", state, until: clock.now().addingTimeInterval(Self.lifetime)) else {
            throw Fault.used
        }
        return Purpose(ticket: parts[2])
    }
}
