extension Block {
    /// A line between blocks.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/blocks/divider-block>
    public static let divider = Block(.divider(DividerBlock(blockID: nil)))
}

package struct DividerBlock: BlockContent {
    var blockID: String?

    var type: String { "divider" }

    func writeMembers(to writer: inout JSONWriter) {}
}
