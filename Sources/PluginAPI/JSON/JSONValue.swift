/// Any JSON value, with whole numbers kept exactly.
///
/// Look-ups never fail: `payload["user"]["id"].string` is `nil` where any part of the way is missing.
public enum JSONValue: Sendable, Hashable {
    /// `null`, and what a look-up finds where there is nothing.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number written without a fraction or an exponent that fits 64 bits.
    case integer(Int64)
    /// Any other number; always finite when it was read from JSON.
    case number(Double)
    /// A text. May contain U+0000, see ``withoutNULs``.
    case string(String)
    /// A list.
    case array([JSONValue])
    /// Values by name.
    case object([String: JSONValue])

    /// The value under a name; ``null`` where this is no object or has none.
    public subscript(_ key: String) -> JSONValue {
        guard case .object(let members) = self else { return .null }
        return members[key] ?? .null
    }

    /// The value at a position from 0; ``null`` where this is no array or is shorter.
    public subscript(_ index: Int) -> JSONValue {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return .null }
        return elements[index]
    }

    /// True for ``null``, hence for whatever is missing.
    public var isNull: Bool { self == .null }

    /// The text, `nil` for anything else.
    public var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The whole number, `nil` for anything else, also for 1.5; 2.0 is 2.
    public var int: Int? {
        switch self {
        case .integer(let value): Int(exactly: value)
        case .number(let value): Int(exactly: value)
        default: nil
        }
    }

    /// The number, `nil` for anything else; beyond 2⁵³ a whole number is rounded.
    public var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The truth value, `nil` for anything else: neither 1 nor "true" is true.
    public var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The elements, `nil` for anything else.
    public var array: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The members, `nil` for anything else.
    public var object: [String: JSONValue]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// The same value without U+0000 in any text or name: PostgreSQL refuses to store it.
    public var withoutNULs: JSONValue {
        switch self {
        case .string(let text): .string(text.withoutNULs)
        case .array(let elements): .array(elements.map(\.withoutNULs))
        case .object(let members):
            .object(Dictionary(members.map { ($0.withoutNULs, $1.withoutNULs) }) { first, _ in first })
        case .null, .bool, .integer, .number: self
        }
    }
}

extension String {
    fileprivate var withoutNULs: String {
        guard utf8.contains(0) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.filter { $0 != "\0" }))
    }
}
