import PluginAPI

extension FieldValue {
    /// What was chosen or typed in an element: an action, or an input of the state.
    ///
    /// The member that is there decides, not the element's type, so that an element which Slack adds tomorrow is
    /// understood if it tells its value like any other.
    ///
    /// - SeeAlso: https://docs.slack.dev/reference/block-kit/block-elements
    init(element: WireObject) throws(DecodeFault) {
        if let option = try element.optionalObject("selected_option") {
            self = .option(try ChosenOption(option))
        } else if case .array(let options) = element["selected_options"] {
            self = .options(try Self.chosen(options, at: "\(element.path).selected_options"))
        } else if let chosen = try Self.chosenIDs(element) {
            self = chosen
        } else if let day = try element.filledText("selected_date") {
            self = .date(day)
        } else if let time = try element.filledText("selected_time") {
            self = .time(time)
        } else if let moment = try element.integer("selected_date_time") {
            self = .moment(Int64(moment))
        } else if let rich = try element.optionalObject("rich_text_value") {
            self = .text(Self.plainText(of: .object(rich.members)))
        } else if case .array(let files) = element["files"] {
            self = .options(try Self.files(files, at: "\(element.path).files"))
        } else if let text = try element.filledText("value") {
            self = .text(text)
        } else {
            self = .none
        }
    }

    private static func chosenIDs(_ element: WireObject) throws(DecodeFault) -> FieldValue? {
        if let id = try element.optionalID("selected_user") { return .user(id) }
        if let id = try element.optionalID("selected_conversation") { return .channel(id) }
        if let id = try element.optionalID("selected_channel") { return .channel(id) }
        if case .array = element["selected_users"] { return .users(try element.ids("selected_users")) }
        for name in ["selected_conversations", "selected_channels"] {
            if case .array = element[name] { return .channels(try element.ids(name)) }
        }
        return nil
    }

    private static func chosen(_ options: [JSONValue], at path: String) throws(DecodeFault) -> [ChosenOption] {
        var chosen: [ChosenOption] = []
        for (index, option) in options.enumerated() {
            chosen.append(try ChosenOption(WireObject(option, at: "\(path)[\(index)]")))
        }
        return chosen
    }

    /// Files are options too: the id is the value, the name what a person reads.
    private static func files(_ files: [JSONValue], at path: String) throws(DecodeFault) -> [ChosenOption] {
        var chosen: [ChosenOption] = []
        for (index, file) in files.enumerated() {
            let file = try WireObject(file, at: "\(path)[\(index)]")
            chosen.append(ChosenOption(value: try file.id("id"), text: try file.optionalText("name") ?? ""))
        }
        return chosen
    }

    /// The words of formatted text: everything that is text in it, a line for each paragraph and list item.
    private static func plainText(of element: JSONValue) -> String {
        switch element["type"].string {
        case "text": return element["text"].string ?? ""
        case "link": return element["text"].string ?? element["url"].string ?? ""
        case "user": return element["user_id"].string.map { "<@\($0)>" } ?? ""
        case "channel": return element["channel_id"].string.map { "<#\($0)>" } ?? ""
        case "usergroup": return element["usergroup_id"].string.map { "<!subteam^\($0)>" } ?? ""
        case "emoji": return element["name"].string.map { ":\($0):" } ?? ""
        default: break
        }
        let parts = (element["elements"].array ?? []).map(plainText)
        let isContainer = element["type"].string == "rich_text" || element["type"].string == "rich_text_list"
        return parts.joined(separator: isContainer ? "\n" : "")
    }
}

extension ChosenOption {
    /// An option object. Its text is an object with the text in it.
    init(_ option: WireObject) throws(DecodeFault) {
        let text = try option.optionalObject("text")?.optionalText("text")
        self.init(value: try option.optionalText("value") ?? "", text: text ?? "")
    }
}
