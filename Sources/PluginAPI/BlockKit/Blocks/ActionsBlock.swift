extension Block {
    /// Buttons, menus, pickers and choices in a row.
    /// - Parameters:
    ///   - elements: 1 to 25, each with an action id of its own.
    ///   - id: The block id.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/blocks/actions-block>
    public static func actions(_ elements: [Element], id: String? = nil) -> Block {
        Block(.actions(ActionsBlock(blockID: id, elements: elements)))
    }

    /// Buttons, menus, pickers and choices in a row.
    /// - Parameters:
    ///   - elements: 1 to 25, each with an action id of its own.
    ///   - id: The block id.
    public static func actions(_ elements: Element..., id: String? = nil) -> Block {
        actions(elements, id: id)
    }
}

package struct ActionsBlock: BlockContent {
    var blockID: String?
    var elements: [Element]

    var type: String { "actions" }

    func writeMembers(to writer: inout JSONWriter) {
        writer.array("elements") { writer in
            for element in elements { element.write(to: &writer) }
        }
    }
}
