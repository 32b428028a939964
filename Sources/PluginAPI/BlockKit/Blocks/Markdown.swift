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

    func writeMembers(to writer: inout JSONWriter) {
        writer.member("text", text)
    }
}
