extension Block {
    /// Text in standard Markdown; in messages only.
    /// - Parameters:
    ///   - text: 1 to 12,000 characters, all Markdown blocks of a message together. Not escaped: never for what comes from
    ///     outside.
    ///   - id: The block id.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/blocks/markdown-block>
    public static func markdown(_ text: String, id: String? = nil) -> Block {
        Block(.markdown(MarkdownBlock(blockID: id, text: text)))
    }
}

package struct MarkdownBlock: BlockContent {
    var blockID: String?
    var text: String

    var type: String { "markdown" }
    var block: Block { Block(.markdown(self)) }

    func writeMembers(to writer: inout JSONWriter) {
        writer.member("text", text)
    }
}

extension MarkdownBlock {
    func check(_ inspection: inout Inspection) {
        inspection.count(text: text)
        inspection.string(
            text, 1...SlackLimits.markdown, at: "text", mend: "shorten it, or send several messages")
    }

    mutating func clip(idPrefix: String) {
        text = Clip.plain(text, to: SlackLimits.markdown)
    }
}
