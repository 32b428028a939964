import Crypto
import Foundation

/// JSON Web Tokens of the simulated services, signed with the app's own secret.
///
/// The real services sign with keys that they publish; nobody here looks for those.
/// - SeeAlso: https://www.rfc-editor.org/rfc/rfc7519
enum SignedToken {
    static func make(_ claims: JSON, secret: String) -> String {
        let header: JSON = ["alg": "HS256", "typ": "JWT"]
        let signed = "\(base64URL(header.bytes)).\(base64URL(claims.bytes))"
        let code = HMAC<SHA256>.authenticationCode(
            for: Data(signed.utf8), using: SymmetricKey(data: Data(secret.utf8)))
        return "\(signed).\(base64URL(code))"
    }

    static func base64URL(_ bytes: some Sequence<UInt8>) -> String {
        let text = Data(bytes).base64EncodedString().utf8.compactMap { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            case UInt8(ascii: "="): nil
            default: byte
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
