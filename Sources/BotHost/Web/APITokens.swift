import BotStore
import Crypto
import Foundation
import PluginAPI

/// The tokens with which programs call plugins' routes: `bht_`, an id by which the row is found, and 32 random bytes of
/// which only the hash is kept.
struct APITokens: Sendable {
    let store: any APITokenStore
    let clock: HostClock

    static let prefix = "bht_"
    /// How exactly it is known when a token was last used; each note is a write.
    static let noteInterval: TimeInterval = 60
    private static let actor = "command line"

    /// Makes a token.
    /// - Returns: Its id, and the whole token, which cannot be shown again.
    func make(named name: String) async throws(StoreError) -> (id: String, token: Secret) {
        let id = TraceID.make()
        let secret = Self.base64URL(Data((0..<32).map { _ in UInt8.random(in: .min ... .max) }))
        let now = clock.now()
        try await store.addAPIToken(
            APIToken(id: id, name: name, hash: Self.hash(secret), createdAt: now),
            audit: AuditLine(at: now, actor: Self.actor, action: "token.created", subject: "\(id) \(name)"))
        return (id, Secret("\(Self.prefix)\(id)_\(secret)"))
    }

    /// - Returns: Whether there was such a token.
    func revoke(_ id: String) async throws(StoreError) -> Bool {
        try await store.removeAPIToken(
            id, audit: AuditLine(at: clock.now(), actor: Self.actor, action: "token.revoked", subject: id))
    }

    /// Whose token a request carries.
    /// - Parameter authorization: The header field: `Token token=…` or `Bearer …`.
    /// - Returns: `nil` where it carries none that is good.
    func caller(_ authorization: String?) async throws(StoreError) -> WebCaller? {
        guard let given = authorization.flatMap(Self.token), given.utf8.starts(with: Self.prefix.utf8) else {
            return nil
        }
        let parts = given.utf8.dropFirst(Self.prefix.utf8.count).split(separator: UInt8(ascii: "_"), maxSplits: 1)
        guard parts.count == 2, let id = String(parts[0]), let known = try await store.apiToken(id) else { return nil }
        // Digests compare in constant time.
        guard SHA256.hash(data: Data(parts[1])) == known.hash else { return nil }
        let now = clock.now()
        if known.lastUsedAt.map({ now.timeIntervalSince($0) >= Self.noteInterval }) ?? true {
            try await store.touchAPIToken(known.id, at: now)
        }
        return WebCaller(id: known.id, name: known.name)
    }

    /// The two forms in which clients send a token. The names of schemes know no case.
    /// - SeeAlso: <https://www.rfc-editor.org/rfc/rfc9110#name-authentication-scheme>
    static func token(_ authorization: String) -> String? {
        guard authorization.utf8.count <= 512 else { return nil }
        let parts = authorization.utf8.split(separator: UInt8(ascii: " "), maxSplits: 1)
        guard parts.count == 2, let scheme = String(parts[0]) else { return nil }
        var value = Array(parts[1].filter { $0 != UInt8(ascii: " ") })
        switch scheme.lowercased() {
        case "bearer": break
        case "token":
            guard value.starts(with: "token=".utf8) else { return nil }
            value = value.dropFirst("token=".utf8.count).filter { $0 != UInt8(ascii: "\"") }
        default: return nil
        }
        return String(validating: value, as: UTF8.self)
    }

    private static func hash(_ secret: String) -> Data { Data(SHA256.hash(data: Data(secret.utf8))) }

    private static func base64URL(_ bytes: Data) -> String {
        let scalars = bytes.base64EncodedData().compactMap { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            case UInt8(ascii: "="): nil
            default: byte
            }
        }
        return String(decoding: scalars, as: UTF8.self)
    }
}
