import Crypto
import Foundation

/// The signature of a V3 webhook.
///
/// - SeeAlso: https://developer.pagerduty.com/docs/verifying-webhook-signatures
enum PDSignature {
    /// `v1=` and the HMAC-SHA256 of the body in hexadecimal.
    static func header(_ body: [UInt8], secret: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Array(secret.utf8)))
        let digits = Array("0123456789abcdef".utf8)
        return "v1=" + String(decoding: code.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
