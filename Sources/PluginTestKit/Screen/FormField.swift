import FoundationEssentials
import PluginAPI

/// A field of a form, read from what Slack is sent.
struct FormField: Sendable {
    let label: String
    let actionID: String
    let isOptional: Bool
    let element: JSONValue

    var type: String { element["type"].string ?? "" }

    /// The inputs of a view, and what else in it keeps a choice.
    static func all(in view: JSONValue) -> [FormField] {
        (view["blocks"].array ?? []).flatMap { block -> [FormField] in
            switch block["type"].string {
            case "input":
                return [
                    FormField(
                        label: block["label"]["text"].string ?? "",
                        actionID: block["element"]["action_id"].string ?? "",
                        isOptional: block["optional"].bool ?? false, element: block["element"])
                ]
            case "section", "actions":
                let elements = block["elements"].array ?? [block["accessory"]]
                return elements.filter { $0["type"].string != "button" && $0["action_id"].string != nil }.map {
                    FormField(
                        label: $0["placeholder"]["text"].string ?? block["text"]["text"].string ?? "",
                        actionID: $0["action_id"].string ?? "", isOptional: true, element: $0)
                }
            default: return []
            }
        }
    }

    /// What stands there when the form opens.
    var initial: FieldValue {
        if let text = element["initial_value"].string { return .text(text) }
        if let option = chosen(element["initial_option"]) { return .option(option) }
        if let options = element["initial_options"].array { return .options(options.compactMap(chosen)) }
        if let id = element["initial_user"].string { return .user(id) }
        if let ids = element["initial_users"].array { return .users(ids.compactMap(\.string)) }
        for name in ["initial_channel", "initial_conversation"] {
            if let id = element[name].string { return .channel(id) }
        }
        for name in ["initial_channels", "initial_conversations"] {
            if let ids = element[name].array { return .channels(ids.compactMap(\.string)) }
        }
        if let date = element["initial_date"].string { return .date(date) }
        if let time = element["initial_time"].string { return .time(time) }
        if let moment = element["initial_date_time"].int { return .moment(Int64(moment)) }
        return .none
    }

    /// Where Slack keeps the form open because nothing stands in a field that must be filled in.
    func isMissing(_ value: FieldValue) -> Bool {
        guard !isOptional else { return false }
        switch value {
        case .none: return true
        case .text(let text): return text.isEmpty
        case .options(let options): return options.isEmpty
        default: return false
        }
    }

    /// All options that it offers by itself.
    var options: [JSONValue] {
        let groups = element["option_groups"].array ?? []
        return (element["options"].array ?? []) + groups.flatMap { $0["options"].array ?? [] }
    }

    /// What a person makes of it.
    /// - Parameters:
    ///   - entry: Words as the test says them.
    ///   - offered: What an external menu offers for them.
    /// - Throws: ``KitProblem`` where that cannot be chosen.
    func value(_ entry: [String], offered: [Option]) throws -> FieldValue {
        let first = entry.first ?? ""
        switch type {
        case "static_select", "radio_buttons", "overflow": return .option(try option(first, offered))
        case "external_select": return first.isEmpty ? .none : .option(try option(first, offered))
        case "multi_static_select", "multi_external_select", "checkboxes":
            return .options(try entry.filter { !$0.isEmpty }.map { try option($0, offered) })
        case "users_select": return .user(Self.id(first))
        case "multi_users_select": return .users(entry.map(Self.id))
        case "channels_select", "conversations_select": return .channel(Self.id(first))
        case "multi_channels_select", "multi_conversations_select": return .channels(entry.map(Self.id))
        case "datepicker": return .date(first)
        case "timepicker": return .time(first)
        case "datetimepicker":
            guard let date = try? Date.parse(first).get() else {
                throw KitProblem("“\(label)” wants a moment such as 2026-12-24T18:00Z, not “\(first)”")
            }
            return .moment(Int64(date.timeIntervalSince1970))
        case "number_input":
            guard Double(first) != nil else {
                throw KitProblem("Slack takes only numbers in “\(label)”, not “\(first)”")
            }
            return .text(first)
        default: return .text(first)
        }
    }

    private func option(_ wanted: String, _ offered: [Option]) throws -> ChosenOption {
        let all =
            options.compactMap(chosen) + offered.map { ChosenOption(value: $0.value, text: $0.text.text) }
        if let option = all.first(where: { $0.text == wanted }) ?? all.first(where: { $0.value == wanted }) {
            return option
        }
        throw KitProblem("“\(label)” has no choice “\(wanted)”; it has \(quoted(all.map(\.text)))")
    }

    private func chosen(_ option: JSONValue) -> ChosenOption? {
        option["value"].string.map { ChosenOption(value: $0, text: option["text"]["text"].string ?? "") }
    }

    /// `<@U0ADA|ada>` stands for `U0ADA`.
    private static func id(_ entry: String) -> String {
        guard entry.utf8.first == UInt8(ascii: "<") else { return entry }
        return String(entry.dropFirst(2).prefix { $0 != "|" && $0 != ">" })
    }
}

/// What a test wants and the bot does not have, with what it has instead.
public struct KitProblem: Error, CustomStringConvertible, Hashable {
    /// One sentence.
    public let description: String

    init(_ description: String) { self.description = description }
}

func quoted(_ words: [String]) -> String {
    words.isEmpty ? "none" : words.map { "“\($0)”" }.joined(separator: ", ")
}
