@testable import Sandbox

/// A message as a person sees it.
struct Shown: Sendable, CustomStringConvertible {
    let json: JSON

    var ts: String { json["ts"]?.string ?? "" }
    /// The message in whose thread this one stands.
    var thread: String? { json["thread_ts"]?.string }
    var isEphemeral: Bool { json["ephemeral"]?.bool ?? false }
    var isFromApp: Bool { json["app"]?.bool ?? false }
    /// For notifications and screen readers.
    var preview: String { ScreenText.mrkdwn(json["text"]?.string ?? "") }
    /// What stands on the screen: the blocks where there are any, beside a bar the text too.
    var reads: String {
        let blocks = json["blocks"]?.array ?? []
        let top = blocks.isEmpty ? preview : ScreenText.of(blocks).joined(separator: "\n")
        return ([top] + ScreenText.of(besideBar)).joined(separator: "\n")
    }
    /// What stands on buttons and other elements, in their order.
    var labels: [String] { ScreenText.labels((json["blocks"]?.array ?? []) + besideBar) }
    /// The colour of the bar, `#` and six digits.
    var bar: String? { json["attachments"]?.array?.first?["color"]?.string }
    private var besideBar: [JSON] { (json["attachments"]?.array ?? []).flatMap { $0["blocks"]?.array ?? [] } }

    var description: String { "\(isEphemeral ? "(only you) " : "")\(reads) \(labels.isEmpty ? "" : "\(labels)")" }
}

/// A modal as a person sees it.
struct Form: Sendable, CustomStringConvertible {
    let json: JSON

    var id: String { json["id"]?.string ?? "" }
    var title: String { ScreenText.plain(json["title"]) ?? "" }
    var submit: String? { ScreenText.plain(json["submit"]) }
    var blocks: [JSON] { json["blocks"]?.array ?? [] }
    var reads: String { ScreenText.of(blocks).joined(separator: "\n") }
    var labels: [String] { ScreenText.labels(blocks) }
    /// The labels of the fields.
    var fields: [String] { blocks.filter { $0["type"] == "input" }.compactMap { ScreenText.plain($0["label"]) } }
    var privateMetadata: String { json["private_metadata"]?.string ?? "" }
    var isLoading: Bool { reads.contains("One moment") }

    /// What a field starts with.
    func initial(_ label: String) -> String? {
        guard let element = blocks.first(where: { ScreenText.plain($0["label"]) == label })?["element"] else {
            return nil
        }
        return element["initial_value"]?.string ?? ScreenText.plain(element["initial_option"]?["text"])
            ?? element["initial_time"]?.string
    }

    /// What stands in a field now.
    func value(_ label: String) -> String? {
        guard let block = blocks.first(where: { ScreenText.plain($0["label"]) == label }),
            let id = block["block_id"]?.string,
            let value = json["state"]?["values"]?[id]?.object?.values.first
        else { return nil }
        return value["value"]?.string ?? ScreenText.plain(value["selected_option"]?["text"])
            ?? value["selected_time"]?.string
    }

    /// The label of a block.
    func label(ofBlock id: String) -> String? {
        blocks.first { $0["block_id"]?.string == id }.flatMap { ScreenText.plain($0["label"]) }
    }

    var description: String { "“\(title)”: \(reads) \(labels)" }
}

/// What Slack's client makes of text.
enum ScreenText {
    static func plain(_ object: JSON?) -> String? { object?["text"]?.string }

    /// Entities become the characters that they stand for; mentions and links stay in their brackets.
    static func mrkdwn(_ source: String) -> String {
        source.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }

    static func text(_ object: JSON?) -> String? {
        guard let text = plain(object) else { return nil }
        return object?["type"] == "mrkdwn" ? mrkdwn(text) : text
    }

    static func of(_ blocks: [JSON]) -> [String] {
        blocks.flatMap { block -> [String] in
            var texts = [text(block["text"]), text(block["label"]), text(block["hint"])].compactMap(\.self)
            texts += (block["fields"]?.array ?? []).compactMap { text($0) }
            if block["type"] == "context" { texts += (block["elements"]?.array ?? []).compactMap { text($0) } }
            return texts
        }
    }

    static func labels(_ blocks: [JSON]) -> [String] {
        BlockKitForm.elements(in: blocks).flatMap { place -> [String] in
            [plain(place.element["text"])].compactMap(\.self)
                + ElementValue.options(of: place.element).compactMap { plain($0["text"]) }
        }
    }
}
