extension Block {
    /// Text, with columns of short texts under it and something beside it.
    /// - Parameters:
    ///   - text: 1 to 3,000 characters; may be left out where there are fields.
    ///   - fields: At most 10 texts of at most 2,000 characters, in two columns.
    ///   - accessory: A button, a menu, a picker, choices or an image, beside the text.
    ///   - id: The block id.
    ///   - expand: Shows a long text whole, without "see more".
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/blocks/section-block>
    public static func section(
        _ text: TextObject?, fields: [TextObject] = [], accessory: Element? = nil, id: String? = nil,
        expand: Bool = false
    ) -> Block {
        Block(
            .section(
                SectionBlock(blockID: id, text: text, fields: fields, accessory: accessory, expand: expand)))
    }

    /// Columns of short texts, and something beside them.
    /// - Parameters:
    ///   - fields: 1 to 10 texts of at most 2,000 characters, in two columns.
    ///   - accessory: A button, a menu, a picker, choices or an image, beside the text.
    ///   - id: The block id.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/blocks/section-block>
    public static func section(fields: [TextObject], accessory: Element? = nil, id: String? = nil) -> Block {
        section(nil, fields: fields, accessory: accessory, id: id)
    }
}

package struct SectionBlock: BlockContent {
    var blockID: String?
    var text: TextObject?
    var fields: [TextObject]
    var accessory: Element?
    let expand: Bool

    var type: String { "section" }
    var block: Block { Block(.section(self)) }
    var elements: [Element] {
        get { accessory.map { [$0] } ?? [] }
        set { accessory = newValue.first }
    }

    func writeMembers(to writer: inout JSONWriter) {
        writer.member("text", text: text)
        if !fields.isEmpty {
            writer.array("fields") { writer in
                for field in fields { field.write(to: &writer) }
            }
        }
        if let accessory {
            writer.key("accessory")
            accessory.write(to: &writer)
        }
        if expand { writer.member("expand", true) }
    }
}

extension SectionBlock {
    func check(_ inspection: inout Inspection) {
        if let text {
            inspection.text(
                text.text, 1...SlackLimits.text, at: "text", mend: "split it into several sections, or clip it")
        } else if fields.isEmpty {
            inspection.report("has neither text nor fields", mend: "give it one of them")
        }
        inspection.count(
            fields.count, in: 0...SlackLimits.fields, at: "fields", mend: "put the rest into another section")
        inspection.each("fields", fields) { field, inspection in
            inspection.textMember(field.text, 1...SlackLimits.fieldText)
        }
        if let accessory { inspection.at("accessory") { accessory.check(in: .section, &$0) } }
    }

    mutating func clip(idPrefix: String) {
        text = text.flatMap { $0.text.isEmpty ? nil : $0.clipped(to: SlackLimits.text) }
        fields = fields.filter { !$0.text.isEmpty }.prefix(SlackLimits.fields)
            .map { $0.clipped(to: SlackLimits.fieldText) }
        accessory = accessory?.fitting(in: .section, idPrefix: idPrefix)
    }
}
