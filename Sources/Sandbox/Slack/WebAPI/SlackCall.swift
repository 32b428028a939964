/// One call of a Web API method with its arguments.
struct SlackCall: Sendable {
    let method: String
    let arguments: [String: JSON]
    /// Index of the workspace that the token belongs to.
    let team: Int

    /// An argument as text; empty ones count as missing.
    func text(_ name: String) -> String? {
        switch arguments[name] {
        case .string(let value): value.isEmpty ? nil : value
        case .int(let value): String(value)
        case .double(let value): String(value)
        case .bool(let value): value ? "true" : "false"
        default: nil
        }
    }

    func required(_ name: String) throws(SlackError) -> String {
        guard let value = text(name) else {
            throw SlackError("invalid_arguments", messages: ["missing required field: \(name) [json-pointer:/\(name)]"])
        }
        return value
    }

    func flag(_ name: String) -> Bool? {
        switch arguments[name] {
        case .bool(let value): value
        case .string("true"), .string("1"), .int(1): true
        case .string("false"), .string("0"), .int(0): false
        default: nil
        }
    }

    /// A structured argument, which forms carry as JSON text; nil where it is missing or empty.
    func structured(_ name: String, orThrow error: String) throws(SlackError) -> JSON? {
        switch arguments[name] {
        case nil, .null, .string(""): return nil
        case .string(let text):
            guard let value = JSON.parse(text) else { throw SlackError(error) }
            return value
        case .some(let value): return value
        }
    }

    /// A list that forms write with commas.
    func list(_ name: String) -> [String] {
        if let values = arguments[name]?.array { return values.compactMap(\.string) }
        return (text(name) ?? "").split(separator: ",").map { String($0.filter { $0 != " " }) }
    }

    /// Cuts a list into pages as `limit` and `cursor` ask for.
    ///
    /// - SeeAlso: https://docs.slack.dev/apis/web-api/pagination
    func page(_ items: [JSON], defaultLimit: Int) throws(SlackError) -> (items: [JSON], metadata: JSON) {
        var limit = defaultLimit
        if let text = text("limit") {
            guard let value = Int(text), (0...1_000).contains(value) else { throw SlackError("invalid_limit") }
            if value > 0 { limit = value }
        }
        var start = 0
        if let cursor = text("cursor") {
            guard let offset = PageCursor.read(cursor), offset <= items.count else {
                throw SlackError("invalid_cursor")
            }
            start = offset
        }
        let end = min(items.count, start + limit)
        let next = end < items.count ? PageCursor.write(end) : ""
        return (Array(items[start..<end]), ["next_cursor": .string(next)])
    }
}
