import Testing

@testable import Sandbox

/// Reads everything that people were shown during a test, and objects to what no person should have to read.
enum Proofreader {
    static func read(_ stage: Stage, at place: SourceLocation = #_sourceLocation) async {
        guard let answer = try? await stage.access.get("/control/slack/channels"),
            let channels = answer.json["channels"]?.array
        else { return }
        for id in channels.compactMap({ $0["id"]?.string }) {
            guard let answer = try? await stage.access.get("/control/slack/channels/\(id)/messages") else { continue }
            for message in (answer.json["messages"]?.array ?? []).map(Shown.init) where message.isFromApp {
                check(message.reads, "message")
                check(message.preview, "preview of a message")
            }
        }
        for entry in stage.sandbox.journal.entries() {
            read(entry)
        }
    }

    /// Forms and the sentences at their fields.
    private static func read(_ entry: JournalEntry) {
        guard let json = JSON.parse(entry.direction == .toHost ? entry.response : "") else { return }
        for sentence in (json["errors"]?.object ?? [:]).values.compactMap(\.string) {
            check(sentence, "sentence at a field")
            if !sentence.hasSuffix(".") { Issue.record("a sentence at a field has no full stop: \(sentence)") }
        }
        if let view = json["view"] { check(Form(json: view).reads, "form") }
    }

    private static func check(_ text: String, _ what: String) {
        for ugly in [
            "&lt;", "&gt;", "&amp;", "..", ".:", ",,", " ,", " .", "?.", "!.", "Optional(", "nil ", "“”", "()", "  (",
        ]
        where text.contains(ugly) {
            Issue.record("a \(what) has “\(ugly)” in it: \(text)")
        }
    }
}
