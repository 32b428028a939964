// Stand-ins until the Block Kit and JSON values land: whoever pushes those deletes this file.
public enum JSONValue: Sendable, Hashable, Codable, ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral {
    case null, string(String), object([String: JSONValue]), bool(Bool)
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(Dictionary(elements) { a, _ in a }) }
    public init(stringLiteral value: String) { self = .string(value) }
    public subscript(_ k: String) -> JSONValue { .null }
    public var string: String? { nil }
    public var bool: Bool? { nil }
    public var object: [String: JSONValue]? { nil }
    static func view(_ v: View) -> JSONValue { .null }
}
public struct Message: Sendable { func arguments(channel: String) -> JSONValue { .null } }
public struct View: Sendable {}
public struct Option: Sendable {}
public struct OptionGroup: Sendable {}
