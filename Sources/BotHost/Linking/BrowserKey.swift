import Crypto
import Foundation
import PluginAPI

/// The secret that binds a flow to one browser: it lives in a cookie, and in the store there is only its fingerprint. It
/// also seals what the flow must not hold in the clear, so that a copy of the database opens nothing.
struct BrowserKey: Sendable {
    private let secret: String

    /// A new one.
    init() {
        secret = RandomToken().text
    }

    /// - Parameter cookies: The values of a request's `Cookie` fields.
    init?(of handle: LinkHandle, in cookies: [String], isSecure: Bool) {
        let wanted = Array((Self.name(handle, isSecure) + "=").utf8)
        let pairs = cookies.lazy.flatMap { $0.utf8.split(separator: UInt8(ascii: ";")) }
            .map { $0.drop { $0 == UInt8(ascii: " ") } }
        guard let pair = pairs.first(where: { $0.starts(with: wanted) }) else { return nil }
        let value = pair.dropFirst(wanted.count)
        guard value.count == 43 else { return nil }
        secret = String(decoding: value, as: UTF8.self)
    }

    var fingerprint: String { RandomToken.hash(of: secret) }

    /// For forms of ours, so that another site cannot fill them in.
    var formToken: String {
        Base64URL.encode(HMAC<SHA256>.authenticationCode(for: Data("form".utf8), using: key))
    }

    /// A `Set-Cookie` field. `Lax`, because Slack and the service send the browser back from elsewhere.
    func cookie(for handle: LinkHandle, isSecure: Bool) -> String {
        let age = Int(Interrupted.lifetime)
        return "\(Self.name(handle, isSecure))=\(secret); Path=/; Max-Age=\(age); HttpOnly; SameSite=Lax"
            + (isSecure ? "; Secure" : "")
    }

    func seal(_ secrets: LinkFlow.Secrets) throws -> Data {
        let sealed = try AES.GCM.seal(JSONEncoder().encode(secrets), using: key)
        guard let combined = sealed.combined else { throw CryptoKitError.incorrectParameterSize }
        return combined
    }

    func open(_ sealed: Data?) throws -> LinkFlow.Secrets {
        let box = try AES.GCM.SealedBox(combined: sealed ?? Data())
        return try JSONDecoder().decode(LinkFlow.Secrets.self, from: AES.GCM.open(box, using: key))
    }

    private var key: SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Data(secret.utf8)), info: Data("bothost link".utf8),
            outputByteCount: 32)
    }

    /// One for each flow, so that two tabs do not meet. The prefix makes a browser take it from this host alone.
    private static func name(_ handle: LinkHandle, _ isSecure: Bool) -> String {
        (isSecure ? "__Host-" : "") + "link-" + handle.text.prefix(12)
    }
}
