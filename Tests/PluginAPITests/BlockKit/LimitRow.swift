import PluginAPI
import Testing

/// One of Slack's limits: what is at it passes, what is one over it fails there, with that sentence.
struct LimitRow: Sendable, CustomTestStringConvertible {
    let name: String
    let limit: Int
    let place: String
    let problem: String
    let faults: @Sendable (Int) -> [BlockKitFault]
    var testDescription: String { name }

    /// A length of a text.
    static func length(
        _ name: String, _ limit: Int, _ place: String, _ block: @escaping @Sendable (String) -> Block
    ) -> LimitRow {
        let over = "has \(grouped(limit + 1)) characters, Slack takes at most \(grouped(limit))"
        return LimitRow(name: name, limit: limit, place: place, problem: over) { inMessage(block(x($0))) }
    }

    /// A number of things.
    static func count(
        _ name: String, _ limit: Int, _ place: String, _ block: @escaping @Sendable (Int) -> Block
    ) -> LimitRow {
        let over = "has \(grouped(limit + 1)) items, Slack takes at most \(grouped(limit))"
        return LimitRow(name: name, limit: limit, place: place, problem: over) { inMessage(block($0)) }
    }

    static func inMessage(_ block: Block) -> [BlockKitFault] { Message("m", blocks: [block]).validate() }
}

func options(_ count: Int) -> [Option] { (0..<count).map { Option("Option \($0)", value: "v\($0)") } }

func grouped(_ number: Int) -> String {
    number < 1_000 ? "\(number)" : "\(number / 1_000),\(String(1_000 + number % 1_000).dropFirst())"
}
