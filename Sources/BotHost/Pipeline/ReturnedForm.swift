import PluginAPI
import SlackKit

/// A submitted form that is shown once more, with what was typed into it and the reasons why it came back.
///
/// When a form's handler takes longer than Slack waits, "loading" takes the form's place, and Slack forgets what was
/// typed. What the form came with is enough to draw it again.
struct ReturnedForm {
    let view: ViewPayload
    /// What stands above it.
    var remark: Mrkdwn?
    /// What stands below a field, by its block's id.
    var problems: [String: String] = [:]
    /// Whether what was typed is put back into the fields.
    var isFilled = true

    /// A modal's limit.
    private static let mostBlocks = 100

    /// The view as `views.update` takes it; `nil` where it cannot be drawn again.
    var json: JSONValue? {
        guard let sent = view.blocks.array, !sent.isEmpty, view.type == "modal", view.title != .null else { return nil }
        var blocks: [JSONValue] = []
        if let remark { blocks.append(Self.section(remark)) }
        for block in sent {
            blocks.append(filled(block))
            if let problem = block["block_id"].string.flatMap({ problems[$0] }) {
                blocks.append(Self.section("⚠️ \(problem)"))
            }
        }
        guard blocks.count <= Self.mostBlocks else { return nil }
        var members: [String: JSONValue] = [
            "type": "modal", "title": view.title, "blocks": .array(blocks), "callback_id": .string(view.callbackID),
            "private_metadata": .string(view.privateMetadata), "notify_on_close": .bool(view.notifiesOnClose),
            "clear_on_close": .bool(view.clearsOnClose),
        ]
        if view.submit != .null { members["submit"] = view.submit }
        if view.close != .null { members["close"] = view.close }
        if let externalID = view.externalID { members["external_id"] = .string(externalID) }
        return .object(members)
    }

    private static func section(_ text: Mrkdwn) -> JSONValue {
        ["type": "section", "text": ["type": "mrkdwn", "text": .string(text.clipped(to: 3_000).source)]]
    }

    /// An input with what was entered as what it starts with.
    private func filled(_ block: JSONValue) -> JSONValue {
        guard isFilled, block["type"].string == "input", var input = block.object,
            var element = input["element"]?.object,
            let entry = view.state.entries.first(where: {
                $0.blockID == block["block_id"].string && $0.actionID == element["action_id"]?.string
            })
        else { return block }
        for name in element.keys where name.utf8.starts(with: "initial_".utf8) { element[name] = nil }
        if let (name, value) = Self.initial(entry.value, of: element) { element[name] = value }
        input["element"] = .object(element)
        return .object(input)
    }

    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/block-elements>
    private static func initial(_ value: FieldValue, of element: [String: JSONValue]) -> (String, JSONValue)? {
        let type = element["type"]?.string ?? ""
        let isConversation = type.contains("conversations")
        switch value {
        case .none: return nil
        // Files cannot be put back; they have to be chosen again.
        case .options where type == "file_input": return nil
        case .text(let text) where type == "rich_text_input": return ("initial_value", richText(text))
        case .text(let text): return ("initial_value", .string(text))
        case .option(let option): return ("initial_option", own(option, in: element))
        case .options(let options):
            return options.isEmpty ? nil : ("initial_options", .array(options.map { own($0, in: element) }))
        case .user(let id): return ("initial_user", .string(id))
        case .users(let ids): return ids.isEmpty ? nil : ("initial_users", .array(ids.map { .string($0) }))
        case .channel(let id): return (isConversation ? "initial_conversation" : "initial_channel", .string(id))
        case .channels(let ids):
            let name = isConversation ? "initial_conversations" : "initial_channels"
            return ids.isEmpty ? nil : (name, .array(ids.map { .string($0) }))
        case .date(let date): return ("initial_date", .string(date))
        case .time(let time): return ("initial_time", .string(time))
        case .moment(let seconds): return ("initial_date_time", .integer(seconds))
        }
    }

    /// The words without their format, which is not kept.
    private static func richText(_ text: String) -> JSONValue {
        let words: JSONValue = ["type": "text", "text": .string(text)]
        return ["type": "rich_text", "elements": [["type": "rich_text_section", "elements": [words]]]]
    }

    /// An initial option must be one of the element's own, as it stands there.
    private static func own(_ option: ChosenOption, in element: [String: JSONValue]) -> JSONValue {
        let groups = element["option_groups"]?.array ?? []
        let options = (element["options"]?.array ?? []) + groups.flatMap { $0["options"].array ?? [] }
        return options.first { $0["value"].string == option.value }
            ?? ["text": ["type": "plain_text", "text": .string(option.text)], "value": .string(option.value)]
    }
}
