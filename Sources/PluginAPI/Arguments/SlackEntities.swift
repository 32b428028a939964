/// Slack writes `&`, `<` and `>` of what people type as entities, so that they cannot be taken for its own `<…>`.
/// - SeeAlso: <https://docs.slack.dev/messaging/formatting-message-text#escaping>
package enum SlackEntities {
    /// The text as it was typed. One pass: `&amp;lt;` is `&lt;`, not `<`.
    package static func decode(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var rest = Array(text.utf8)[...]
        var bytes: [UInt8] = []
        bytes.reserveCapacity(rest.count)
        while let byte = rest.first {
            let entity = byte == UInt8(ascii: "&") ? entities.first { rest.starts(with: $0.name) } : nil
            bytes.append(entity?.byte ?? byte)
            rest = rest.dropFirst(entity?.name.count ?? 1)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let entities: [(name: [UInt8], byte: UInt8)] = [
        (Array("&amp;".utf8), UInt8(ascii: "&")), (Array("&lt;".utf8), UInt8(ascii: "<")),
        (Array("&gt;".utf8), UInt8(ascii: ">")),
    ]
}
