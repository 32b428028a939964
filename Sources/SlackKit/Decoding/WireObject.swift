import PluginAPI

/// A JSON object from outside and its place, read member by member with faults that say where.
struct WireObject {
    let members: [String: JSONValue]
    let path: String

    init(_ value: JSONValue, at path: String) throws(DecodeFault) {
        guard case .object(let members) = value else {
            throw DecodeFault(path, expected: "an object", found: Self.kind(of: value))
        }
        self.members = members
        self.path = path
    }

    /// The member, ``JSONValue/null`` where there is none.
    subscript(_ name: String) -> JSONValue { members[name] ?? .null }

    /// A text that must be there; it may be empty.
    func text(_ name: String) throws(DecodeFault) -> String {
        guard let text = try optionalText(name) else { throw fault(name, expected: "text") }
        return text
    }

    /// A text that must be there and not be empty.
    func nonEmptyText(_ name: String) throws(DecodeFault) -> String {
        let text = try text(name)
        guard !text.isEmpty else { throw DecodeFault(place(name), expected: "text", found: "empty text") }
        return text
    }

    /// A text; nil where it is missing, null or empty, which Slack uses alike.
    func optionalText(_ name: String) throws(DecodeFault) -> String? {
        switch self[name] {
        case .null: return nil
        case .string(let text): return text
        default: throw fault(name, expected: "text")
        }
    }

    /// A text that is nil where it is missing, null or empty.
    func filledText(_ name: String) throws(DecodeFault) -> String? {
        try optionalText(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// An id that must be there.
    func id(_ name: String) throws(DecodeFault) -> String {
        guard let id = try optionalID(name) else { throw fault(name, expected: SlackID.expectation) }
        return id
    }

    /// An id; nil where it is missing, null or empty.
    func optionalID(_ name: String) throws(DecodeFault) -> String? {
        switch self[name] {
        case .null: return nil
        case .string(""): return nil
        case .string(let text) where SlackID.isValid(text): return text
        case .string: throw DecodeFault(place(name), expected: SlackID.expectation, found: "other text")
        default: throw fault(name, expected: SlackID.expectation)
        }
    }

    /// The id of an object such as `"team": {"id": "T1"}`, or of the bare form `"team": "T1"`.
    func referencedID(_ name: String) throws(DecodeFault) -> String? {
        guard case .object = self[name] else { return try optionalID(name) }
        return try WireObject(self[name], at: place(name)).optionalID("id")
    }

    /// A truth value, which some of Slack's requests write as text; false where it is missing or null.
    func flag(_ name: String) throws(DecodeFault) -> Bool {
        switch self[name] {
        case .null, .bool(false), .string("false"), .string(""): return false
        case .bool(true), .string("true"): return true
        default: throw fault(name, expected: "true or false")
        }
    }

    /// A whole number; nil where it is missing or null.
    func integer(_ name: String) throws(DecodeFault) -> Int? {
        let value = self[name]
        if case .null = value { return nil }
        guard let number = value.int else { throw fault(name, expected: "a whole number") }
        return number
    }

    /// An object that must be there.
    func object(_ name: String) throws(DecodeFault) -> WireObject {
        try WireObject(self[name], at: place(name))
    }

    /// An object; nil where it is missing or null.
    func optionalObject(_ name: String) throws(DecodeFault) -> WireObject? {
        if case .null = self[name] { return nil }
        return try object(name)
    }

    /// The elements of an array; none where it is missing or null.
    func array(_ name: String) throws(DecodeFault) -> [JSONValue] {
        switch self[name] {
        case .null: return []
        case .array(let elements): return elements
        default: throw fault(name, expected: "an array")
        }
    }

    /// The texts of an array; none where it is missing or null.
    func texts(_ name: String) throws(DecodeFault) -> [String] {
        var texts: [String] = []
        for (index, element) in try array(name).enumerated() {
            guard case .string(let text) = element else {
                throw DecodeFault("\(place(name))[\(index)]", expected: "text", found: Self.kind(of: element))
            }
            texts.append(text)
        }
        return texts
    }

    /// The ids of an array; none where it is missing or null.
    func ids(_ name: String) throws(DecodeFault) -> [String] {
        let ids = try texts(name)
        for (index, id) in ids.enumerated() where !SlackID.isValid(id) {
            throw DecodeFault("\(place(name))[\(index)]", expected: SlackID.expectation, found: "other text")
        }
        return ids
    }

    /// The place of a member. Some names are ids that somebody chose: what does not look like one is left out, because
    /// places are logged.
    func place(_ name: String) -> String {
        let bytes = name.utf8
        let isPlain =
            (1...64).contains(bytes.count)
            && bytes.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") }
        return isPlain ? "\(path).\(name)" : "\(path).…"
    }

    /// A fault at a member that says what stands there.
    func fault(_ name: String, expected: String) -> DecodeFault {
        DecodeFault(place(name), expected: expected, found: Self.kind(of: self[name]))
    }

    static func kind(of value: JSONValue) -> String {
        switch value {
        case .null: "nothing"
        case .bool: "a truth value"
        case .integer, .number: "a number"
        case .string(let text): text.isEmpty ? "empty text" : "text"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
