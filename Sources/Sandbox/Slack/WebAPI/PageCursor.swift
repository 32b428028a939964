import FoundationEssentials

/// The opaque mark where a list goes on.
enum PageCursor {
    private static let prefix = "next:"

    static func write(_ offset: Int) -> String { Data("\(prefix)\(offset)".utf8).base64EncodedString() }

    static func read(_ cursor: String) -> Int? {
        guard let data = Data(base64Encoded: cursor) else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        guard text.hasPrefix(prefix), let offset = Int(text.dropFirst(prefix.count)), offset >= 0 else { return nil }
        return offset
    }
}
