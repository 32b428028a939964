import Synchronization

/// Takes secrets out of texts that people are shown.
final class Redaction: Sendable {
    private let secrets = Mutex<[[UInt8]]>([])
    private static let substitute = Array("[secret]".utf8)
    private static let limit = 256

    /// What Slack's tokens begin with. The rest of a token is letters, digits, dots, hyphens and underscores.
    private static let prefixes: [[UInt8]] = ["xoxb-", "xoxp-", "xoxa-", "xoxe-", "xoxe.", "xapp-"].map {
        Array($0.utf8)
    }

    /// Keeps `secret` out of every text from now on; very short ones are no secrets.
    func hide(_ secret: String) {
        let bytes = Array(secret.utf8)
        guard bytes.count >= 8 else { return }
        secrets.withLock { secrets in
            guard !secrets.contains(bytes) else { return }
            if secrets.count >= Self.limit { secrets.removeFirst() }
            secrets.append(bytes)
        }
    }

    func redact(_ text: String) -> String {
        let secrets = secrets.withLock { $0 }
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if let secret = secrets.first(where: { Self.starts(bytes, at: index, with: $0) }) {
                out += Self.substitute
                index += secret.count
            } else if let prefix = Self.prefixes.first(where: { Self.starts(bytes, at: index, with: $0) }) {
                out += prefix + Self.substitute
                index += prefix.count
                while index < bytes.count, Self.isTokenByte(bytes[index]) { index += 1 }
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func starts(_ bytes: [UInt8], at index: Int, with secret: [UInt8]) -> Bool {
        guard bytes[index] == secret[0], bytes.count - index >= secret.count else { return false }
        return bytes[index..<(index + secret.count)].elementsEqual(secret)
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
