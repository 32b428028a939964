private import Crypto

/// The key that makes a form one incident, however often it arrives.
package enum IncidentKey {
    /// - Parameter parts: what names the form: workspace, person, view. The same parts make the same key.
    /// - Returns: a text that tells nothing of its parts, so that it may be seen in PagerDuty.
    package static func make(_ parts: String...) -> String {
        var hash = SHA256()
        for part in parts {
            // The length goes first, so that parts can't run into each other.
            hash.update(data: Array("\(part.utf8.count):\(part)".utf8))
        }
        let digits = hash.finalize().prefix(20).map { byte in
            let hex = String(byte, radix: 16)
            return hex.utf8.count == 1 ? "0" + hex : hex
        }
        return "slack-" + digits.joined()
    }
}
