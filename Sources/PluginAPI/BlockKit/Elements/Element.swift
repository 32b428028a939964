/// Something in a block that a person can press, choose from or type into, or an image.
///
/// Action ids are the plugin's own; the host puts the plugin's id before them on the way to Slack and takes it off again.
/// An action id has at most 255 characters, the prefix included, and is unique in its block.
/// - SeeAlso: <https://docs.slack.dev/reference/block-kit/block-elements>
public struct Element: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case button(ButtonElement)
        case overflow(OverflowElement)
        case select(SelectElement)
        case choices(ChoicesElement)
        case picker(PickerElement)
        case text(TextElement)
        case number(NumberElement)
        case image(ImageElement)
    }

    package let kind: Kind

    var content: any ElementContent {
        switch kind {
        case .button(let content): content
        case .overflow(let content): content
        case .select(let content): content
        case .choices(let content): content
        case .picker(let content): content
        case .text(let content): content
        case .number(let content): content
        case .image(let content): content
        }
    }

    /// The action id without the host's prefix; `nil` for an image.
    package var action: String? { content.action }

    func write(to writer: inout JSONWriter) {
        let content = content
        writer.object { writer in
            writer.member("type", content.type)
            writer.id("action_id", content.action)
            content.writeMembers(to: &writer)
        }
    }

    func fitting() -> Element? {
        switch kind {
        case .button(let content): content.fitting().map { Element(kind: .button($0)) }
        case .overflow(let content): content.fitting().map { Element(kind: .overflow($0)) }
        case .select(let content): content.fitting().map { Element(kind: .select($0)) }
        case .choices(let content): content.fitting().map { Element(kind: .choices($0)) }
        case .picker(let content): content.fitting().map { Element(kind: .picker($0)) }
        case .text(let content): content.fitting().map { Element(kind: .text($0)) }
        case .number(let content): content.fitting().map { Element(kind: .number($0)) }
        case .image(let content): content.fitting().map { Element(kind: .image($0)) }
        }
    }
}
