/// What a person chose or typed in one element.
public enum FieldValue: Sendable, Hashable, Codable {
    /// Nothing yet.
    case none
    /// Typed text, or a button's value.
    case text(String)
    /// One option.
    case option(ChosenOption)
    /// Several options, in the order they were chosen.
    case options([ChosenOption])
    /// A person's id.
    case user(String)
    /// Several persons' ids.
    case users([String])
    /// A channel's or conversation's id.
    case channel(String)
    /// Several channels' or conversations' ids.
    case channels([String])
    /// A day, `2026-12-24`.
    case date(String)
    /// A time of day, `18:30`.
    case time(String)
    /// Seconds since 1970.
    case moment(Int64)

    /// The text, option value, id, date or time as one string; `nil` for nothing and for several.
    public var string: String? {
        switch self {
        case .text(let text), .user(let text), .channel(let text), .date(let text), .time(let text): text
        case .option(let option): option.value
        case .moment(let seconds): String(seconds)
        case .none, .options, .users, .channels: nil
        }
    }

    /// Every chosen value or id; one element for a single choice, empty for nothing.
    public var strings: [String] {
        switch self {
        case .options(let options): options.map(\.value)
        case .users(let ids), .channels(let ids): ids
        case .none: []
        default: string.map { [$0] } ?? []
        }
    }
}

/// An option as a person chose it.
public struct ChosenOption: Sendable, Hashable, Codable {
    /// The option's value, as the plugin set it.
    public let value: String
    /// The option's text, as the person read it; for showing only, it comes back from outside.
    public let text: String

    /// A chosen option.
    public init(value: String, text: String = "") {
        self.value = value
        self.text = text
    }
}

/// What stands in the fields of a form, by field id: the action id of the input's element.
public struct FieldValues: Sendable, Hashable, Codable {
    /// Every field that was sent, by its element's action id.
    public let byID: [String: FieldValue]

    /// Fields by id.
    public init(_ byID: [String: FieldValue] = [:]) {
        self.byID = byID
    }

    /// The field with this id; `.none` where it is empty or absent.
    public subscript(_ id: String) -> FieldValue { byID[id] ?? .none }

    /// The field's single value; an empty text counts as nothing.
    public func string(_ id: String) -> String? {
        guard let string = self[id].string, !string.isEmpty else { return nil }
        return string
    }
}
