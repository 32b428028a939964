/// A text with or without markup. A string literal is text with markup, whose interpolated parts are escaped.
/// - SeeAlso: <https://docs.slack.dev/reference/block-kit/composition-objects/text-object>
public struct TextObject: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case plain(emoji: Bool)
        case mrkdwn(verbatim: Bool)
    }

    package let kind: Kind
    package let text: String

    /// Text that is shown as it is, but for `:emoji:`. Control characters and marks of direction are left out.
    public static func plain(_ text: String, emoji: Bool = true) -> TextObject {
        TextObject(kind: .plain(emoji: emoji), text: String(MrkdwnEscaping.visible(text)))
    }

    /// Text with markup.
    /// - Parameter verbatim: True where bare addresses and names must not become links.
    public static func mrkdwn(_ text: Mrkdwn, verbatim: Bool = false) -> TextObject {
        TextObject(kind: .mrkdwn(verbatim: verbatim), text: text.source)
    }

    var isPlain: Bool {
        if case .plain = kind { true } else { false }
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            switch kind {
            case .plain(let emoji):
                writer.member("type", "plain_text")
                writer.member("text", text)
                writer.member("emoji", emoji)
            case .mrkdwn(let verbatim):
                writer.member("type", "mrkdwn")
                writer.member("text", text)
                if verbatim { writer.member("verbatim", true) }
            }
        }
    }

    func clipped(to limit: Int) -> TextObject {
        TextObject(kind: kind, text: isPlain ? Clip.plain(text, to: limit) : Clip.mrkdwn(text, to: limit))
    }
}

extension TextObject: ExpressibleByStringInterpolation {
    /// Text with markup.
    public init(stringLiteral value: String) { self = .mrkdwn(Mrkdwn(stringLiteral: value)) }
    /// Text with markup, the interpolated parts escaped.
    public init(stringInterpolation: Mrkdwn.StringInterpolation) {
        self = .mrkdwn(Mrkdwn(stringInterpolation: stringInterpolation))
    }
}

extension JSONWriter {
    mutating func member(_ name: String, text: TextObject?) {
        guard let text else { return }
        key(name)
        text.write(to: &self)
    }

    /// Writes a member whose text never has markup.
    mutating func member(_ name: String, plain text: String?) {
        member(name, text: text.map { TextObject.plain($0) })
    }
}
