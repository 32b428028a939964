/// What one kind of block is made of, how it is written, checked and cut to size.
protocol BlockContent: Sendable, Hashable {
    /// Slack's name of the kind.
    var type: String { get }
    /// The block id without the host's prefix.
    var blockID: String? { get set }
    /// The elements that have an action id.
    var elements: [Element] { get }

    /// Writes all members but `type` and `block_id`.
    func writeMembers(to writer: inout JSONWriter)
    /// Reports every limit that is passed.
    func check(_ inspection: inout Inspection)
    /// The same within the limits; `nil` where nothing is left.
    func fitting() -> Self?
}

extension BlockContent {
    var elements: [Element] { [] }
}
