/// A walk through a message or view that collects faults and knows where it is.
struct Inspection {
    private(set) var faults: [BlockKitFault] = []
    /// UTF-16 units of all texts that people see in blocks.
    private(set) var textLength = 0
    let idPrefix: String
    private var path: [String] = []

    init(idPrefix: String) {
        self.idPrefix = idPrefix
    }

    /// Slack does not say what it counts. Of all that it could, UTF-16 units are the most.
    static func length(_ text: String) -> Int { text.utf16.count }

    var hasErrors: Bool { faults.contains { $0.severity == .error } }

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

    /// Checks how many there are; an array that may not be empty has a range from 1.
    mutating func count(_ count: Int, in range: ClosedRange<Int>, at name: String, mend: String) {
        at(name) { inspection in
            if count > range.upperBound {
                inspection.report(
                    "has \(grouped(count)) items, Slack takes at most \(grouped(range.upperBound))", mend: mend)
            } else if count < range.lowerBound {
                let few = count == 0 ? "is empty" : "has \(grouped(count)) items"
                inspection.report("\(few), Slack wants at least \(grouped(range.lowerBound))", mend: mend)
            }
        }
    }

    /// Counts a text towards the message's total.
    mutating func count(text: String) { textLength += Inspection.length(text) }

    /// Checks the length of a string that is no text object.
    mutating func string(_ string: String, _ range: ClosedRange<Int>, at name: String, mend: String) {
        at(name) { $0.length(of: string, range, mend: mend) }
    }

    /// Checks a text object's length; `text` is its member.
    mutating func text(
        _ text: String, _ range: ClosedRange<Int>, at name: String, mend: String = "shorten it, or clip it"
    ) {
        at(name) { $0.textMember(text, range, mend: mend) }
    }

    /// Checks the length of the text object that the walk stands at.
    mutating func textMember(
        _ text: String, _ range: ClosedRange<Int>, mend: String = "shorten it, or clip it"
    ) {
        count(text: text)
        at("text") { $0.length(of: text, range, mend: mend) }
    }

    /// Checks the text object of a label, which Slack wants without markup.
    mutating func plain(_ text: String, _ range: ClosedRange<Int>, at name: String) {
        self.text(TextObject.plain(text).text, range, at: name)
    }

    /// Checks an id as it is sent, with the host's prefix.
    mutating func id(_ id: String, at name: String) {
        let idPrefix = idPrefix
        at(name) { inspection in
            guard !id.isEmpty else { return inspection.report("is empty", mend: "give it a name") }
            let length = Inspection.length(idPrefix + id)
            guard length > SlackLimits.id else { return }
            let with = idPrefix.isEmpty ? "" : " with “\(idPrefix)” before it"
            inspection.report(
                "has \(grouped(length)) characters\(with), Slack takes at most \(grouped(SlackLimits.id))",
                mend: "put data into a value or the private metadata, not into an id")
        }
    }

    /// Checks an address that Slack opens or loads.
    mutating func url(_ url: String, at name: String) {
        string(url, 1...SlackLimits.url, at: name, mend: "use a shorter address")
        guard !url.isEmpty, !WebAddress.isValid(url) else { return }
        at(name) { $0.report("is no http or https address", mend: "begin it with https://") }
    }

    private mutating func length(of string: String, _ range: ClosedRange<Int>, mend: String) {
        guard range.lowerBound == 0 || !string.isEmpty else {
            return report("is empty", mend: "fill it, or leave it out")
        }
        let length = Inspection.length(string)
        guard length > range.upperBound else { return }
        report("has \(grouped(length)) characters, Slack takes at most \(grouped(range.upperBound))", mend: mend)
    }
}

/// A number as people read it: 13,200.
func grouped(_ number: Int) -> String {
    var digits = Array(String(number.magnitude))
    for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
    return (number < 0 ? "-" : "") + String(digits)
}
