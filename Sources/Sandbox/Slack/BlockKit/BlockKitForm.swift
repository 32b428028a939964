/// Blocks as Slack keeps them: every block and element has an id, every text its flags.
enum BlockKitForm {
    /// Gives ids to blocks and elements that have none, and writes out what Slack writes out.
    static func complete(_ blocks: [JSON], ids: inout SlackIDs) -> [JSON] {
        blocks.map { complete($0, ids: &ids) }
    }

    private static func complete(_ block: JSON, ids: inout SlackIDs) -> JSON {
        guard var fields = block.object else { return block }
        if fields["block_id"]?.string == nil { fields["block_id"] = .string(ids.word(5)) }
        if let accessory = fields["accessory"] { fields["accessory"] = element(accessory, ids: &ids) }
        if let input = fields["element"] {
            fields["element"] = element(input, ids: &ids)
            if fields["optional"] == nil { fields["optional"] = false }
            if fields["dispatch_action"] == nil { fields["dispatch_action"] = false }
        }
        if let type = fields["type"]?.string, type != "rich_text", let elements = fields["elements"]?.array {
            fields["elements"] = .array(
                elements.map { type == "actions" || type == "context_actions" ? element($0, ids: &ids) : $0 })
        }
        return flagged(.object(fields))
    }

    private static func element(_ element: JSON, ids: inout SlackIDs) -> JSON {
        guard var fields = element.object, fields["type"]?.string != "image" else { return element }
        if fields["action_id"]?.string == nil { fields["action_id"] = .string(ids.word(5)) }
        return .object(fields)
    }

    /// Text objects with `emoji` or `verbatim` written out.
    private static func flagged(_ value: JSON) -> JSON {
        switch value {
        case .array(let values): return .array(values.map(flagged))
        case .object(var fields):
            if fields["text"]?.string != nil {
                if fields["type"] == "plain_text", fields["emoji"] == nil { fields["emoji"] = true }
                if fields["type"] == "mrkdwn", fields["verbatim"] == nil { fields["verbatim"] = false }
            }
            return .object(fields.mapValues(flagged))
        default: return value
        }
    }

    /// An element with the block in which it stands.
    struct Place: Sendable {
        var block: JSON
        var element: JSON
        var blockID: String { block["block_id"]?.string ?? "" }
        var actionID: String { element["action_id"]?.string ?? "" }
        var type: String { element["type"]?.string ?? "" }
    }

    /// All elements that a person can work with, in the order of reading.
    static func elements(in blocks: [JSON]) -> [Place] {
        blocks.flatMap { block -> [Place] in
            let single = [block["accessory"], block["element"]].compactMap { $0 }
            let several =
                ["actions", "context_actions"].contains(block["type"]?.string) ? block["elements"]?.array ?? [] : []
            return (single + several).filter { $0["type"]?.string != "image" }.map { Place(block: block, element: $0) }
        }
    }

    /// The blocks of a message, including those inside of attachments.
    static func allBlocks(of message: SlackMessage) -> [JSON] {
        (message.blocks ?? []) + (message.attachments ?? []).flatMap { $0["blocks"]?.array ?? [] }
    }
}
