/// Text with Slack's markup, safe by construction: what is interpolated is escaped.
///
/// ```swift
/// let text: Mrkdwn = "*\(incident.title)* is with \(Mention.user(id))"
/// ```
/// The literal parts keep their markup, a `String` between them is shown as it is, whatever it contains, and a `Mrkdwn`
/// between them keeps its markup. Lengths in this module are counted in UTF-16 units of what is sent (so `&` counts five,
/// as `&amp;`): whichever way Slack counts, that is never too few.
/// - SeeAlso: <https://docs.slack.dev/messaging/formatting-message-text>
public struct Mrkdwn: Sendable, Hashable, CustomStringConvertible {
    /// The text as it is sent.
    public let source: String

    /// Takes markup as it is. Never for what comes from outside: use `escaped(limit:)` on that.
    public init(raw source: String) {
        self.source = source
    }

    /// Nothing.
    public static let empty = Mrkdwn(raw: "")

    /// The text as it is sent.
    public var description: String { source }

    /// True where there is no text at all.
    public var isEmpty: Bool { source.isEmpty }

    /// One text after the other.
    public static func + (left: Mrkdwn, right: Mrkdwn) -> Mrkdwn { Mrkdwn(raw: left.source + right.source) }

    /// Appends a text.
    public static func += (left: inout Mrkdwn, right: Mrkdwn) { left = left + right }

    /// Cuts the text so that it has at most that many UTF-16 units, "…" included; never inside an entity or a `<…>`.
    public func clipped(to limit: Int) -> Mrkdwn { Mrkdwn(raw: Clip.mrkdwn(source, to: limit)) }
}

extension Mrkdwn: ExpressibleByStringInterpolation {
    /// Takes a literal's markup as it is.
    public init(stringLiteral value: String) { self.init(raw: value) }
    /// Puts a literal and what was interpolated together.
    public init(stringInterpolation: StringInterpolation) { self.init(raw: stringInterpolation.source) }

    /// Escapes what is interpolated.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        var source = ""

        /// Starts empty.
        public init(literalCapacity: Int, interpolationCount: Int) {
            source.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        /// Takes a literal part as it is.
        public mutating func appendLiteral(_ literal: String) { source += literal }

        /// Keeps markup that was made before.
        public mutating func appendInterpolation(_ markup: Mrkdwn) { source += markup.source }

        /// Escapes a text.
        public mutating func appendInterpolation(_ text: String) { source += MrkdwnEscaping.escape(text) }

        /// Escapes a part of a text.
        public mutating func appendInterpolation(_ text: Substring) { source += MrkdwnEscaping.escape(text) }

        /// Escapes a value's description.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            source += MrkdwnEscaping.escape(value.description)
        }
    }
}

extension Sequence<Mrkdwn> {
    /// One text of several.
    public func joined(separator: Mrkdwn = .empty) -> Mrkdwn {
        Mrkdwn(raw: map(\.source).joined(separator: separator.source))
    }
}
