/// The escaping of Slack's message texts.
///
/// - SeeAlso: https://docs.slack.dev/messaging/formatting-message-text#escaping
enum SlackText {
    /// What a person typed, as a message carries it: the three special characters are escaped.
    static func typed(_ text: String) -> String {
        var out: [UInt8] = []
        for byte in text.utf8 { out += escape(byte) ?? [byte] }
        return String(decoding: out, as: UTF8.self)
    }

    private static func escape(_ byte: UInt8) -> [UInt8]? {
        switch byte {
        case UInt8(ascii: "&"): Array("&amp;".utf8)
        case UInt8(ascii: "<"): Array("&lt;".utf8)
        case UInt8(ascii: ">"): Array("&gt;".utf8)
        default: nil
        }
    }

    /// Entities as the characters that they stand for.
    static func unescaped(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let rest = bytes[index...]
            if let character = "&<>".utf8.first(where: { escape($0).map { rest.starts(with: $0) } ?? false }) {
                out.append(character)
                index += escape(character)?.count ?? 1
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static let entities = ["amp;", "lt;", "gt;"].map { Array($0.utf8) }
    private static let references = ["@", "#", "!", "http://", "https://", "mailto:", "tel:", "slack://"]
        .map { Array($0.utf8) }

    /// What an app sent, as Slack keeps it: entities and references stay, what is neither is escaped.
    static func sent(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let rest = bytes[(index + 1)...]
            switch bytes[index] {
            case UInt8(ascii: "&") where entities.contains(where: { rest.starts(with: $0) }):
                out.append(bytes[index])
            case UInt8(ascii: "<"):
                if let end = reference(rest) {
                    out += bytes[index...end]
                    index = end
                } else {
                    out += escape(bytes[index]) ?? []
                }
            // A bare > begins a quotation, so Slack leaves it.
            case UInt8(ascii: "&"): out += escape(bytes[index]) ?? []
            default: out.append(bytes[index])
            }
            index += 1
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Where the reference that begins after a `<` ends.
    private static func reference(_ rest: ArraySlice<UInt8>) -> Int? {
        guard references.contains(where: { rest.starts(with: $0) }) else { return nil }
        guard let end = rest.prefix(3_000).firstIndex(of: UInt8(ascii: ">")) else { return nil }
        return rest[..<end].contains(UInt8(ascii: "<")) ? nil : end
    }
}
