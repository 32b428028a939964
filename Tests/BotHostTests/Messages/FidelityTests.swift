import BotStore
import Foundation
import PluginAPI
import Testing

@testable import BotHost

/// What is left of a message that Slack does not take.
@Suite struct FidelityTests {
    private static let link = "<https://pd.example/incidents/Q1|#1 Payments are failing>"

    private func section(_ text: String) -> JSONValue {
        ["type": "section", "text": ["type": "mrkdwn", "text": .string(text)]]
    }

    private var message: [String: JSONValue] {
        [
            "text": .string("🔴 *Triggered* · \(Self.link)"), "unfurl_links": false,
            "blocks": .array(
                (1...40).map { section("\($0) " + String(repeating: "word ", count: 500)) }
                    + [
                        ["type": "image", "image_url": "https://pd.example/x.png", "alt_text": "x"],
                        [
                            "type": "actions",
                            "elements": [["type": "button", "text": ["type": "plain_text", "text": "Acknowledge"]]],
                        ],
                    ]),
        ]
    }

    @Test func `in full it is what it was`() {
        #expect(Fidelity.full.cut(message) == message)
    }

    @Test func `shorter it has fewer blocks with less text, and still its headline`() throws {
        let short = Fidelity.short.cut(message)
        let blocks = try #require(short["blocks"]?.array)
        #expect((1...20).contains(blocks.count))
        #expect(blocks.allSatisfy { $0["type"].string != "image" })
        let texts = blocks.compactMap { $0["text"]["text"].string }
        #expect(texts.allSatisfy { $0.utf16.count <= 500 && $0.hasSuffix("…") })
        #expect(texts.reduce(0) { $0 + $1.utf16.count } <= 6_000)
        #expect(short["text"] == message["text"])
    }

    @Test func `buttons are kept where there is room, also beside a bar`() throws {
        let buttons: JSONValue = [
            "type": "actions", "elements": [["type": "button", "text": ["type": "plain_text", "text": "Go"]]],
        ]
        let short = Fidelity.short.cut([
            "text": "x", "attachments": [["color": "#f00", "fallback": "x", "blocks": [section("a"), buttons]]],
        ])
        let attachment = try #require(short["attachments"]?[0])
        #expect(attachment["color"] == "#f00")
        #expect(attachment["blocks"][1] == buttons)
    }

    @Test func `at last it is its line, with its link`() {
        let plain = Fidelity.plain.cut(message)
        #expect(plain["text"] == message["text"])
        #expect(plain["blocks"] == [])
        #expect(plain["attachments"] == [])
        #expect(Fidelity.plain.less == nil)
    }

    private static let blocks: [(JSONValue, String?)] = [
        (
            ["type": "section", "text": ["type": "mrkdwn", "text": "See <https://a.example/1|here>"]],
            "<https://a.example/1>"
        ),
        (
            ["type": "actions", "elements": [["type": "button", "url": "https://b.example/2"]]], "<https://b.example/2>"
        ),
        (["type": "section", "text": ["type": "mrkdwn", "text": "<http nothing"]], nil),
        (["type": "actions", "elements": [["type": "button", "url": "javascript:alert(1)"]]], nil),
        (["type": "actions", "elements": [["type": "button", "url": "https://c.example/ <!channel>"]]], nil),
    ]

    @Test(arguments: blocks)
    func `a line without its link gets the first one that the blocks lead to`(block: JSONValue, link: String?) {
        let plain = Fidelity.plain.cut(["text": "It burns", "blocks": [block]])
        #expect(plain["text"]?.string == link.map { "It burns \($0)" } ?? "It burns")
    }

    @Test func `a very long line is cut at what stands on its link, not in it`() {
        let long = "🔴 <https://pd.example/incidents/Q1|\(String(repeating: "very &amp; ", count: 200))>"
        let cut = Digest.shortened(long)
        #expect(cut.utf16.count <= Digest.longestLine)
        #expect(cut.hasPrefix("🔴 <https://pd.example/incidents/Q1|very &amp; very"))
        #expect(cut.hasSuffix("…>"))
        #expect(!cut.contains("&am…"))
    }

    @Test func `a message without words has some`() {
        #expect(Fidelity.plain.cut([:])["text"] == "A new message")
    }
}
