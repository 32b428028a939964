import Crypto
package import Foundation

/// Makes short texts that only a holder of the keys can make, and that end by themselves: addresses to be opened once,
/// the state of a sign-in. Nothing is stored for them; that one is used once only is for whoever opens it to see to.
///
/// The form is `payload.end.mac`, of letters, digits, `-`, `_` and `.`, so that an address or a cookie can carry it.
package struct Stamp: Sendable {
    private let keys: [SymmetricKey]

    fileprivate init(_ keys: [SymmetricKey]) {
        self.keys = keys
    }

    /// Stamps a text.
    /// - Parameter end: From then on it does not open any more.
    package func make(_ text: String, until end: Date) -> String {
        let signed = "\(Self.encode(text.utf8)).\(String(end.milliseconds, radix: 36))"
        guard let key = keys.last else { return signed }
        return "\(signed).\(Self.encode(HMAC<SHA256>.authenticationCode(for: Array(signed.utf8), using: key)))"
    }

    /// The text, if it was stamped by one of the keys for this purpose and has not ended.
    package func open(_ stamped: String, at now: Date) -> String? {
        guard stamped.utf8.count <= 2_048 else { return nil }
        let parts = stamped.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let mac = Self.decode(parts[2]), let text = Self.decode(parts[0]),
            let end = Int64(String(decoding: parts[1], as: UTF8.self), radix: 36)
        else { return nil }
        let signed = Array(parts[0]) + [UInt8(ascii: ".")] + Array(parts[1])
        let isOurs = keys.contains { key in
            HMAC<SHA256>.isValidAuthenticationCode(mac, authenticating: signed, using: key)
        }
        guard isOurs, now < Date(milliseconds: end) else { return nil }
        return String(bytes: text, encoding: .utf8)
    }

    private static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let mapped = Data(bytes).base64EncodedString().utf8.compactMap { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            case UInt8(ascii: "="): nil
            default: byte
            }
        }
        return String(decoding: mapped, as: UTF8.self)
    }

    private static func decode(_ text: Substring.UTF8View.SubSequence) -> Data? {
        var mapped = text.map { byte in
            switch byte {
            case UInt8(ascii: "-"): UInt8(ascii: "+")
            case UInt8(ascii: "_"): UInt8(ascii: "/")
            default: byte
            }
        }
        while mapped.count % 4 != 0 { mapped.append(UInt8(ascii: "=")) }
        return Data(base64Encoded: Data(mapped))
    }
}

extension KeyRing {
    /// What stamps texts for one purpose. The oldest key stamps, which hosts know that were started before a change of
    /// keys, and all of them are recognized, so that a change breaks no address that is still on its way.
    package func stamp(for purpose: String) -> Stamp {
        Stamp(derivedKeys(for: "bothost/stamp/\(purpose)"))
    }
}
