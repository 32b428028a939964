private import Crypto
private import FoundationEssentials
private import PluginAPI

/// The proof that a V3 webhook comes from PagerDuty: an HMAC-SHA256 of the raw body, several of them while a secret is
/// being changed.
///
/// - SeeAlso: <https://developer.pagerduty.com/docs/verifying-webhook-signatures>
struct WebhookSignature {
    static let header = "x-pagerduty-signature"
    /// A rotation has two; whoever sends more is no sender of ours.
    static let mostSignatures = 16
    private static let digestLength = 32

    private let digests: [[UInt8]]

    /// - Parameter values: of the signature header, `v1=HEX[,v1=HEX…]`; other versions are passed over.
    init(_ values: [String]) {
        var digests: [[UInt8]] = []
        for value in values where value.utf8.count <= 8_192 {
            for part in value.utf8.split(separator: UInt8(ascii: ",")) {
                let trimmed = part.drop { $0 == UInt8(ascii: " ") }
                guard trimmed.starts(with: "v1=".utf8), digests.count < Self.mostSignatures else { continue }
                if let digest = Self.bytes(ofHex: trimmed.dropFirst(3)) { digests.append(digest) }
            }
        }
        self.digests = digests
    }

    /// True where one of the signatures was made with one of the secrets. It takes the same time whichever it is.
    func covers(_ body: [UInt8], secrets: [String]) -> Bool {
        var matches = false
        for secret in secrets where !secret.isEmpty {
            let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Array(secret.utf8)))
            for digest in digests where Self.areEqual(code, digest) { matches = true }
        }
        return matches
    }

    private static func areEqual(_ code: HMAC<SHA256>.MAC, _ digest: [UInt8]) -> Bool {
        var difference: UInt8 = digest.count == digestLength ? 0 : 1
        for (own, given) in zip(code, digest) { difference |= own ^ given }
        return difference == 0
    }

    private static func bytes(ofHex text: Substring.UTF8View) -> [UInt8]? {
        var digits = Array(text)
        while digits.last == UInt8(ascii: " ") { digits.removeLast() }
        guard digits.count == digestLength * 2 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = nibble(digits[index]), let low = nibble(digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
