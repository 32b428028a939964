/// Why bytes are no JSON that this program accepts. Says where, and never quotes what stood there.
/// - SeeAlso: <https://www.rfc-editor.org/rfc/rfc8259>
public struct JSONError: Error, Hashable, CustomStringConvertible {
    package enum Problem: Hashable, Sendable {
        case tooManyBytes(limit: Int)
        case tooDeep(limit: Int)
        case byteOrderMark
        case unexpectedEnd
        case unexpectedByte
        case trailingBytes
        case notUTF8
        case controlCharacter
        case badEscape
        case loneSurrogate
        case badNumber
        case numberOutOfRange
    }

    package let problem: Problem
    /// How many bytes were read before the problem.
    public let offset: Int

    package init(_ problem: Problem, at offset: Int) {
        self.problem = problem
        self.offset = offset
    }

    /// One sentence with the place.
    public var description: String {
        let what =
            switch problem {
            case .tooManyBytes(let limit): "longer than \(limit) bytes"
            case .tooDeep(let limit): "nested deeper than \(limit) levels"
            case .byteOrderMark: "starts with a byte order mark or is not UTF-8"
            case .unexpectedEnd: "ends too early"
            case .unexpectedByte: "a byte that cannot stand there"
            case .trailingBytes: "more bytes after the value"
            case .notUTF8: "bytes that are not UTF-8"
            case .controlCharacter: "an unescaped control character in a text"
            case .badEscape: "an unknown escape in a text"
            case .loneSurrogate: "half of a surrogate pair in a text"
            case .badNumber: "a malformed number"
            case .numberOutOfRange: "a number out of range"
            }
        return "JSON: \(what), at byte \(offset)"
    }
}
