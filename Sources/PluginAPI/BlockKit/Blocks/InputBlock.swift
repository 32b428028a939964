extension Block {
    /// A field of a form, with its label.
    /// - Parameters:
    ///   - label: 1 to 2,000 characters.
    ///   - element: A field, a menu, a picker or choices.
    ///   - id: The block id; the element's action id where there is none, so that an error finds its field.
    ///   - hint: A line under the field, at most 2,000 characters.
    ///   - optional: The form can be submitted without it.
    ///   - dispatchesAction: Calls the element's `OnAction` as soon as it changes.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/blocks/input-block>
    public static func input(
        _ label: String, _ element: Element, id: String? = nil, hint: String? = nil, optional: Bool = false,
        dispatchesAction: Bool = false
    ) -> Block {
        Block(
            .input(
                InputBlock(
                    blockID: id ?? element.action, label: label, element: element, hint: hint, optional: optional,
                    dispatchesAction: dispatchesAction)))
    }
}

package struct InputBlock: BlockContent {
    var blockID: String?
    var label: String
    var element: Element
    var hint: String?
    let optional: Bool
    let dispatchesAction: Bool

    var type: String { "input" }
    var block: Block { Block(.input(self)) }
    var elements: [Element] {
        get { [element] }
        set { element = newValue.first ?? element }
    }

    func writeMembers(to writer: inout JSONWriter) {
        writer.member("label", plain: label)
        writer.key("element")
        element.write(to: &writer)
        writer.member("hint", plain: hint)
        if optional { writer.member("optional", true) }
        if dispatchesAction { writer.member("dispatch_action", true) }
    }
}

extension InputBlock {
    func check(_ inspection: inout Inspection) {
        inspection.plain(label, 1...SlackLimits.inputLabel, at: "label")
        if let hint { inspection.plain(hint, 1...SlackLimits.inputLabel, at: "hint") }
        inspection.at("element") { element.check(in: .input, &$0) }
    }

    mutating func clip(idPrefix: String) {
        label = Clip.plain(label, to: SlackLimits.inputLabel)
        hint = Clip.label(hint, to: SlackLimits.inputLabel)
        // An element that cannot be shown stays, so that the check after this finds it and the whole field goes.
        element = element.fitting(in: .input, idPrefix: idPrefix) ?? element
    }
}
