extension BlockKitRules {
    private static let allowed: Set<String> = [
        "type", "title", "blocks", "close", "submit", "private_metadata", "callback_id", "clear_on_close",
        "notify_on_close", "external_id", "submit_disabled",
    ]
    /// Largest view in bytes.
    static let largestView = 250_000

    /// Checks a view for `views.open`, `push`, `update` and `publish`.
    ///
    /// - SeeAlso: https://docs.slack.dev/reference/views/modal-views
    static func check(view: JSON, types: Set<String> = ["modal"]) throws(SlackError) {
        guard let fields = view.object else { throw invalid(["must provide an object [json-pointer:/view]"]) }
        guard let type = fields["type"]?.string else {
            throw invalid(["missing required field: type [json-pointer:/view]"])
        }
        guard types.contains(type) else {
            throw invalid(["must be one of \(types.sorted().joined(separator: ", ")) [json-pointer:/view/type]"])
        }
        guard view.bytes.count <= largestView else { throw SlackError("view_too_large") }
        var rules = BlockKitRules(surface: type == "home" ? .home : .modal)
        rules.onlyFields(Self.allowed, of: fields, at: "/view")
        if type == "modal" {
            rules.text(fields["title"], in: "/view", name: "title", kinds: ["plain_text"], maximum: 24)
            for name in ["submit", "close"] where fields[name].map({ !$0.isNull }) ?? false {
                rules.text(fields[name], in: "/view", name: name, kinds: ["plain_text"], maximum: 24)
            }
        }
        rules.string(fields["private_metadata"], at: "/view/private_metadata", maximum: 3_000)
        rules.string(fields["callback_id"], at: "/view/callback_id", maximum: 255)
        rules.string(fields["external_id"], at: "/view/external_id", maximum: 255)
        rules.boolean(fields["clear_on_close"], at: "/view/clear_on_close")
        rules.boolean(fields["notify_on_close"], at: "/view/notify_on_close")
        if let blocks = fields["blocks"]?.array {
            rules.check(blocks, at: "/view/blocks")
            let hasInput = blocks.contains { $0["type"]?.string == "input" }
            if type == "modal", hasInput, fields["submit"].map(\.isNull) ?? true {
                rules.fail("missing required field: submit", at: "/view")
            }
        } else {
            rules.fail("missing required field: blocks", at: "/view")
        }
        guard rules.problems.isEmpty else { throw invalid(rules.problems) }
    }

    private static func invalid(_ problems: [String]) -> SlackError {
        SlackError("invalid_arguments", messages: problems)
    }

    /// All block texts of a message together; longer ones Slack refuses, though it documents no figure.
    static let longestMessageText = 13_200

    /// Checks the blocks of a message.
    static func check(message blocks: JSON) throws(SlackError) -> [JSON] {
        guard let list = blocks.array else { throw SlackError("invalid_blocks_format") }
        var rules = BlockKitRules(surface: .message)
        rules.check(list, at: "/blocks")
        guard rules.problems.isEmpty else { throw SlackError("invalid_blocks", messages: rules.problems) }
        guard rules.textLength <= longestMessageText else { throw SlackError("msg_blocks_too_long") }
        return list
    }
}
