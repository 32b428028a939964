import BotStore
import Foundation
import PluginAPI

/// What the host acts for a person with: a token that was pasted, or a pair that signing in brought.
struct AccountCredential: Sendable {
    let token: Secret
    let refreshToken: Secret?
    let endsAt: Date?
    /// When the pair is to be renewed: early enough that the service may be down for a while.
    let renewAt: Date?

    /// At the latest this long before the end.
    private static let margin: TimeInterval = 300

    init(grant: SignInGrant, at now: Date) {
        token = Secret(grant.accessToken)
        refreshToken = grant.refreshToken.map { Secret($0) }
        let lifetime = grant.lifetime.map { TimeInterval($0) }
        endsAt = lifetime.map { now.addingTimeInterval($0) }
        // A third of its life is left then: eight hours of a day's token, ten days of a month's.
        renewAt =
            grant.refreshToken == nil
            ? nil : lifetime.map { now.addingTimeInterval(max(0, min($0 * 2 / 3, $0 - Self.margin))) }
    }

    private init(token: Secret, refreshToken: Secret?, endsAt: Date?) {
        self.token = token
        self.refreshToken = refreshToken
        self.endsAt = endsAt
        renewAt = nil
    }

    /// The same without a way to renew it: the service has refused.
    var last: AccountCredential { AccountCredential(token: token, refreshToken: nil, endsAt: endsAt) }

    // MARK: in the store

    private struct Stored: Codable {
        var token: String
        var refresh: String?
        /// Milliseconds since 1970.
        var ends: Int64?
    }

    private static let mark = "oauth:"

    /// - Parameter stored: What ``stored`` made, or a token that was pasted.
    init(_ stored: Secret) {
        let text = stored.reveal()
        guard text.utf8.starts(with: Self.mark.utf8),
            let pair = try? JSONDecoder().decode(Stored.self, from: Data(text.utf8.dropFirst(Self.mark.utf8.count)))
        else {
            self.init(token: stored, refreshToken: nil, endsAt: nil)
            return
        }
        self.init(
            token: Secret(pair.token), refreshToken: pair.refresh.map { Secret($0) },
            endsAt: pair.ends.map { Date(timeIntervalSince1970: Double($0) / 1000) })
    }

    /// The whole credential as one secret, to be sealed.
    var stored: Secret {
        get throws {
            let pair = Stored(
                token: token.reveal(), refresh: refreshToken?.reveal(),
                ends: endsAt.flatMap { Int64(exactly: ($0.timeIntervalSince1970 * 1000).rounded()) })
            let encoder = JSONEncoder()
            // The same credential is always the same secret: by that one is known from the next.
            encoder.outputFormatting = .sortedKeys
            return Secret(Self.mark + String(decoding: try encoder.encode(pair), as: UTF8.self))
        }
    }

    /// Whether it is of no use in a moment.
    func isOver(at now: Date) -> Bool { endsAt.map { $0 <= now.addingTimeInterval(30) } ?? false }
}
