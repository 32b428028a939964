import FoundationEssentials

/// A JSON value of the sandbox.
///
/// The simulators have a coding of their own: sharing one with the host would hide the mistakes of both.
enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    /// The deepest nesting that is read.
    static let maximumDepth = 64
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .int(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    /// `nil` in a JSON literal is JSON's null. Beware of `condition ? value : nil` where a `JSON?` is wanted: that is
    /// null too, and not the missing value.
    init(nilLiteral: ()) { self = .null }
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
    init(_ value: String?) { self = value.map(JSON.string) ?? .null }
}

extension JSON {
    var string: String? { if case .string(let value) = self { value } else { nil } }
    var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
    var object: [String: JSON]? { if case .object(let value) = self { value } else { nil } }
    var isNull: Bool { self == .null }

    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    var int: Int? {
        switch self {
        case .int(let value): value
        case .double(let value): Int(exactly: value)
        default: nil
        }
    }

    /// The value under `name`, or nil where this is no object or has no such field.
    subscript(name: String) -> JSON? {
        get { object?[name] }
        set {
            guard case .object(var fields) = self else { return }
            fields[name] = newValue
            self = .object(fields)
        }
    }

    /// This object with further fields; those that are nil are left out.
    func with(_ additions: [String: JSON?]) -> JSON {
        guard case .object(var fields) = self else { return self }
        for case (let name, let value?) in additions { fields[name] = value }
        return .object(fields)
    }

    /// An object of those fields that are there.
    static func compact(_ fields: [String: JSON?]) -> JSON { .object(fields.compactMapValues { $0 }) }
}

extension JSON: Codable {
    private struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: Name.self) {
            var fields: [String: JSON] = [:]
            for key in container.allKeys { fields[key.stringValue] = try container.decode(JSON.self, forKey: key) }
            self = .object(fields)
            return
        }
        if var container = try? decoder.unkeyedContainer() {
            var values: [JSON] = []
            while !container.isAtEnd { values.append(try container.decode(JSON.self)) }
            self = .array(values)
            return
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .int(value)
        } else if let value = try? container.decode(Double.self) {
            self = .double(value)
        } else {
            self = .string(try container.decode(String.self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .bool(let value): try value.encode(to: encoder)
        case .int(let value): try value.encode(to: encoder)
        case .double(let value): try value.encode(to: encoder)
        case .string(let value): try value.encode(to: encoder)
        case .array(let values): try values.encode(to: encoder)
        case .object(let fields): try fields.encode(to: encoder)
        }
    }
}

extension JSON {
    /// Reads JSON text; nil where it is none or is nested deeper than `maximumDepth`.
    static func parse(_ bytes: some Sequence<UInt8>) -> JSON? {
        let data = Data(bytes)
        guard deepest(data) <= maximumDepth else { return nil }
        return try? JSONDecoder().decode(JSON.self, from: data)
    }

    static func parse(_ text: String) -> JSON? { parse(text.utf8) }

    /// The JSON text, with the fields of every object in alphabetical order.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    var bytes: Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)) ?? Data("null".utf8)
    }

    private static func deepest(_ bytes: Data) -> Int {
        var depth = 0
        var most = 0
        var quoted = false
        var escaped = false
        for byte in bytes {
            if quoted {
                if escaped {
                    escaped = false
                } else if byte == UInt8(ascii: "\\") {
                    escaped = true
                } else if byte == UInt8(ascii: "\"") {
                    quoted = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): quoted = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                most = max(most, depth)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
        }
        return most
    }
}
