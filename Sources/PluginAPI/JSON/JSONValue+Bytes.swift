extension JSONValue: CustomStringConvertible {
    /// Reads JSON that came from outside.
    ///
    /// Refused are: bytes that are not UTF-8 or start with a byte order mark, deeper nesting, bytes after the value, half
    /// surrogate pairs, numbers beyond the range of a double. Of members with the same name the first one counts.
    /// - Parameters:
    ///   - bytes: UTF-8.
    ///   - maximumBytes: Longer input is refused before it is looked at.
    ///   - maximumDepth: How deeply arrays and objects may nest; at most 256 is heeded.
    /// - Throws: ``JSONError`` with the place, never with the contents.
    public init(
        decoding bytes: some Collection<UInt8>, maximumBytes: Int = 1_048_576, maximumDepth: Int = 64
    ) throws(JSONError) {
        guard bytes.count <= maximumBytes else { throw JSONError(.tooManyBytes(limit: maximumBytes), at: 0) }
        var parser = JSONParser(Array(bytes), maximumDepth: min(maximumDepth, 256))
        self = try parser.document()
    }

    /// The value as UTF-8 JSON without spaces, the members of objects in the order of their names.
    public var encoded: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// The value as JSON. It may hold what people wrote: not for logs.
    public var description: String { String(decoding: encoded, as: UTF8.self) }

    /// Writes the value; numbers that are not finite become `null`.
    public func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .bool(let value): writer.bool(value)
        case .integer(let value): writer.integer(value)
        case .number(let value): writer.number(value)
        case .string(let value): writer.string(value)
        case .array(let elements):
            writer.array { writer in
                for element in elements { element.write(to: &writer) }
            }
        case .object(let members):
            writer.object { writer in
                for (name, value) in members.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
                    writer.key(name)
                    value.write(to: &writer)
                }
            }
        }
    }
}
