extension Block {
    /// A line between blocks.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/blocks/divider-block>
    public static let divider = Block(.divider(DividerBlock(blockID: nil)))
}

package struct DividerBlock: BlockContent {
    var blockID: String?

    var type: String { "divider" }
    var block: Block { Block(.divider(self)) }

    func writeMembers(to writer: inout JSONWriter) {}
}

extension DividerBlock {
    func check(_ inspection: inout Inspection) {}
    mutating func clip(idPrefix: String) {}
}
