/// Where somebody works with blocks: a message or a view.
enum BlockSurface: Sendable {
    case message(channel: String, ts: String)
    case view(String)
}
