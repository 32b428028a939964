import PluginAPI

/// A block as JSON.
func written(_ block: Block, idPrefix: String = "") -> String {
    var writer = JSONWriter(idPrefix: idPrefix)
    block.write(to: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
}

/// An element as JSON, out of the block it stands in.
func written(_ element: Element) -> String {
    let block = written(.actions([element]))
    return String(block.dropFirst(#"{"type":"actions","elements":["#.count).dropLast(2))
}

/// Characters to measure with.
func x(_ count: Int) -> String { String(repeating: "x", count: count) }
