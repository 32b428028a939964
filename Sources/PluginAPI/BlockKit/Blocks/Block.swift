/// A part of a message, a form or a Home tab.
///
/// In an array write `.section("…")`, in a builder `Block.section("…")`: lines that begin with a dot would be taken for one.
/// Block ids are the plugin's own, at most 255 characters with the host's prefix, unique in their message or form.
/// - SeeAlso: <https://docs.slack.dev/reference/block-kit/blocks>
public struct Block: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case section(SectionBlock)
        case header(HeaderBlock)
        case divider(DividerBlock)
        case context(ContextBlock)
        case actions(ActionsBlock)
        case image(ImageBlock)
        case input(InputBlock)
        case markdown(MarkdownBlock)
    }

    package private(set) var kind: Kind

    init(_ kind: Kind) {
        self.kind = kind
    }

    var content: any BlockContent {
        switch kind {
        case .section(let content): content
        case .header(let content): content
        case .divider(let content): content
        case .context(let content): content
        case .actions(let content): content
        case .image(let content): content
        case .input(let content): content
        case .markdown(let content): content
        }
    }

    /// The block id without the host's prefix; an input's is its element's action id where it was given none.
    package var id: String? { content.blockID }

    /// The same with a change to its contents.
    func changed(_ change: (inout any BlockContent) -> Void) -> Block {
        var content = content
        change(&content)
        return content.block
    }

    var isInput: Bool {
        if case .input = kind { true } else { false }
    }

    package func write(to writer: inout JSONWriter) {
        let content = content
        writer.object { writer in
            writer.member("type", content.type)
            writer.id("block_id", content.blockID)
            content.writeMembers(to: &writer)
        }
    }
}

extension Block {
    func identified(_ id: String?) -> Block { changed { $0.blockID = id } }

    func check(_ inspection: inout Inspection) {
        let content = content
        if let id = content.blockID { inspection.id(id, at: "block_id") }
        content.check(&inspection)
    }

    /// The block within the limits; `nil` where it cannot be shown.
    func fitting(idPrefix: String) -> Block? {
        let block = changed { $0.clip(idPrefix: idPrefix) }
        var inspection = Inspection(idPrefix: idPrefix)
        block.check(&inspection)
        return inspection.hasErrors ? nil : block
    }
}
