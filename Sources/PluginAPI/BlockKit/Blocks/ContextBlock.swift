/// A small text or image in a context block. A string literal is text with markup, its interpolated parts escaped.
/// - SeeAlso: <https://docs.slack.dev/reference/block-kit/blocks/context-block>
public struct ContextElement: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case text(TextObject)
        case image(ImageElement)
    }

    package let kind: Kind

    /// A text of at most 3,000 characters.
    public static func text(_ text: TextObject) -> ContextElement { ContextElement(kind: .text(text)) }

    /// A small image.
    /// - Parameters:
    ///   - url: A public `https` address, at most 3,000 characters.
    ///   - alt: What it shows, for those who cannot see it; at most 2,000 characters.
    public static func image(url: String, alt: String) -> ContextElement {
        ContextElement(kind: .image(ImageElement(source: .url(url), alt: alt)))
    }

    func write(to writer: inout JSONWriter) {
        switch kind {
        case .text(let text): text.write(to: &writer)
        case .image(let image): Element(kind: .image(image)).write(to: &writer)
        }
    }
}

extension ContextElement: ExpressibleByStringInterpolation {
    /// Text with markup.
    public init(stringLiteral value: String) { self = .text(TextObject(stringLiteral: value)) }
    /// Text with markup, the interpolated parts escaped.
    public init(stringInterpolation: Mrkdwn.StringInterpolation) {
        self = .text(TextObject(stringInterpolation: stringInterpolation))
    }
}

extension Block {
    /// Small texts and images in one line.
    /// - Parameters:
    ///   - elements: 1 to 10.
    ///   - id: The block id.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/blocks/context-block>
    public static func context(_ elements: [ContextElement], id: String? = nil) -> Block {
        Block(.context(ContextBlock(blockID: id, parts: elements)))
    }

    /// Small texts and images in one line.
    /// - Parameters:
    ///   - elements: 1 to 10.
    ///   - id: The block id.
    public static func context(_ elements: ContextElement..., id: String? = nil) -> Block {
        context(elements, id: id)
    }
}

package struct ContextBlock: BlockContent {
    var blockID: String?
    var parts: [ContextElement]

    var type: String { "context" }
    var block: Block { Block(.context(self)) }

    func writeMembers(to writer: inout JSONWriter) {
        writer.array("elements") { writer in
            for part in parts { part.write(to: &writer) }
        }
    }
}

extension ContextBlock {
    func check(_ inspection: inout Inspection) {
        inspection.count(
            parts.count, in: 1...SlackLimits.contextElements, at: "elements", mend: "put the rest into another block")
        inspection.each("elements", parts) { part, inspection in
            switch part.kind {
            case .text(let text): inspection.textMember(text.text, 1...SlackLimits.text)
            case .image(let image): image.check(&inspection)
            }
        }
    }

    mutating func clip(idPrefix: String) {
        parts = Array(parts.compactMap(\.fitting).prefix(SlackLimits.contextElements))
    }
}

extension ContextElement {
    fileprivate var fitting: ContextElement? {
        switch kind {
        case .text(let text): return text.text.isEmpty ? nil : .text(text.clipped(to: SlackLimits.text))
        case .image(var image):
            image.clip()
            var inspection = Inspection(idPrefix: "")
            image.check(&inspection)
            return inspection.hasErrors ? nil : ContextElement(kind: .image(image))
        }
    }
}
