import Crypto
package import FoundationEssentials

/// Proves that a request comes from Slack: the `v0` signature over the raw body bytes.
///
/// Several secrets may be accepted at once, so that one can be replaced without losing a request. The keys are
/// prepared when the value is made; a check costs one pass over the body for each secret.
///
/// - SeeAlso: https://docs.slack.dev/authentication/verifying-requests-from-slack
package struct SlackSignature: Sendable {
    /// The header that carries the signature.
    package static let signatureHeader = "x-slack-signature"

    /// The header that carries the time of sending, in seconds since 1970.
    package static let timestampHeader = "x-slack-request-timestamp"

    /// How far the sender's clock and ours may be apart, in seconds, in both directions.
    package static let tolerance = 300

    /// What a check found.
    package enum Verdict: Sendable, Equatable {
        /// Signed with one of the secrets, and recent.
        case valid
        /// The named header is not there.
        case missing(header: String)
        /// The named header does not have the form that Slack gives it; a header sent twice is malformed.
        case malformed(header: String)
        /// Too old, or from the future: the sender's time less ours, in seconds.
        case stale(skew: Int)
        /// Well-formed and recent, but signed with none of the secrets.
        case wrong
    }

    /// One HMAC state for each secret, which has already taken in the key and `v0:`.
    private let prepared: [HMAC<SHA256>]

    /// Prepares the keys.
    ///
    /// - Parameter secrets: The signing secrets to accept. The first one signs.
    /// - Returns: Nil without any secret, or with an empty one: anybody could sign with that.
    package init?(secrets: [String]) {
        guard !secrets.isEmpty, secrets.allSatisfy({ !$0.isEmpty }) else { return nil }
        prepared = secrets.map { secret in
            var state = HMAC<SHA256>(key: SymmetricKey(data: Array(secret.utf8)))
            state.update(data: Self.version)
            return state
        }
    }

    /// Checks a request.
    ///
    /// - Parameters:
    ///   - timestamp: The value of ``timestampHeader``. Values of a repeated header, joined by a comma, are refused.
    ///   - signature: The value of ``signatureHeader``, likewise.
    ///   - body: The body as it came, before any decoding.
    ///   - now: The present time.
    package func verify(
        timestamp: String?, signature: String?, body: UnsafeRawBufferPointer, now: Date
    ) -> Verdict {
        guard let timestamp else { return .missing(header: Self.timestampHeader) }
        guard let signature else { return .missing(header: Self.signatureHeader) }
        guard let sent = Self.seconds(timestamp) else { return .malformed(header: Self.timestampHeader) }
        guard let claimed = Self.digest(signature) else { return .malformed(header: Self.signatureHeader) }

        let skew = Double(sent) - now.timeIntervalSince1970
        guard abs(skew) <= Double(Self.tolerance) else {
            return .stale(skew: Int(exactly: skew.rounded(.awayFromZero)) ?? .max)
        }
        let prefix = Array(timestamp.utf8) + [UInt8(ascii: ":")]
        var matches = false
        for state in prepared {
            // The comparison of an authentication code takes the same time whatever the bytes are.
            if Self.code(state, prefix, body) == claimed { matches = true }
        }
        return matches ? .valid : .wrong
    }

    /// Checks a request whose body is an array.
    package func verify(timestamp: String?, signature: String?, body: [UInt8], now: Date) -> Verdict {
        body.withUnsafeBytes { verify(timestamp: timestamp, signature: signature, body: $0, now: now) }
    }

    /// The signature that Slack would send, made with the first secret: for tests and for replaying requests.
    package func sign(timestamp: Int, body: [UInt8]) -> String {
        guard let state = prepared.first else { return "" }
        let prefix = Array("\(timestamp):".utf8)
        let code = body.withUnsafeBytes { Self.code(state, prefix, $0) }
        var text = Self.scheme
        for byte in code {
            text.append(Self.hexDigits[Int(byte >> 4)])
            text.append(Self.hexDigits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static let version = Array("v0:".utf8)
    private static let scheme = Array("v0=".utf8)
    private static let hexDigits = Array("0123456789abcdef".utf8)
    private static let notHex: UInt8 = 0xFF

    /// The value of each byte as a lowercase hexadecimal digit. Slack sends no capitals.
    private static let hexValues: [UInt8] = {
        var table = [UInt8](repeating: notHex, count: 256)
        for (value, digit) in hexDigits.enumerated() { table[Int(digit)] = UInt8(value) }
        return table
    }()

    private static func code(
        _ state: HMAC<SHA256>, _ prefix: [UInt8], _ body: UnsafeRawBufferPointer
    ) -> HMAC<SHA256>.MAC {
        var state = state
        state.update(data: prefix)
        state.update(data: body)
        return state.finalize()
    }

    /// Plain digits only: no sign, no space, no fraction, and not more than any time of ours needs.
    private static func seconds(_ text: String) -> Int? {
        let digits = text.utf8
        guard (1...11).contains(digits.count) else { return nil }
        var value = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }

    /// The 32 bytes of `v0=` and 64 digits, or nil for anything else.
    private static func digest(_ text: String) -> [UInt8]? {
        let bytes = Array(text.utf8)
        guard bytes.count == scheme.count + 64, bytes.starts(with: scheme) else { return nil }
        var digest: [UInt8] = []
        digest.reserveCapacity(32)
        for index in stride(from: scheme.count, to: bytes.count, by: 2) {
            let high = hexValues[Int(bytes[index])]
            let low = hexValues[Int(bytes[index + 1])]
            guard high != notHex, low != notHex else { return nil }
            digest.append(high << 4 | low)
        }
        return digest
    }
}
