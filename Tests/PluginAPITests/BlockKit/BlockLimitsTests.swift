import PluginAPI
import Testing

@Suite struct BlockLimitsTests {
    static let lengths: [LimitRow] = [
        .length("block id", 255, "blocks[0].block_id") { .section("a", id: $0) },
        .length("section text", 3_000, "blocks[0].text.text") { .section(.plain($0)) },
        .length("section text with markup", 3_000, "blocks[0].text.text") { .section(.mrkdwn(Mrkdwn(raw: $0))) },
        .length("section field", 2_000, "blocks[0].fields[1].text") { .section(fields: ["a", .plain($0)]) },
        .length("header text", 150, "blocks[0].text.text") { .header($0) },
        .length("context text", 3_000, "blocks[0].elements[0].text") { .context([.text(.plain($0))]) },
        .length("context image alt", 2_000, "blocks[0].elements[0].alt_text") {
            .context([.image(url: "https://e.com", alt: $0)])
        },
        .length("image alt", 2_000, "blocks[0].alt_text") { .image(url: "https://e.com", alt: $0) },
        .length("image url", 3_000, "blocks[0].image_url") {
            .image(url: "https://e.com/" + $0.dropFirst(14), alt: "a")
        },
        .length("image title", 2_000, "blocks[0].title.text") {
            .image(url: "https://e.com", alt: "a", title: $0)
        },
        .length("input label", 2_000, "blocks[0].label.text") { .input($0, .textInput(action: "a")) },
        .length("input hint", 2_000, "blocks[0].hint.text") { .input("l", .textInput(action: "a"), hint: $0) },
    ]

    static let counts: [LimitRow] = [
        .count("section fields", 10, "blocks[0].fields") { .section(fields: Array(repeating: "a", count: $0)) },
        .count("context elements", 10, "blocks[0].elements") { .context(Array(repeating: "a", count: $0)) },
        .count("actions elements", 25, "blocks[0].elements") { count in
            .actions((0..<count).map { .button("b", action: "a\($0)") })
        },
    ]

    @Test(arguments: lengths + counts)
    func `at the limit it passes and one over it fails`(row: LimitRow) {
        #expect(row.faults(row.limit) == [])
        let faults = row.faults(row.limit + 1)
        #expect(faults.map(\.place) == [row.place])
        #expect(faults.map(\.problem) == [row.problem])
        #expect(faults.allSatisfy { $0.severity == .error && !$0.mend.isEmpty })
    }

    @Test(
        arguments: [
            (.section(""), "blocks[0].text.text", "is empty"),
            (.section(nil), "blocks[0]", "has neither text nor fields"),
            (.section(fields: ["a", ""]), "blocks[0].fields[1].text", "is empty"),
            (.header(""), "blocks[0].text.text", "is empty"),
            (.header("\u{202E}"), "blocks[0].text.text", "is empty"),
            (.context([]), "blocks[0].elements", "is empty, Slack wants at least 1"),
            (.actions([]), "blocks[0].elements", "is empty, Slack wants at least 1"),
            (.markdown(""), "blocks[0].text", "is empty"),
            (.divider, "", ""),
            (.section("a", id: ""), "blocks[0].block_id", "is empty"),
            (.image(url: "ftp://e.com", alt: "a"), "blocks[0].image_url", "is no http or https address"),
            (.image(url: "https://e.com", alt: ""), "blocks[0].alt_text", "is empty"),
            (.image(url: "https://e.com", alt: "a", title: ""), "blocks[0].title.text", "is empty"),
            (.input("", .textInput(action: "a")), "blocks[0].label.text", "is empty"),
            (.input("l", .textInput(action: "a"), hint: ""), "blocks[0].hint.text", "is empty"),
            (
                .actions(.button("a", action: "x"), .button("b", action: "x")), "blocks[0].elements[1].action_id",
                "“x” stands twice in this block"
            ),
            (
                .section("a", accessory: .textInput(action: "t")), "blocks[0].accessory",
                "a plain_text_input cannot stand here"
            ),
            (.actions([.image(url: "https://e.com", alt: "a")]), "blocks[0].elements[0]", "a image cannot stand here"),
            (.input("l", .button("b", action: "b")), "blocks[0].element", "a button cannot stand here"),
            (
                .section("a", accessory: .dateTimePicker(action: "d")), "blocks[0].accessory",
                "a datetimepicker cannot stand here"
            ),
        ] as [(Block, String, String)])
    func `what is empty, doubled or misplaced is found`(block: Block, place: String, problem: String) {
        let faults = LimitRow.inMessage(block)
        #expect(faults.first?.place ?? "" == place)
        #expect(faults.first?.problem ?? "" == problem)
        #expect(faults.count == (place.isEmpty ? 0 : 1))
    }

    @Test func `ids are measured with the host's prefix`() {
        let message = Message("m", blocks: [.actions([.button("b", action: x(249))], id: x(249))])
        #expect(message.validate(idPrefix: "coffee") == [])
        let faults = message.validate(idPrefix: "coffee:")
        #expect(faults.map(\.place) == ["blocks[0].block_id", "blocks[0].elements[0].action_id"])
        #expect(faults[0].problem == "has 256 characters with “coffee:” before it, Slack takes at most 255")
    }

    @Test func `lengths are UTF-16 units of what is sent`() {
        let grins = String(repeating: "😀", count: 75)
        #expect(LimitRow.inMessage(.header(grins)) == [])
        #expect(
            LimitRow.inMessage(.header(grins + "x")).map(\.problem) == ["has 151 characters, Slack takes at most 150"])
        let escaped = String(repeating: "&", count: 600)
        #expect(LimitRow.inMessage(.section("\(escaped)")) == [])
        #expect(LimitRow.inMessage(.section("\(escaped)x")).count == 1)
    }

    @Test func `a fault is one line with place, problem and mend`() {
        #expect(
            LimitRow.inMessage(.header(x(151))).map(\.description)
                == ["blocks[0].text.text: has 151 characters, Slack takes at most 150; shorten it, or clip it"])
    }
}
