/// A refusal in Slack's words: `{"ok":false,"error":"…"}` with what belongs to it.
struct SlackError: Error, Sendable {
    let code: String
    /// What is wrong in detail, in Slack's form: `[ERROR] … [json-pointer:/…]`.
    let messages: [String]
    let fields: [String: JSON]

    init(_ code: String, messages: [String] = [], fields: [String: JSON] = [:]) {
        self.code = code
        self.messages = messages
        self.fields = fields
    }

    var json: JSON {
        var body = fields
        body["ok"] = false
        body["error"] = .string(code)
        if !messages.isEmpty {
            body["response_metadata"] = ["messages": .array(messages.map { .string("[ERROR] " + $0) })]
            if code == "invalid_blocks" { body["errors"] = .array(messages.map(JSON.string)) }
        }
        return .object(body)
    }
}
