/// What one kind of element is made of, how it is written, checked and cut to size.
protocol ElementContent: Sendable, Hashable {
    /// Slack's name of the kind.
    var type: String { get }
    /// Itself among the kinds.
    var kind: Element.Kind { get }
    /// Where it may stand.
    var places: ElementPlaces { get }
    /// The action id without the host's prefix; `nil` where nothing can be done with it.
    var action: String? { get }

    /// Writes all members but `type`, `action_id` and `focus_on_load`.
    func writeMembers(to writer: inout JSONWriter)
    /// Reports every limit that is passed.
    func check(_ inspection: inout Inspection)
    /// Cuts what can be cut; what is still wrong then cannot be shown at all.
    mutating func clip()
}

/// The kinds of block that an element may stand in.
struct ElementPlaces: OptionSet {
    let rawValue: Int

    static let section = ElementPlaces(rawValue: 1)
    static let actions = ElementPlaces(rawValue: 2)
    static let input = ElementPlaces(rawValue: 4)

    var names: String {
        let names = [(ElementPlaces.section, "a section"), (.actions, "an actions block"), (.input, "an input block")]
        return names.filter { contains($0.0) }.map(\.1).joined(separator: ", ")
    }
}
