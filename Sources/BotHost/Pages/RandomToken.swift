import Crypto
import Foundation

/// 256 random bits as text, for everything that must not be guessed: sessions, one-time addresses, OAuth's state.
///
/// What is kept of one is its hash: somebody who reads the database can use none of them.
struct RandomToken: Sendable {
    let text: String

    init() {
        text = SymmetricKey(size: .bits256).withUnsafeBytes { Self.base64URL($0) }
    }

    /// What is kept: SHA-256 of the text.
    var hash: String { Self.hash(of: text) }

    static func hash(of text: String) -> String { base64URL(SHA256.hash(data: Array(text.utf8))) }

    /// Whether a text has the form of a token; anything else is not looked up at all.
    static func isPlausible(_ text: String) -> Bool {
        (1...512).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    /// Whether two texts are the same, in a time that does not tell where they differ.
    static func isSame(_ one: String, _ other: String) -> Bool {
        Array(SHA256.hash(data: Array(one.utf8))) == Array(SHA256.hash(data: Array(other.utf8)))
    }

    private static func base64URL(_ bytes: some Sequence<UInt8>) -> String {
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
}
