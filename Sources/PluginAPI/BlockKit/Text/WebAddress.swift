/// What may be linked.
enum WebAddress {
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
