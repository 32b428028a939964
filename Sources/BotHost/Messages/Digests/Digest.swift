import BotStore
import PluginAPI

/// One message that tells of many: a line for each, the urgent ones first.
struct Digest: Sendable {
    /// Messages that one digest tells of: as many as Slack takes text for, a line each.
    static let capacity = 60
    /// UTF-16 units of a line.
    static let longestLine = 200
    private static let keyPrefix = "digest/"

    /// What it tells of, urgent ones first.
    let members: [LiveMessage]

    static func key() -> String { keyPrefix + TraceID.make() }

    static func isKey(_ key: MessageKey) -> Bool {
        key.plugin == MessageKey.host && key.key.utf8.starts(with: keyPrefix.utf8)
    }

    /// The content as the painter takes it.
    var arguments: [String: JSONValue] {
        let urgent = members.filter { $0.lane == .urgent }.compactMap(Self.line)
        let others = members.filter { $0.lane != .urgent }.compactMap(Self.line)
        let count = urgent.count + others.count
        guard count > 0 else { return ["text": "What this message told of was taken away.", "blocks": []] }
        var blocks: [JSONValue] = [Self.section("*\(count) messages at once*")]
        if !urgent.isEmpty { blocks += Self.sections("🔺 *Urgent: \(urgent.count)*", urgent) }
        if !others.isEmpty { blocks += Self.sections(urgent.isEmpty ? nil : "🔹 *Others: \(others.count)*", others) }
        blocks.append([
            "type": "context",
            "elements": [
                [
                    "type": "mrkdwn",
                    "text": "Slack takes about one message a second. Each gets its own in this thread when it is calm.",
                ]
            ],
        ])
        let first = (urgent.first ?? others.first).map { ": \($0)" } ?? ""
        let summary = urgent.isEmpty ? "\(count) messages at once" : "\(count) messages at once, \(urgent.count) urgent"
        return ["text": .string(summary + first), "blocks": .array(blocks), "unfurl_links": false]
    }

    private static func section(_ text: String) -> JSONValue {
        ["type": "section", "text": ["type": "mrkdwn", "text": .string(text), "verbatim": true]]
    }

    /// Lines packed into as few sections as hold them.
    private static func sections(_ heading: String?, _ lines: [String]) -> [JSONValue] {
        var sections: [JSONValue] = []
        var text = heading ?? ""
        for line in lines {
            if !text.isEmpty, text.utf16.count + 1 + line.utf16.count > 2_900 {
                sections.append(section(text))
                text = ""
            }
            text += text.isEmpty ? line : "\n" + line
        }
        if !text.isEmpty { sections.append(section(text)) }
        return sections
    }

    /// What a message says in one line; nil where it was taken away.
    static func line(_ message: LiveMessage) -> String? {
        guard let content = message.content, let json = try? JSONValue(decoding: [UInt8](content)) else { return nil }
        let text = json["text"].string ?? ""
        let first = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "…"
        return shortened(first)
    }

    /// Cuts what stands on a link before it cuts the link, which would go as a whole.
    static func shortened(_ line: String, to limit: Int = longestLine) -> String {
        let excess = line.utf16.count - limit
        guard excess > 0 else { return line }
        guard let end = line.lastIndex(of: ">"), let start = line[..<end].lastIndex(of: "<"),
            let bar = line[start..<end].firstIndex(of: "|")
        else { return Mrkdwn(raw: line).clipped(to: limit).source }
        let label = String(line[line.index(after: bar)..<end])
        let kept = Mrkdwn(raw: label).clipped(to: max(20, label.utf16.count - excess)).source
        return Mrkdwn(raw: line[...bar] + kept + line[end...]).clipped(to: limit).source
    }
}
