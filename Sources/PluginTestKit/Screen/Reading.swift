import PluginAPI

/// Reads the words and buttons of a message or view, as a person does.
struct Reading {
    private(set) var lines: [String] = []
    private(set) var buttons: [String] = []
    private let names: [String: String]

    var words: String { lines.joined(separator: "\n") }

    init(_ content: JSONValue, names: [String: String]) {
        self.names = names
        let attached = (content["attachments"].array ?? []).flatMap { $0["blocks"].array ?? [] }
        let blocks = content["blocks"].array ?? []
        if blocks.isEmpty, let text = content["text"].string { say(text) }
        for block in blocks + attached { read(block) }
    }

    private mutating func read(_ block: JSONValue) {
        switch block["type"].string {
        case "section":
            say(block["text"]["text"].string)
            for field in block["fields"].array ?? [] { say(field["text"].string) }
            element(block["accessory"])
        case "header", "markdown": say(block["text"]["text"].string ?? block["text"].string)
        case "context":
            for part in block["elements"].array ?? [] { say(part["text"].string ?? part["alt_text"].string) }
        case "actions": for part in block["elements"].array ?? [] { element(part) }
        case "input":
            say(block["label"]["text"].string)
            say(block["hint"]["text"].string)
        case "image": say(block["alt_text"].string)
        default: break
        }
    }

    private mutating func element(_ element: JSONValue) {
        if element["type"].string == "button", let label = element["text"]["text"].string { buttons.append(label) }
    }

    private mutating func say(_ text: String?) {
        guard let text, !text.isEmpty else { return }
        lines.append(SlackEntities.decode(named(text)))
    }

    /// `<@U0ADA>` reads as "@Ada", `<https://example.com|here>` as "here".
    private func named(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            result.append(contentsOf: rest[..<start])
            result.append(contentsOf: shown(String(rest[rest.index(after: start)..<end])).unicodeScalars)
            rest = rest[rest.index(after: end)...]
        }
        result.append(contentsOf: rest)
        return String(result)
    }

    private func shown(_ reference: String) -> String {
        let bar = reference.firstIndex(of: "|")
        let label = bar.map { String(reference[reference.index(after: $0)...]) }
        let target = bar.map { String(reference[..<$0]) } ?? reference
        guard let mark = target.first, "@#!".contains(mark) else { return label ?? target }
        let id = String(target.dropFirst())
        return names[id] ?? label ?? "\(mark)\(id)"
    }
}
