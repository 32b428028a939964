import PluginAPI

/// How much of a message is shown: less where Slack does not take more.
enum Fidelity: String, Sendable, CaseIterable {
    case full
    /// Texts cut, blocks left out.
    case short
    /// One line of text with its link.
    case plain

    /// The next lesser one.
    var less: Fidelity? {
        switch self {
        case .full: .short
        case .short: .plain
        case .plain: nil
        }
    }

    /// The arguments of a post or an edit, cut down to this.
    func cut(_ arguments: [String: JSONValue]) -> [String: JSONValue] {
        switch self {
        case .full: return arguments
        case .short:
            var short = arguments
            var budget = Self.shortBlocksText
            short["text"] = .string(Self.text(arguments, Self.shortText))
            if let blocks = arguments["blocks"]?.array { short["blocks"] = .array(Self.shorten(blocks, &budget)) }
            if let attachments = arguments["attachments"]?.array {
                short["attachments"] = .array(
                    attachments.prefix(2).map { attachment in
                        guard var members = attachment.object else { return attachment }
                        members["fallback"] = nil
                        if let blocks = attachment["blocks"].array {
                            members["blocks"] = .array(Self.shorten(blocks, &budget))
                        }
                        return .object(members)
                    })
            }
            return short
        case .plain:
            var plain = arguments
            let text = Self.text(arguments, Self.plainText)
            // Said with empty lists, so that an edit takes away what was there.
            plain["blocks"] = []
            plain["attachments"] = []
            let link = text.contains("<http") ? nil : Self.link(in: arguments)
            plain["text"] = .string(link.map { "\(text) \($0)" } ?? text)
            return plain
        }
    }

    private static let shortText = 1_000
    private static let plainText = 300
    private static let shortBlocks = 20
    private static let shortBlocksText = 6_000
    /// What is left of a text in a block; labels are shorter anyhow.
    private static let shortPart = 500

    private static func text(_ arguments: [String: JSONValue], _ limit: Int) -> String {
        let text = arguments["text"]?.string ?? ""
        return Digest.shortened(text.isEmpty ? "A new message" : text, to: limit)
    }

    /// The kinds that hold no more than text and buttons: what Slack knows best.
    private static let kept: Set<String> = ["section", "context", "header", "divider", "actions"]

    private static func shorten(_ blocks: [JSONValue], _ budget: inout Int) -> [JSONValue] {
        var short: [JSONValue] = []
        for block in blocks where kept.contains(block["type"].string ?? "") {
            guard short.count < shortBlocks else { break }
            let cut = shorten(block)
            let length = textLength(cut)
            guard length <= budget else { continue }
            budget -= length
            short.append(cut)
        }
        return short
    }

    /// Cuts every text with markup, however deep it lies.
    private static func shorten(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements): return .array(elements.map(shorten))
        case .object(var members):
            for (name, member) in members { members[name] = shorten(member) }
            if members["type"]?.string == "mrkdwn", let text = members["text"]?.string {
                members["text"] = .string(Digest.shortened(text, to: shortPart))
            }
            return .object(members)
        default: return value
        }
    }

    private static func textLength(_ value: JSONValue) -> Int {
        switch value {
        case .array(let elements): elements.reduce(0) { $0 + textLength($1) }
        case .object(let members):
            members.reduce(0) { sum, member in
                sum + (member.key == "text" ? member.value.string?.utf16.count ?? 0 : 0) + textLength(member.value)
            }
        default: 0
        }
    }

    /// The first address that the message leads to.
    private static func link(in arguments: [String: JSONValue]) -> String? {
        let places = [arguments["blocks"], arguments["attachments"]].compactMap { $0 }
        return places.lazy.compactMap(address).first
    }

    private static func address(_ value: JSONValue) -> String? {
        switch value {
        case .array(let elements): return elements.lazy.compactMap(address).first
        case .object(let members):
            if let url = members["url"]?.string, isAddress(url) { return "<\(url)>" }
            return members.sorted { $0.key < $1.key }.lazy.compactMap { address($0.value) }.first
        case .string(let text):
            guard let start = text.firstRange(of: "<http")?.lowerBound, let end = text[start...].firstIndex(of: ">")
            else {
                return nil
            }
            let target = text[text.index(after: start)..<end].prefix { $0 != "|" }
            return isAddress(String(target)) ? "<\(target)>" : nil
        default: return nil
        }
    }

    private static func isAddress(_ text: String) -> Bool {
        text.utf8.starts(with: "http".utf8) && text.utf8.count <= 3_000
            && !text.utf8.contains { $0 <= 0x20 || $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "<") }
    }
}
