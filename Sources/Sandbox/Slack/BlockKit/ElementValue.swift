/// What a person entered into or chose in an element, in the form in which payloads carry it.
///
/// - SeeAlso: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
enum ElementValue {
    /// The name of the value in `state.values` and in the initial fields, by element type.
    private static let names: [String: (value: String, initial: String)] = [
        "plain_text_input": ("value", "initial_value"),
        "email_text_input": ("value", "initial_value"),
        "url_text_input": ("value", "initial_value"),
        "number_input": ("value", "initial_value"),
        "rich_text_input": ("rich_text_value", "initial_value"),
        "file_input": ("files", "files"),
        "static_select": ("selected_option", "initial_option"),
        "external_select": ("selected_option", "initial_option"),
        "radio_buttons": ("selected_option", "initial_option"),
        "users_select": ("selected_user", "initial_user"),
        "conversations_select": ("selected_conversation", "initial_conversation"),
        "channels_select": ("selected_channel", "initial_channel"),
        "multi_static_select": ("selected_options", "initial_options"),
        "multi_external_select": ("selected_options", "initial_options"),
        "checkboxes": ("selected_options", "initial_options"),
        "multi_users_select": ("selected_users", "initial_users"),
        "multi_conversations_select": ("selected_conversations", "initial_conversations"),
        "multi_channels_select": ("selected_channels", "initial_channels"),
        "datepicker": ("selected_date", "initial_date"),
        "timepicker": ("selected_time", "initial_time"),
        "datetimepicker": ("selected_date_time", "initial_date_time"),
    ]

    static let longestText = 3_000

    /// The name under which the element's value stands; nil where it keeps none, as a button.
    static func name(of type: String) -> String? { names[type]?.value }

    static func isMultiple(_ type: String) -> Bool { type.hasPrefix("multi_") || type == "checkboxes" }

    /// The value that an element shows before anybody touched it.
    static func initial(of element: JSON) -> JSON? {
        guard let type = element["type"]?.string, let names = names[type] else { return nil }
        let none: JSON = isMultiple(type) ? [] : .null
        return ["type": .string(type), names.value: element[names.initial] ?? none]
    }

    /// Reads what the page says was entered; nil where the element could not have produced it.
    static func read(_ given: JSON, for element: JSON) -> JSON? {
        guard let type = element["type"]?.string, let name = names[type]?.value else { return nil }
        let value = given[name] ?? .null
        guard let checked = check(value, type: type, element: element) else { return nil }
        return ["type": .string(type), name: checked]
    }

    private static func check(_ value: JSON, type: String, element: JSON) -> JSON? {
        if isMultiple(type) {
            let given: [JSON]? = value.isNull ? [] : value.array
            guard let values = given, values.count <= 1_000 else { return nil }
            if let most = element["max_selected_items"]?.int, values.count > most { return nil }
            let checked = values.compactMap { single($0, type: type, element: element) }
            guard checked.count == values.count else { return nil }
            return .array(checked)
        }
        if value.isNull { return JSON.null }
        return single(value, type: type, element: element)
    }

    private static func single(_ value: JSON, type: String, element: JSON) -> JSON? {
        switch type {
        case "static_select", "multi_static_select", "radio_buttons", "checkboxes", "overflow":
            return options(of: element).first { $0["value"] == value["value"] }
        case "external_select", "multi_external_select":
            var rules = BlockKitRules(surface: .modal)
            rules.check(option: value, at: "")
            guard rules.problems.isEmpty else { return nil }
        case "datepicker": guard DateText.isDate(value.string ?? "") else { return nil }
        case "timepicker": guard DateText.isTime(value.string ?? "") else { return nil }
        case "datetimepicker": return value.int.map(JSON.int)
        case "rich_text_input": guard value["type"]?.string == "rich_text" else { return nil }
        case "file_input": return nil
        default:
            guard let text = value.string, text.unicodeScalars.count <= longestText else { return nil }
            if text.isEmpty { return JSON.null }
        }
        return value
    }

    /// The options of an element, those in groups included.
    static func options(of element: JSON) -> [JSON] {
        (element["options"]?.array ?? [])
            + (element["option_groups"]?.array ?? []).flatMap { $0["options"]?.array ?? [] }
    }

    /// Whether nothing is entered or chosen.
    static func isEmpty(_ value: JSON?, type: String) -> Bool {
        guard let value = value?[name(of: type) ?? ""] else { return true }
        switch value {
        case .null: return true
        case .string(let text): return text.isEmpty
        case .array(let values): return values.isEmpty
        default: return false
        }
    }
}
