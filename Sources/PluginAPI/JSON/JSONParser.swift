/// Reads one JSON value from bytes, within bounds and without a trap on any input.
///
/// Recursion is bounded by the depth, which is checked on the way in. Every access to `bytes` is checked by the array.
/// - SeeAlso: <https://www.rfc-editor.org/rfc/rfc8259>
struct JSONParser {
    /// Digits beyond this carry no meaning, and `strtod` is slow on a megabyte of them.
    static let maximumNumberLength = 512

    let bytes: [UInt8]
    let maximumDepth: Int
    var position = 0

    init(_ bytes: [UInt8], maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    mutating func document() throws(JSONError) -> JSONValue {
        if let first = bytes.first, first == 0xEF || first == 0xFE || first == 0xFF {
            throw JSONError(.byteOrderMark, at: 0)
        }
        skipSpace()
        let value = try value(depth: 0)
        skipSpace()
        if position < bytes.count { throw error(.trailingBytes) }
        return value
    }

    func error(_ problem: JSONError.Problem) -> JSONError { JSONError(problem, at: position) }

    func peek() throws(JSONError) -> UInt8 {
        guard position < bytes.count else { throw error(.unexpectedEnd) }
        return bytes[position]
    }

    mutating func skipSpace() {
        while position < bytes.count {
            let byte = bytes[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
        }
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        switch try peek() {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"):
            try word("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw error(.unexpectedByte)
        }
    }

    private mutating func word(_ expected: StaticString) throws(JSONError) {
        for offset in 0..<expected.utf8CodeUnitCount {
            let wanted = expected.withUTF8Buffer { $0[offset] }
            guard try peek() == wanted else { throw error(.unexpectedByte) }
            position += 1
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        guard depth <= maximumDepth else { throw error(.tooDeep(limit: maximumDepth)) }
        position += 1
        var elements: [JSONValue] = []
        skipSpace()
        if try peek() == UInt8(ascii: "]") {
            position += 1
            return .array(elements)
        }
        while true {
            elements.append(try value(depth: depth))
            if try !continues(until: UInt8(ascii: "]")) { return .array(elements) }
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        guard depth <= maximumDepth else { throw error(.tooDeep(limit: maximumDepth)) }
        position += 1
        var members: [String: JSONValue] = [:]
        skipSpace()
        if try peek() == UInt8(ascii: "}") {
            position += 1
            return .object(members)
        }
        while true {
            guard try peek() == UInt8(ascii: "\"") else { throw error(.unexpectedByte) }
            let name = try string()
            skipSpace()
            guard try peek() == UInt8(ascii: ":") else { throw error(.unexpectedByte) }
            position += 1
            skipSpace()
            let value = try value(depth: depth)
            keepFirst(value, at: &members[name])
            if try !continues(until: UInt8(ascii: "}")) { return .object(members) }
        }
    }

    /// The first of two members with one name counts, as in Foundation's decoder, so that the two never disagree.
    private func keepFirst(_ value: JSONValue, at place: inout JSONValue?) {
        if place == nil { place = value }
    }

    /// Passes a comma (true) or the end (false), and the space around it.
    private mutating func continues(until end: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        let byte = try peek()
        guard byte == UInt8(ascii: ",") || byte == end else { throw error(.unexpectedByte) }
        position += 1
        if byte == end { return false }
        skipSpace()
        return true
    }
}
