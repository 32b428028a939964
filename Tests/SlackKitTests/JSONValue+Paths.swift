import PluginAPI

/// A step into a JSON value.
enum JSONStep: Hashable, Sendable {
    case member(String)
    case element(Int)
}

extension JSONValue {
    /// The way to every value inside, the whole included, in a fixed order.
    func paths() -> [[JSONStep]] {
        var all: [[JSONStep]] = [[]]
        switch self {
        case .object(let members):
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                all += value.paths().map { [.member(name)] + $0 }
            }
        case .array(let elements):
            for (index, value) in elements.enumerated() {
                all += value.paths().map { [.element(index)] + $0 }
            }
        default: break
        }
        return all
    }

    /// The same value with one inside it replaced; nil removes it.
    func replacing(_ path: [JSONStep], by value: JSONValue?) -> JSONValue {
        guard let step = path.first else { return value ?? .null }
        let rest = Array(path.dropFirst())
        switch (self, step) {
        case (.object(var members), .member(let name)):
            members[name] = rest.isEmpty ? value : members[name]?.replacing(rest, by: value)
            return .object(members)
        case (.array(var elements), .element(let index)) where elements.indices.contains(index):
            if rest.isEmpty, value == nil {
                elements.remove(at: index)
            } else {
                elements[index] = elements[index].replacing(rest, by: value)
            }
            return .array(elements)
        default: return self
        }
    }
}
