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

    var isInput: Bool {
        if case .input = kind { true } else { false }
    }

    func write(to writer: inout JSONWriter) {
        let content = content
        writer.object { writer in
            writer.member("type", content.type)
            writer.id("block_id", content.blockID)
            content.writeMembers(to: &writer)
        }
    }

    func fitting() -> Block? {
        switch kind {
        case .section(let content): content.fitting().map { Block(.section($0)) }
        case .header(let content): content.fitting().map { Block(.header($0)) }
        case .divider(let content): content.fitting().map { Block(.divider($0)) }
        case .context(let content): content.fitting().map { Block(.context($0)) }
        case .actions(let content): content.fitting().map { Block(.actions($0)) }
        case .image(let content): content.fitting().map { Block(.image($0)) }
        case .input(let content): content.fitting().map { Block(.input($0)) }
        case .markdown(let content): content.fitting().map { Block(.markdown($0)) }
        }
    }

    func identified(_ id: String?) -> Block {
        var block = self
        switch kind {
        case .section(var content):
            content.blockID = id
            block.kind = .section(content)
        case .header(var content):
            content.blockID = id
            block.kind = .header(content)
        case .divider(var content):
            content.blockID = id
            block.kind = .divider(content)
        case .context(var content):
            content.blockID = id
            block.kind = .context(content)
        case .actions(var content):
            content.blockID = id
            block.kind = .actions(content)
        case .image(var content):
            content.blockID = id
            block.kind = .image(content)
        case .input(var content):
            content.blockID = id
            block.kind = .input(content)
        case .markdown(var content):
            content.blockID = id
            block.kind = .markdown(content)
        }
        return block
    }
}
