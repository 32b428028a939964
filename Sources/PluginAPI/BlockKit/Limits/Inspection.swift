/// A walk through a message or view that collects faults and knows where it is.
struct Inspection {
    private(set) var faults: [BlockKitFault] = []
    private var path: [String] = []
    /// UTF-16 units of all texts that count for the message's total.
    private(set) var textLength = 0
    let idPrefix: String

    init(idPrefix: String) {
        self.idPrefix = idPrefix
    }

    /// Slack's lengths, counted so that it is never too few.
    static func length(_ text: String) -> Int { text.utf16.count }

    mutating func at(_ name: String, _ body: (inout Inspection) -> Void) {
        path.append(path.isEmpty ? name : ".\(name)")
        body(&self)
        path.removeLast()
    }

    mutating func each<Item>(_ name: String, _ items: [Item], _ body: (Item, inout Inspection) -> Void) {
        for (index, item) in items.enumerated() {
            at("\(name)[\(index)]") { body(item, &$0) }
        }
    }

    mutating func report(_ problem: String, mend: String, severity: BlockKitFault.Severity = .error) {
        faults.append(BlockKitFault(place: path.joined(), problem: problem, mend: mend, severity: severity))
    }
}
