import FoundationEssentials
import PluginAPI
import Testing

@Suite struct FittingTests {
    private func errors(_ faults: [BlockKitFault]) -> [BlockKitFault] { faults.filter { $0.severity == .error } }

    @Test func `what is within the limits stays as it is`() {
        let message = Message(
            "m",
            blocks: [
                .header("h", id: "h"),
                .section("s", fields: ["f"], accessory: .overflow(action: "o", options: options(2))),
                .context("c"),
                .actions(.button("b", action: "b"), .select(.options(options(2)), action: "s", initial: "v1")),
                .input("l", .textInput(action: "i", min: 1, initial: "x")), .markdown("m"),
            ])
        #expect(message.fitting(idPrefix: "coffee:") == message)
        let view = View.modal("t", submit: "s", id: "v", blocks: Array(message.blocks.dropLast()))
        #expect(view.fitting(idPrefix: "coffee:") == view)
    }

    @Test func `a long text is clipped`() {
        let message = Message("m", blocks: [.section(.plain(x(3_001))), .header(x(200))]).fitting()
        #expect(message.blocks == [.section(.plain(x(2_999) + "…")), .header(x(149) + "…")])
    }

    @Test func `blocks beyond 50 give way to a note`() {
        let message = Message("m", blocks: Array(repeating: .divider, count: 60)).fitting()
        #expect(message.blocks.count == 50)
        #expect(message.blocks.last == .context("… 11 more parts could not be shown."))
        #expect(message.validate() == [])
    }

    @Test func `text beyond what a message holds gives way to a note`() {
        let message = Message("m", blocks: Array(repeating: .section(.plain(x(3_000))), count: 6)).fitting()
        #expect(message.blocks.count == 5)
        #expect(message.blocks.last == .context("… 2 more parts could not be shown."))
        #expect(message.validate() == [])
    }

    @Test func `a button that cannot work is left out and the others stay`() {
        let message = Message(
            "m",
            blocks: [
                .actions(
                    .button("a", action: "a", value: x(2_001)), .button("b", action: "b"), .button("c", action: "b")),
                .actions(.button("a", action: x(256))),
            ]
        ).fitting()
        #expect(message.blocks == [.actions(.button("b", action: "b")), .context("… 1 more part could not be shown.")])
    }

    @Test func `a question is never left out`() {
        let ask = Confirm("", "", confirm: "", deny: x(40))
        let message = Message("m", blocks: [.actions(.button("a", action: "a", confirm: ask))]).fitting()
        let asked = Confirm("Are you sure?", .plain("Are you sure?"), confirm: "Yes", deny: x(29) + "…")
        #expect(message.blocks == [.actions(.button("a", action: "a", confirm: asked))])
    }

    @Test func `an id that stands twice is taken off, an input's is changed`() {
        let field = Block.input("l", .textInput(action: "x"))
        let view = View.modal("t", blocks: [.section("a", id: "x"), .section("b", id: "x"), field, field]).fitting()
        #expect(view.blocks.map(\.id) == ["x", nil, "x~2", "x~3"])
        #expect(view.validate() == [])
    }

    @Test func `a view gets what it lacks`() {
        let view = View.modal(
            "",
            blocks: [
                .markdown("*m*"), .input("l", .textInput(action: "a", focus: true)),
                .input("l", .textInput(action: "b", focus: true)),
            ]
        ).fitting()
        #expect(view.validate() == [])
        #expect(view.blocks[0] == .section(.plain("*m*")))
        #expect(View.home([]).fitting().validate() == [])
        #expect(View.modal(x(30), blocks: []).fitting().validate() == [])
    }

    @Test func `a view that is too large loses its end`() {
        let menus = (0..<90).map { index in
            Block.section(.plain(x(3_000)), accessory: .select(.options(options(100)), action: "a\(index)"))
        }
        let view = View.home(menus).fitting(idPrefix: "coffee:")
        #expect(view.validate(idPrefix: "coffee:") == [])
        #expect(view.blocks.count > 10)
        #expect(view.blocks.last == .context("… \(91 - view.blocks.count) more parts could not be shown."))
    }

    @Test func `an empty message says something`() {
        #expect(Message("").fitting().text == "…")
        #expect(Message("", blocks: [.divider]).fitting().text == "A new message")
        #expect(Message("\(x(50_000))").fitting().text.source.utf16.count == 40_000)
    }

    @Test func `anything at all fits in the end`() {
        var random = Shaky(state: 7)
        for _ in 0..<100 {
            let blocks = (0..<Int.random(in: 0...8, using: &random)).map { _ in random.block() }
            let message = Message("\(random.text())", blocks: blocks)
            #expect(errors(message.fitting(idPrefix: "p:").validate(idPrefix: "p:")) == [])
            let view = View.modal(random.text(), submit: random.maybe(), close: random.maybe(), blocks: blocks)
            #expect(errors(view.fitting(idPrefix: "p:").validate(idPrefix: "p:")) == [])
        }
    }
}

/// The same odd blocks on every run.
private struct Shaky: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }

    mutating func text() -> String {
        let lengths = [0, 1, 5, 24, 25, 30, 31, 75, 76, 150, 151, 255, 256, 300, 301, 2_001, 3_001, 12_001]
        let piece = ["x", "😀", "&", "<", "\u{202E}", " "].randomElement(using: &self) ?? "x"
        return String(repeating: piece, count: lengths.randomElement(using: &self) ?? 1)
    }

    mutating func maybe() -> String? { Bool.random(using: &self) ? text() : nil }
    mutating func url() -> String { Bool.random(using: &self) ? "https://e.com/\(text())" : text() }
    mutating func number() -> Int { [-1, 0, 1, 5, 3_000, 3_001].randomElement(using: &self) ?? 0 }

    mutating func options() -> [Option] {
        (0..<([0, 1, 2, 5, 10, 11, 101].randomElement(using: &self) ?? 1)).map { index in
            if index % 7 == 6 { return Option(markup: "\(text())", value: text(), description: "\(text())") }
            return Option(text(), value: index % 5 == 0 ? text() : "v\(index)", description: maybe(), url: maybe())
        }
    }

    mutating func confirm() -> Confirm? {
        Bool.random(using: &self) ? Confirm(text(), "\(text())", confirm: text(), deny: text()) : nil
    }

    mutating func source() -> SelectSource {
        switch Int.random(in: 0..<6, using: &self) {
        case 0: .options(options())
        case 1: .groups([OptionGroup(text(), options()), OptionGroup(text(), options())])
        case 2: .external(minQueryLength: number(), initial: options())
        case 3: .users
        case 4: .conversations(defaultToCurrent: true)
        default: .channels
        }
    }

    mutating func element() -> Element {
        let focus = Bool.random(using: &self)
        let action = Int.random(in: 0..<6, using: &self) == 0 ? text() : "a\(Int.random(in: 0..<9, using: &self))"
        switch Int.random(in: 0..<13, using: &self) {
        case 0:
            return .button(
                text(), action: action, value: maybe(), url: maybe(), confirm: confirm(), accessibilityLabel: maybe())
        case 1: return .overflow(action: action, options: options(), confirm: confirm())
        case 2:
            return .select(
                source(), action: action, placeholder: maybe(), initial: maybe(), confirm: confirm(), focus: focus)
        case 3:
            return .multiSelect(source(), action: action, max: number(), initial: ["v1", text(), "v2"], focus: focus)
        case 4: return .datePicker(action: action, initial: maybe(), placeholder: maybe(), focus: focus)
        case 5: return .timePicker(action: action, initial: maybe(), timezone: maybe())
        case 6: return .dateTimePicker(action: action, initial: Date(timeIntervalSince1970: Double(number())))
        case 7: return .radioButtons(action: action, options: options(), initial: maybe(), confirm: confirm())
        case 8: return .checkboxes(action: action, options: options(), initial: ["v1", "v1", text()])
        case 9:
            return .textInput(
                action: action, min: number(), max: number(), initial: maybe(), placeholder: maybe(), focus: focus)
        case 10: return .emailInput(action: action, initial: maybe(), placeholder: maybe())
        case 11:
            return .numberInput(
                action: action, min: Double(number()) / 2, max: Double(number()), initial: 0.5, placeholder: maybe())
        default: return .image(url: url(), alt: text())
        }
    }

    mutating func block() -> Block {
        let id = maybe()
        let elements = (0..<([0, 1, 3, 26].randomElement(using: &self) ?? 1)).map { _ in element() }
        switch Int.random(in: 0..<9, using: &self) {
        case 0: return .section("\(text())", fields: ["\(text())", .plain(text())], accessory: elements.first, id: id)
        case 1: return .section(nil, accessory: elements.first, id: id)
        case 2: return .header(text(), id: id)
        case 3: return .context(["\(text())", .image(url: url(), alt: text()), .text(.plain(text()))], id: id)
        case 4: return .actions(elements, id: id)
        case 5: return .image(url: url(), alt: text(), title: maybe(), id: id)
        case 6, 7: return .input(text(), element(), id: id, hint: maybe())
        default: return .markdown(text(), id: id)
        }
    }
}
