/// What one kind of element is made of, how it is written, checked and cut to size.
protocol ElementContent: Sendable, Hashable {
    /// Slack's name of the kind.
    var type: String { get }
    /// Where it may stand.
    var places: ElementPlaces { get }
    /// The action id without the host's prefix; `nil` where nothing can be done with it.
    var action: String? { get }
    /// True where it wants the cursor when a form opens.
    var wantsFocus: Bool { get }

    /// Writes all members but `type` and `action_id`.
    func writeMembers(to writer: inout JSONWriter)
    /// Reports every limit that is passed.
    func check(_ inspection: inout Inspection)
    /// The same within the limits; `nil` where nothing is left.
    func fitting() -> Self?
}

extension ElementContent {
    var wantsFocus: Bool { false }
}

/// The kinds of block that an element may stand in.
struct ElementPlaces: OptionSet {
    let rawValue: Int

    static let section = ElementPlaces(rawValue: 1)
    static let actions = ElementPlaces(rawValue: 2)
    static let input = ElementPlaces(rawValue: 4)
}
