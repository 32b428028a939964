/// Checks blocks and views as Slack does, and says what is wrong in Slack's words.
///
/// - SeeAlso: https://docs.slack.dev/reference/block-kit/blocks
struct BlockKitRules {
    enum Surface: Sendable {
        case message
        case modal
        case home
    }

    let surface: Surface
    /// What is wrong so far: a sentence with the place, as in `… [json-pointer:/blocks/0/text]`.
    private(set) var problems: [String] = []
    private var blockIDs: Set<String> = []
    /// Length of all texts together.
    private(set) var textLength = 0

    init(surface: Surface) { self.surface = surface }

    var maximumBlocks: Int { surface == .message ? 50 : 100 }

    mutating func fail(_ problem: String, at pointer: String) {
        // Slack's list is not endless either.
        if problems.count < 20 { problems.append("\(problem) [json-pointer:\(pointer.isEmpty ? "/" : pointer)]") }
    }

    mutating func check(_ blocks: [JSON], at pointer: String) {
        if blocks.count > maximumBlocks { fail("no more than \(maximumBlocks) items allowed", at: pointer) }
        for (index, block) in blocks.prefix(maximumBlocks).enumerated() {
            check(block: block, at: "\(pointer)/\(index)")
        }
    }

    private static let allowed: [String: Set<String>] = [
        "section": ["text", "fields", "accessory", "expand"],
        "header": ["text", "level"],
        "divider": [],
        "image": ["image_url", "alt_text", "title", "slack_file"],
        "actions": ["elements"],
        "context": ["elements"],
        "context_actions": ["elements"],
        "input": ["label", "element", "hint", "optional", "dispatch_action"],
        "file": ["external_id", "source"],
        "video": [
            "alt_text", "author_name", "description", "provider_icon_url", "provider_name", "title", "title_url",
            "thumbnail_url", "video_url",
        ],
        "rich_text": ["elements"],
        "markdown": ["text"],
        "table": ["rows", "column_settings"],
    ]

    private static let inMessagesOnly: Set<String> = ["context_actions", "file", "markdown", "table"]

    private mutating func check(block: JSON, at pointer: String) {
        guard let fields = block.object else { return fail("must provide an object", at: pointer) }
        guard let type = fields["type"]?.string else { return fail("missing required field: type", at: pointer) }
        guard let allowed = Self.allowed[type] else { return fail("unsupported type: \(type)", at: "\(pointer)/type") }
        onlyFields(allowed.union(["type", "block_id"]), of: fields, at: pointer)
        if let id = string(fields["block_id"], at: "\(pointer)/block_id", maximum: 255, minimum: 1) {
            if !blockIDs.insert(id).inserted { fail("`block_id` `\(id)` already exists", at: "\(pointer)/block_id") }
        }
        if surface != .message, Self.inMessagesOnly.contains(type) {
            fail("unsupported type: \(type)", at: "\(pointer)/type")
        }
        switch type {
        case "section": section(fields, at: pointer)
        case "header": text(fields["text"], in: pointer, name: "text", kinds: ["plain_text"], maximum: 150)
        case "image": image(fields, at: pointer, titled: true)
        case "actions": elements(fields, at: pointer, maximum: 25, allowed: Self.inActions)
        case "context_actions":
            elements(fields, at: pointer, maximum: 5, allowed: ["feedback_buttons", "icon_button"])
        case "context": context(fields, at: pointer)
        case "input": input(fields, at: pointer)
        case "video":
            text(fields["title"], in: pointer, name: "title", kinds: ["plain_text"], maximum: 199)
            for name in ["alt_text", "thumbnail_url", "video_url"] {
                required(fields[name], name, at: pointer)
                string(fields[name], at: "\(pointer)/\(name)", maximum: 3_000)
            }
        case "markdown":
            required(fields["text"], "text", at: pointer)
            string(fields["text"], at: "\(pointer)/text", maximum: 12_000, minimum: 1)
        case "rich_text":
            if fields["elements"]?.array == nil { fail("missing required field: elements", at: pointer) }
        case "table":
            if let rows = fields["rows"]?.array {
                if rows.count > 100 { fail("no more than 100 items allowed", at: "\(pointer)/rows") }
            } else {
                fail("missing required field: rows", at: pointer)
            }
        case "file":
            required(fields["external_id"], "external_id", at: pointer)
        default: break
        }
    }

    private mutating func section(_ fields: [String: JSON], at pointer: String) {
        if fields["text"] == nil, fields["fields"] == nil {
            fail("missing required field: text", at: pointer)
        }
        if fields["text"] != nil {
            text(fields["text"], in: pointer, name: "text", kinds: ["plain_text", "mrkdwn"], maximum: 3_000)
        }
        if let value = fields["fields"] {
            guard let list = value.array else { return fail("must provide an array", at: "\(pointer)/fields") }
            if list.isEmpty { fail("no fewer than 1 items allowed", at: "\(pointer)/fields") }
            if list.count > 10 { fail("no more than 10 items allowed", at: "\(pointer)/fields") }
            for (index, field) in list.prefix(10).enumerated() {
                textObject(field, at: "\(pointer)/fields/\(index)", kinds: ["plain_text", "mrkdwn"], maximum: 2_000)
            }
        }
        if let accessory = fields["accessory"] {
            check(element: accessory, at: "\(pointer)/accessory", allowed: Self.inSections)
        }
    }

    private mutating func context(_ fields: [String: JSON], at pointer: String) {
        guard let list = fields["elements"]?.array else { return fail("missing required field: elements", at: pointer) }
        if list.isEmpty { fail("no fewer than 1 items allowed", at: "\(pointer)/elements") }
        if list.count > 10 { fail("no more than 10 items allowed", at: "\(pointer)/elements") }
        for (index, element) in list.prefix(10).enumerated() {
            let place = "\(pointer)/elements/\(index)"
            if element["type"]?.string == "image", let image = element.object {
                onlyFields(["type", "image_url", "alt_text", "slack_file"], of: image, at: place)
                self.image(image, at: place, titled: false)
            } else {
                textObject(element, at: place, kinds: ["plain_text", "mrkdwn"], maximum: 2_000)
            }
        }
    }

    private mutating func input(_ fields: [String: JSON], at pointer: String) {
        text(fields["label"], in: pointer, name: "label", kinds: ["plain_text"], maximum: 2_000)
        if fields["hint"] != nil {
            text(fields["hint"], in: pointer, name: "hint", kinds: ["plain_text"], maximum: 2_000)
        }
        boolean(fields["optional"], at: "\(pointer)/optional")
        boolean(fields["dispatch_action"], at: "\(pointer)/dispatch_action")
        guard let element = fields["element"] else { return fail("missing required field: element", at: pointer) }
        check(element: element, at: "\(pointer)/element", allowed: Self.inInputs)
    }

    private mutating func elements(
        _ fields: [String: JSON], at pointer: String, maximum: Int, allowed: Set<String>
    ) {
        guard let list = fields["elements"]?.array else { return fail("missing required field: elements", at: pointer) }
        if list.isEmpty { fail("no fewer than 1 items allowed", at: "\(pointer)/elements") }
        if list.count > maximum { fail("no more than \(maximum) items allowed", at: "\(pointer)/elements") }
        var actionIDs: Set<String> = []
        for (index, element) in list.prefix(maximum).enumerated() {
            let place = "\(pointer)/elements/\(index)"
            check(element: element, at: place, allowed: allowed)
            if let id = element["action_id"]?.string, !actionIDs.insert(id).inserted {
                fail("`action_id` `\(id)` already exists", at: "\(place)/action_id")
            }
        }
    }
}

extension BlockKitRules {
    mutating func onlyFields(_ allowed: Set<String>, of fields: [String: JSON], at pointer: String) {
        for name in fields.keys.sorted() where !allowed.contains(name) {
            fail("invalid additional property: \(name)", at: pointer)
        }
    }

    mutating func required(_ value: JSON?, _ name: String, at pointer: String) {
        if value == nil || value == .null { fail("missing required field: \(name)", at: pointer) }
    }

    mutating func boolean(_ value: JSON?, at pointer: String) {
        if let value, value.bool == nil { fail("must be a valid boolean", at: pointer) }
    }

    /// Checks a string that may be missing, and returns it.
    @discardableResult
    mutating func string(_ value: JSON?, at pointer: String, maximum: Int, minimum: Int = 0) -> String? {
        guard let value, !value.isNull else { return nil }
        guard let string = value.string else {
            fail("must provide a string", at: pointer)
            return nil
        }
        let count = string.unicodeScalars.count
        if count > maximum { fail("must be less than \(maximum + 1) characters", at: pointer) }
        if count < minimum { fail("must be more than \(minimum - 1) characters", at: pointer) }
        return string
    }

    /// Checks a text object that has to be there.
    mutating func text(_ value: JSON?, in parent: String, name: String, kinds: Set<String>, maximum: Int) {
        guard let value, !value.isNull else { return fail("missing required field: \(name)", at: parent) }
        textObject(value, at: "\(parent)/\(name)", kinds: kinds, maximum: maximum)
    }

    mutating func textObject(_ value: JSON, at pointer: String, kinds: Set<String>, maximum: Int) {
        guard let fields = value.object else { return fail("must provide an object", at: pointer) }
        guard let type = fields["type"]?.string else { return fail("missing required field: type", at: pointer) }
        guard kinds.contains(type) else {
            return fail("must be one of \(kinds.sorted().joined(separator: ", "))", at: "\(pointer)/type")
        }
        onlyFields(["type", "text", type == "mrkdwn" ? "verbatim" : "emoji"], of: fields, at: pointer)
        required(fields["text"], "text", at: pointer)
        let string = string(fields["text"], at: "\(pointer)/text", maximum: maximum, minimum: 1)
        textLength += string?.unicodeScalars.count ?? 0
    }

    mutating func image(_ fields: [String: JSON], at pointer: String, titled: Bool) {
        if let file = fields["slack_file"] {
            let sources = [file["id"]?.string, file["url"]?.string].compactMap { $0 }
            if sources.count != 1 { fail("invalid slack file", at: "\(pointer)/slack_file") }
            if fields["image_url"] != nil { fail("must provide one of image_url and slack_file", at: pointer) }
        } else {
            required(fields["image_url"], "image_url", at: pointer)
        }
        string(fields["image_url"], at: "\(pointer)/image_url", maximum: 3_000, minimum: 1)
        required(fields["alt_text"], "alt_text", at: pointer)
        string(fields["alt_text"], at: "\(pointer)/alt_text", maximum: 2_000)
        if titled, fields["title"] != nil {
            text(fields["title"], in: pointer, name: "title", kinds: ["plain_text"], maximum: 2_000)
        }
    }
}
