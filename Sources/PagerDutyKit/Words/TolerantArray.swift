/// An array that keeps the elements that can be decoded and passes over the others.
package struct TolerantArray<Element: Decodable>: Decodable {
    package var elements: [Element]

    package init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        elements = []
        while !container.isAtEnd {
            if let element = try container.decode(Tolerated.self).element { elements.append(element) }
        }
    }

    /// Decoding it always succeeds, which is what moves the container on past an element that does not decode.
    private struct Tolerated: Decodable {
        var element: Element?

        init(from decoder: any Decoder) throws {
            element = try? Element(from: decoder)
        }
    }
}

extension TolerantArray: Sendable where Element: Sendable {}
