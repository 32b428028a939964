import Foundation

/// The path and the query of a request, percent-decoded.
struct RequestLine: Sendable {
    let path: [String]
    let query: [(name: String, value: String)]

    /// Deeper and wider than any API.
    static let mostComponents = 20
    static let mostFields = 100

    /// - Returns: `nil` for what no client means: broken percent-encoding, control characters, far too many parts.
    init?(path: String, query: String?) {
        var components: [String] = []
        for part in path.split(separator: "/") {
            guard components.count < Self.mostComponents, let text = Self.decode(part) else { return nil }
            components.append(text)
        }
        var fields: [(String, String)] = []
        for field in (query ?? "").split(separator: "&") {
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard fields.count < Self.mostFields, let name = parts.first.flatMap({ Self.decode($0, isField: true) }),
                let value = Self.decode(parts.count > 1 ? parts[1] : "", isField: true)
            else { return nil }
            fields.append((name, value))
        }
        self.path = components
        self.query = fields
    }

    private static func decode(_ text: Substring, isField: Bool = false) -> String? {
        let bytes = text.utf8.map { isField && $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
        guard let decoded = String(decoding: bytes, as: UTF8.self).removingPercentEncoding,
            decoded.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else { return nil }
        return decoded
    }
}
