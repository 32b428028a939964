/// What one kind of block is made of, how it is written, checked and cut to size.
protocol BlockContent: Sendable, Hashable {
    /// Slack's name of the kind.
    var type: String { get }
    /// Itself as a block.
    var block: Block { get }
    /// The block id without the host's prefix.
    var blockID: String? { get set }
    /// The elements that have an action id.
    var elements: [Element] { get set }

    /// Writes all members but `type` and `block_id`.
    func writeMembers(to writer: inout JSONWriter)
    /// Reports every limit that is passed.
    func check(_ inspection: inout Inspection)
    /// Cuts what can be cut, and leaves out elements that cannot be shown.
    mutating func clip(idPrefix: String)
}

extension BlockContent {
    var elements: [Element] {
        get { [] }
        set {}
    }
}
