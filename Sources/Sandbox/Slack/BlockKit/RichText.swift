/// The rich text block that Slack makes of what a person typed.
///
/// - SeeAlso: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
enum RichText {
    /// - Parameter text: a message's text, with references such as `<@U0ADA0001>`
    static func block(of text: String, ids: inout SlackIDs) -> JSON {
        var elements: [JSON] = []
        var plain: [UInt8] = []
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "<"), let end = bytes[index...].firstIndex(of: UInt8(ascii: ">")),
                let element = reference(String(decoding: bytes[(index + 1)..<end], as: UTF8.self))
            {
                flush(&plain, to: &elements)
                elements.append(element)
                index = end + 1
            } else {
                plain.append(bytes[index])
                index += 1
            }
        }
        flush(&plain, to: &elements)
        return [
            "type": "rich_text", "block_id": .string(ids.word(5)),
            "elements": [["type": "rich_text_section", "elements": .array(elements)]],
        ]
    }

    private static func flush(_ plain: inout [UInt8], to elements: inout [JSON]) {
        guard !plain.isEmpty else { return }
        elements.append(["type": "text", "text": .string(SlackText.unescaped(plain))])
        plain = []
    }

    private static func reference(_ text: String) -> JSON? {
        let parts = text.split(separator: "|", maxSplits: 1).map(String.init)
        guard let target = parts.first else { return nil }
        if target.hasPrefix("@") { return ["type": "user", "user_id": .string(String(target.dropFirst()))] }
        if target.hasPrefix("#") { return ["type": "channel", "channel_id": .string(String(target.dropFirst()))] }
        if target.hasPrefix("!subteam^") {
            return ["type": "usergroup", "usergroup_id": .string(String(target.dropFirst(9)))]
        }
        if target.hasPrefix("!") { return ["type": "broadcast", "range": .string(String(target.dropFirst()))] }
        guard target.contains("://") || target.hasPrefix("mailto:") else { return nil }
        var link: JSON = ["type": "link", "url": .string(target)]
        if parts.count > 1 { link["text"] = .string(parts[1]) }
        return link
    }
}
