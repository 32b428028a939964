extension Block {
    /// A heading.
    /// - Parameters:
    ///   - text: 1 to 150 characters, without markup.
    ///   - id: The block id.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/blocks/header-block>
    public static func header(_ text: String, id: String? = nil) -> Block {
        Block(.header(HeaderBlock(blockID: id, text: text)))
    }
}

package struct HeaderBlock: BlockContent {
    var blockID: String?
    var text: String

    var type: String { "header" }
    var block: Block { Block(.header(self)) }

    func writeMembers(to writer: inout JSONWriter) {
        writer.member("text", plain: text)
    }
}

extension HeaderBlock {
    func check(_ inspection: inout Inspection) {
        inspection.plain(text, 1...SlackLimits.header, at: "text")
    }

    mutating func clip(idPrefix: String) {
        text = Clip.plain(text, to: SlackLimits.header)
    }
}
