import Crypto
import FoundationEssentials

/// Signs what is sent to the app.
///
/// - SeeAlso: https://docs.slack.dev/authentication/verifying-requests-from-slack
enum RequestSigner {
    static func signature(secret: String, timestamp: Int, body: [UInt8]) -> String {
        var mac = HMAC<SHA256>(key: SymmetricKey(data: Data(secret.utf8)))
        mac.update(data: Data("v0:\(timestamp):".utf8))
        mac.update(data: Data(body))
        let digits = Array("0123456789abcdef".utf8)
        var text = Array("v0=".utf8)
        for byte in mac.finalize() {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
