extension BlockKitRules {
    private static let selects: Set<String> = [
        "static_select", "external_select", "users_select", "conversations_select", "channels_select",
    ]
    private static let multiSelects = Set(selects.map { "multi_" + $0 })
    private static let pickers: Set<String> = ["datepicker", "timepicker", "datetimepicker"]
    private static let choices: Set<String> = ["checkboxes", "radio_buttons"]
    private static let fields: Set<String> = [
        "plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input",
    ]

    static let inActions = selects.union(multiSelects).union(pickers).union(choices)
        .union(["button", "overflow", "workflow_button"])
    static let inSections = selects.union(multiSelects).union(choices)
        .union(["button", "overflow", "workflow_button", "image", "datepicker", "timepicker"])
    static let inInputs = selects.union(multiSelects).union(pickers).union(choices).union(fields)

    private static let allowed: [String: Set<String>] = [
        "button": ["text", "url", "value", "style", "confirm", "accessibility_label"],
        "workflow_button": ["text", "workflow", "style", "accessibility_label"],
        "icon_button": ["icon", "text", "value", "confirm", "accessibility_label", "visible_to_user_ids"],
        "feedback_buttons": ["positive_button", "negative_button"],
        "overflow": ["options", "confirm"],
        "static_select": ["options", "option_groups", "initial_option", "confirm", "focus_on_load", "placeholder"],
        "external_select": ["initial_option", "min_query_length", "confirm", "focus_on_load", "placeholder"],
        "users_select": ["initial_user", "confirm", "focus_on_load", "placeholder"],
        "conversations_select": [
            "initial_conversation", "default_to_current_conversation", "confirm", "response_url_enabled", "filter",
            "focus_on_load", "placeholder",
        ],
        "channels_select": ["initial_channel", "confirm", "response_url_enabled", "focus_on_load", "placeholder"],
        "multi_static_select": [
            "options", "option_groups", "initial_options", "confirm", "max_selected_items", "focus_on_load",
            "placeholder",
        ],
        "multi_external_select": [
            "initial_options", "min_query_length", "confirm", "max_selected_items", "focus_on_load", "placeholder",
        ],
        "multi_users_select": ["initial_users", "confirm", "max_selected_items", "focus_on_load", "placeholder"],
        "multi_conversations_select": [
            "initial_conversations", "default_to_current_conversation", "confirm", "max_selected_items", "filter",
            "focus_on_load", "placeholder",
        ],
        "multi_channels_select": ["initial_channels", "confirm", "max_selected_items", "focus_on_load", "placeholder"],
        "datepicker": ["initial_date", "confirm", "focus_on_load", "placeholder"],
        "timepicker": ["initial_time", "confirm", "focus_on_load", "placeholder", "timezone"],
        "datetimepicker": ["initial_date_time", "confirm", "focus_on_load"],
        "checkboxes": ["options", "initial_options", "confirm", "focus_on_load"],
        "radio_buttons": ["options", "initial_option", "confirm", "focus_on_load"],
        "plain_text_input": [
            "initial_value", "multiline", "min_length", "max_length", "dispatch_action_config", "focus_on_load",
            "placeholder",
        ],
        "email_text_input": ["initial_value", "dispatch_action_config", "focus_on_load", "placeholder"],
        "url_text_input": ["initial_value", "dispatch_action_config", "focus_on_load", "placeholder"],
        "number_input": [
            "is_decimal_allowed", "initial_value", "min_value", "max_value", "dispatch_action_config", "focus_on_load",
            "placeholder",
        ],
        "rich_text_input": ["initial_value", "dispatch_action_config", "focus_on_load", "placeholder"],
        "file_input": ["filetypes", "max_files"],
        "image": ["image_url", "alt_text", "slack_file"],
    ]

    /// Checks one element; `allowed` are the types that may stand at this place.
    mutating func check(element: JSON, at pointer: String, allowed types: Set<String>) {
        guard let fields = element.object else { return fail("must provide an object", at: pointer) }
        guard let type = fields["type"]?.string else { return fail("missing required field: type", at: pointer) }
        guard types.contains(type), let allowed = Self.allowed[type] else {
            return fail("unsupported type: \(type)", at: "\(pointer)/type")
        }
        onlyFields(allowed.union(type == "image" ? ["type"] : ["type", "action_id"]), of: fields, at: pointer)
        string(fields["action_id"], at: "\(pointer)/action_id", maximum: 255, minimum: 1)
        if fields["placeholder"] != nil {
            text(fields["placeholder"], in: pointer, name: "placeholder", kinds: ["plain_text"], maximum: 150)
        }
        if let confirm = fields["confirm"] { check(confirm: confirm, at: "\(pointer)/confirm") }
        switch type {
        case "button", "workflow_button": button(fields, at: pointer)
        case "overflow": options(fields, at: pointer, range: 2...5, isOverflow: true)
        case "static_select", "multi_static_select": select(fields, at: pointer)
        case "checkboxes", "radio_buttons": options(fields, at: pointer, range: 1...10, mrkdwn: true)
        case "plain_text_input":
            string(fields["initial_value"], at: "\(pointer)/initial_value", maximum: 3_000)
            number(fields["max_length"], at: "\(pointer)/max_length", range: 1...3_000)
            number(fields["min_length"], at: "\(pointer)/min_length", range: 0...3_000)
            boolean(fields["multiline"], at: "\(pointer)/multiline")
        case "number_input":
            required(fields["is_decimal_allowed"], "is_decimal_allowed", at: pointer)
        case "datepicker":
            if let date = fields["initial_date"]?.string, !DateText.isDate(date) {
                fail("must be a valid date", at: "\(pointer)/initial_date")
            }
        case "timepicker":
            if let time = fields["initial_time"]?.string, !DateText.isTime(time) {
                fail("must be a valid time", at: "\(pointer)/initial_time")
            }
        case "image": image(fields, at: pointer, titled: false)
        default: break
        }
        if type.hasPrefix("multi_") {
            number(fields["max_selected_items"], at: "\(pointer)/max_selected_items", range: 1...1_000)
        }
    }

    private mutating func number(_ value: JSON?, at pointer: String, range: ClosedRange<Int>) {
        guard let value, !value.isNull else { return }
        guard let number = value.int else { return fail("must be a valid integer", at: pointer) }
        if number < range.lowerBound { fail("must be greater than \(range.lowerBound - 1)", at: pointer) }
        if number > range.upperBound { fail("must be less than \(range.upperBound + 1)", at: pointer) }
    }

    private mutating func button(_ fields: [String: JSON], at pointer: String) {
        text(fields["text"], in: pointer, name: "text", kinds: ["plain_text"], maximum: 75)
        string(fields["value"], at: "\(pointer)/value", maximum: 2_000)
        string(fields["url"], at: "\(pointer)/url", maximum: 3_000)
        string(fields["accessibility_label"], at: "\(pointer)/accessibility_label", maximum: 75)
        if let style = fields["style"], !["primary", "danger"].contains(style.string) {
            fail("must be one of primary, danger", at: "\(pointer)/style")
        }
    }

    private mutating func select(_ fields: [String: JSON], at pointer: String) {
        guard let value = fields["option_groups"] else {
            return options(fields, at: pointer, range: 1...100)
        }
        if fields["options"] != nil { fail("failed to match exactly one allowed schema", at: pointer) }
        guard let groups = value.array else { return fail("must provide an array", at: "\(pointer)/option_groups") }
        let place = "\(pointer)/option_groups"
        if groups.isEmpty { fail("no fewer than 1 items allowed", at: place) }
        if groups.count > 100 { fail("no more than 100 items allowed", at: place) }
        for (index, group) in groups.prefix(100).enumerated() {
            text(group["label"], in: "\(place)/\(index)", name: "label", kinds: ["plain_text"], maximum: 75)
            options(group.object ?? [:], at: "\(place)/\(index)", range: 1...100)
        }
    }

    private mutating func options(
        _ fields: [String: JSON], at pointer: String, range: ClosedRange<Int>, mrkdwn: Bool = false,
        isOverflow: Bool = false
    ) {
        guard let value = fields["options"] else { return fail("missing required field: options", at: pointer) }
        let place = "\(pointer)/options"
        guard let options = value.array else { return fail("must provide an array", at: place) }
        if options.count < range.lowerBound { fail("no fewer than \(range.lowerBound) items allowed", at: place) }
        if options.count > range.upperBound { fail("no more than \(range.upperBound) items allowed", at: place) }
        for (index, option) in options.prefix(range.upperBound).enumerated() {
            check(option: option, at: "\(place)/\(index)", mrkdwn: mrkdwn, isOverflow: isOverflow)
        }
        let known = Set(options.compactMap { $0["value"]?.string })
        for initial in (fields["initial_options"]?.array ?? []) + (fields["initial_option"].map { [$0] } ?? [])
        where !known.contains(initial["value"]?.string ?? "") {
            fail("failed to match all allowed schemas", at: "\(pointer)/initial_option")
        }
    }

    mutating func check(option: JSON, at pointer: String, mrkdwn: Bool = false, isOverflow: Bool = false) {
        guard let fields = option.object else { return fail("must provide an object", at: pointer) }
        onlyFields(
            isOverflow ? ["text", "value", "description", "url"] : ["text", "value", "description"], of: fields,
            at: pointer)
        let kinds: Set<String> = mrkdwn ? ["plain_text", "mrkdwn"] : ["plain_text"]
        text(fields["text"], in: pointer, name: "text", kinds: kinds, maximum: 75)
        required(fields["value"], "value", at: pointer)
        string(fields["value"], at: "\(pointer)/value", maximum: 150)
        string(fields["url"], at: "\(pointer)/url", maximum: 3_000)
        if fields["description"] != nil {
            text(fields["description"], in: pointer, name: "description", kinds: kinds, maximum: 75)
        }
    }

    private mutating func check(confirm: JSON, at pointer: String) {
        guard let fields = confirm.object else { return fail("must provide an object", at: pointer) }
        onlyFields(["title", "text", "confirm", "deny", "style"], of: fields, at: pointer)
        text(fields["title"], in: pointer, name: "title", kinds: ["plain_text"], maximum: 100)
        text(fields["text"], in: pointer, name: "text", kinds: ["plain_text", "mrkdwn"], maximum: 300)
        for name in ["confirm", "deny"] where fields[name] != nil {
            text(fields[name], in: pointer, name: name, kinds: ["plain_text"], maximum: 30)
        }
    }
}
