import PluginAPI
import Testing

@Suite struct ViewLimitsTests {
    static func row(_ name: String, _ limit: Int, _ place: String, _ view: @escaping @Sendable (String) -> View)
        -> LimitRow
    {
        LimitRow(
            name: name, limit: limit, place: place,
            problem: "has \(grouped(limit + 1)) characters, Slack takes at most \(grouped(limit))"
        ) { view(x($0)).validate() }
    }

    static let rows: [LimitRow] = [
        row("title", 24, "title.text") { .modal($0, blocks: [.divider]) },
        row("submit", 24, "submit.text") { .modal("t", submit: $0, blocks: [.divider]) },
        row("close", 24, "close.text") { .modal("t", close: $0, blocks: [.divider]) },
        row("callback id", 255, "callback_id") { .modal("t", id: $0, blocks: [.divider]) },
        row("Home callback id", 255, "callback_id") { .home([.divider], id: $0) },
        row("private metadata", 3_000, "private_metadata") { .modal("t", privateMetadata: $0, blocks: [.divider]) },
        row("Home private metadata", 3_000, "private_metadata") { .home([.divider], privateMetadata: $0) },
        row("external id", 255, "external_id") { .modal("t", externalID: $0, blocks: [.divider]) },
        LimitRow(name: "modal blocks", limit: 100, place: "blocks", problem: "has 101 items, Slack takes at most 100") {
            View.modal("t", blocks: Array(repeating: .divider, count: $0)).validate()
        },
        LimitRow(name: "Home blocks", limit: 100, place: "blocks", problem: "has 101 items, Slack takes at most 100") {
            View.home(Array(repeating: .divider, count: $0)).validate()
        },
    ]

    @Test(arguments: rows)
    func `at the limit it passes and one over it fails`(row: LimitRow) {
        #expect(row.faults(row.limit) == [])
        #expect(row.faults(row.limit + 1).map(\.place) == [row.place])
        #expect(row.faults(row.limit + 1).map(\.problem) == [row.problem])
    }

    static let field = Block.input("l", .textInput(action: "a", focus: true))
    @Test(
        arguments: [
            (.modal("", blocks: [.divider]), "title.text", "is empty"),
            (.modal("t", submit: "", blocks: [.divider]), "submit.text", "is empty"),
            (.modal("t", blocks: []), "blocks", "is empty, Slack wants at least 1"),
            (.home([]), "blocks", "is empty, Slack wants at least 1"),
            (.modal("t", blocks: [field]), "submit", "is missing in a form with inputs"),
            (.modal("t", blocks: [.markdown("m")]), "blocks[0]", "a markdown block cannot stand in a view"),
            (.modal("t", id: "", blocks: [.divider]), "callback_id", "is empty"),
            (
                .modal("t", submit: "s", blocks: [field, .input("m", .urlInput(action: "b", focus: true))]),
                "blocks[1]",
                "a second element wants the focus"
            ),
            (.modal("t", submit: "s", blocks: [field, .divider, field]), "blocks[2].block_id", "“a” stands twice"),
        ] as [(View, String, String)])
    func `what is missing, doubled or misplaced is found`(view: View, place: String, problem: String) {
        #expect(view.validate().first?.place == place)
        #expect(view.validate().first?.problem == problem)
    }

    @Test func `a Home tab with inputs needs no submit button`() {
        #expect(View.home([Self.field]).validate() == [])
    }

    @Test func `a view has at most 250 kilobytes`() {
        func view(_ padding: Int) -> View {
            let texts = (0..<82).map { _ in Block.section(.plain(x(2_940))) }
            return .modal("t", blocks: texts + [.section(.plain(x(padding)))])
        }
        let size = view(1).json(idPrefix: "").encoded.count
        let room = 250_000 - size + 1
        #expect(view(room).validate() == [])
        #expect(view(room + 1).validate().map(\.problem) == ["the view has 250,001 bytes, Slack takes at most 250,000"])
    }
}
