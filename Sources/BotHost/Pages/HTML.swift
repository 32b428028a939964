/// A piece of a page. What stands in the source is markup; whatever is interpolated is text, escaped byte by byte.
///
/// ```swift
/// let line: HTML = "<p>Installed in <bdi>\(workspace.name)</bdi>.</p>"
/// ```
///
/// Markup comes from literals alone (`StaticString`): no text that is made at run time can become an element, an
/// attribute or an address. Quotes are escaped too, so that an interpolation may stand in a quoted attribute.
struct HTML: Sendable, Equatable {
    private(set) var bytes: [UInt8]

    static let empty = HTML(bytes: [])

    fileprivate init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Text that stands for itself.
    init(text: String) {
        bytes = []
        Self.escape(text, into: &bytes)
    }

    init(_ parts: [HTML]) {
        bytes = parts.flatMap(\.bytes)
    }

    static func + (left: HTML, right: HTML) -> HTML { HTML(bytes: left.bytes + right.bytes) }
    static func += (left: inout HTML, right: HTML) { left.bytes += right.bytes }

    private static let ampersand = Array("&amp;".utf8)
    private static let less = Array("&lt;".utf8)
    private static let greater = Array("&gt;".utf8)
    private static let quote = Array("&quot;".utf8)
    private static let apostrophe = Array("&#39;".utf8)
    private static let replacement = Array("\u{FFFD}".utf8)

    /// On bytes, because a quote with a combining mark behind it is one `Character`, and not a quote.
    private static func escape(_ text: String, into bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += ampersand
            case UInt8(ascii: "<"): bytes += less
            case UInt8(ascii: ">"): bytes += greater
            case UInt8(ascii: "\""): bytes += quote
            case UInt8(ascii: "'"): bytes += apostrophe
            case UInt8(ascii: "\t"), UInt8(ascii: "\n"), 0x20...0x7E, 0x80...0xFF: bytes.append(byte)
            default: bytes += replacement
            }
        }
    }
}

extension HTML: ExpressibleByStringInterpolation {
    init(stringLiteral value: StaticString) {
        bytes = Array(UnsafeBufferPointer(start: value.utf8Start, count: value.utf8CodeUnitCount))
    }

    init(stringInterpolation: Interpolation) {
        bytes = stringInterpolation.bytes
    }

    struct Interpolation: StringInterpolationProtocol {
        fileprivate var bytes: [UInt8] = []

        init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + 32 * interpolationCount)
        }

        mutating func appendLiteral(_ literal: StaticString) {
            bytes += UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount)
        }

        mutating func appendInterpolation(_ text: String) { HTML.escape(text, into: &bytes) }
        mutating func appendInterpolation(_ number: some BinaryInteger) { bytes += Array("\(number)".utf8) }
        mutating func appendInterpolation(_ html: HTML) { bytes += html.bytes }
        mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { bytes += part.bytes } }
    }
}
