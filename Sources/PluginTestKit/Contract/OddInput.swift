import PluginAPI

/// What nobody would think of, and somebody will send.
enum OddInput {
    static let words: [String] = [
        "", " ", "-", "--", "--=", "\"", "“", "help", "<@U0ADA|ada>", "<!channel>", "<#C0|>", "<https://example.com|x>",
        "👩‍👩‍👧‍👦 é\u{301}\u{202E}", "\u{0}\u{7}", "--no-such-thing x", "99999999999999999999", "-1", "NaN", "1e999",
        "'; drop table x; --", "a:b c:d", "\n\n", "../../etc/passwd", "&lt;&amp;", "one two three four five six seven",
        String(repeating: "a", count: 8_000), String(repeating: "🏳️‍🌈 ", count: 700),
        String(repeating: "word ", count: 1_500), String(repeating: "“", count: 3_000),
    ]

    /// A few of them, where each costs more.
    static let few: [String] = [
        "", "<!channel> *x* `y`", "👩‍👩‍👧‍👦\u{202E}", "99999999999999999999", String(repeating: "x", count: 3_000),
    ]

    /// Lines that a command would take, and the same with something odd in the place of each argument.
    static func lines(for shape: CommandShape, _ ada: TestPerson, _ channel: TestChannel) -> [String] {
        let needed = shape.parameters.filter { $0.style != .flag }
        let plain = needed.map { sample($0, ada, channel) }
        func line(_ values: [String]) -> String {
            zip(needed, values).map { parameter, value in
                parameter.style == .named ? "--\(parameter.name) \(value)" : value
            }.joined(separator: " ")
        }
        var lines = [line(plain)]
        for (index, parameter) in needed.enumerated() {
            for odd in few.dropFirst() + ["0", "-1"] {
                var values = plain
                values[index] = parameter.style == .rest ? odd : "\"\(odd)\""
                lines.append(line(values))
            }
        }
        let flags = shape.parameters.filter { $0.style == .flag }.map { "--\($0.name)" }
        if !flags.isEmpty { lines.append("\(line(plain)) \(flags.joined(separator: " "))") }
        return lines
    }

    private static func sample(_ parameter: ParameterShape, _ ada: TestPerson, _ channel: TestChannel) -> String {
        switch parameter.field.kind {
        case .person: "\(ada)"
        case .channel: "\(channel)"
        case .number: "3"
        case .choice(let words): words.first ?? "x"
        case .moment: "2026-12-24T18:00Z"
        case .link: "https://example.com/x"
        case .tick: "yes"
        case .text: parameter.placeholder == "duration" ? "45m" : "checkout"
        }
    }
}
