/// What may be linked.
package enum WebAddress {
    /// Whether a host is the loopback address: what is sent there leaves no wire on which it could be read.
    package static func isThisMachine(_ host: String) -> Bool {
        ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host)
    }

    /// `http://` or `https://`, a host, and only visible scalars that end no markup: `javascript:` is no address.
    static func isValid(_ address: String) -> Bool {
        let scheme = address.utf8.prefix(8).map { (65...90).contains($0) ? $0 | 0x20 : $0 }
        let start: Int
        if scheme.starts(with: "https://".utf8) {
            start = 8
        } else if scheme.starts(with: "http://".utf8) {
            start = 7
        } else {
            return false
        }
        guard let first = address.utf8.dropFirst(start).first, first != UInt8(ascii: "/") else { return false }
        return address.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "<", ">", "\"", "`", "\\": false
            default: !scalar.properties.isWhitespace && !MrkdwnEscaping.visible(String(scalar)).isEmpty
            }
        }
    }
}
