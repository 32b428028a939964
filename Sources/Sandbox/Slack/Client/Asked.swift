/// What a page or a script asks for.
struct Asked: Sendable {
    let body: JSON

    init(_ body: JSON) { self.body = body }

    func optional(_ name: String) -> String? {
        guard let text = body[name]?.string, !text.isEmpty else { return nil }
        return text
    }

    func text(_ name: String) throws(ControlError) -> String {
        guard let text = optional(name) else { throw ControlError("\(name): missing") }
        return text
    }

    /// The message or the view that is meant.
    func surface() throws(ControlError) -> BlockSurface {
        if let view = optional("view_id") { return .view(view) }
        return .message(channel: try text("channel"), ts: try text("message_ts"))
    }
}
