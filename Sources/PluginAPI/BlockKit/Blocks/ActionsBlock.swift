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
    var block: Block { Block(.actions(self)) }

    func writeMembers(to writer: inout JSONWriter) {
        writer.array("elements") { writer in
            for element in elements { element.write(to: &writer) }
        }
    }
}

extension ActionsBlock {
    func check(_ inspection: inout Inspection) {
        inspection.count(
            elements.count, in: 1...SlackLimits.actionsElements, at: "elements",
            mend: "put the rest into another block")
        var seen: Set<String> = []
        inspection.each("elements", elements) { element, inspection in
            element.check(in: .actions, &inspection)
            guard let action = element.action, !seen.insert(action).inserted else { return }
            inspection.at("action_id") {
                $0.report("“\(action)” stands twice in this block", mend: "give every element an id of its own")
            }
        }
    }

    mutating func clip(idPrefix: String) {
        var seen: Set<String> = []
        elements = elements.compactMap { $0.fitting(in: .actions, idPrefix: idPrefix) }
            .filter { element in element.action.map { seen.insert($0).inserted } ?? true }
        elements = Array(elements.prefix(SlackLimits.actionsElements))
    }
}
