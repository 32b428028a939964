private import FoundationEssentials
private import PluginAPI

/// A list that PagerDuty answers page by page.
package struct PagerDutyList<Element: Sendable>: Sendable {
    /// The most that PagerDuty puts on a page.
    package static var longestPage: Int { 100 }
    /// PagerDuty refuses `offset + limit` above it.
    package static var end: Int { 10_000 }

    private let request: HTTPRequest
    private let decode: @Sendable ([UInt8]) throws -> Page<Element>

    init(_ path: String, at key: String, query: [(name: String, value: String)] = []) where Element: Decodable {
        request = .get(path, query: query)
        decode = { body in
            let page = try JSONDecoder().decode(Elements<Element>.self, from: Data(body), configuration: key)
            return Page(page.elements, more: page.more)
        }
    }

    /// The call for one page.
    ///
    /// - Parameters:
    ///   - offset: elements to pass over.
    ///   - limit: elements wanted, 1–100.
    package func page(offset: Int = 0, limit: Int = 100) -> PagerDutyRead<Page<Element>> {
        var request = request
        request.query += [
            ("limit", String(min(max(limit, 1), Self.longestPage))),
            ("offset", String(min(max(offset, 0), Self.end))),
        ]
        return PagerDutyRead(request, decode: decode)
    }

    /// Every element up to a bound, page after page.
    ///
    /// - Parameters:
    ///   - limit: the most elements to return.
    ///   - read: sends one call.
    /// - Returns: the elements, and whether there are more than were asked for.
    package func all<Failure: Error>(
        limit: Int, read: (PagerDutyRead<Page<Element>>) async throws(Failure) -> Page<Element>
    ) async throws(Failure) -> Page<Element> {
        var elements: [Element] = []
        var offset = 0
        while elements.count < limit {
            let size = min(Self.longestPage, Self.end - offset)
            guard size > 0 else { return Page(elements, more: true) }
            let page = try await read(self.page(offset: offset, limit: size))
            elements += page.elements
            guard page.more else { break }
            // The offset counts what PagerDuty passed over, not what could be decoded.
            offset += size
            if elements.count >= limit { return Page(Array(elements.prefix(limit)), more: true) }
        }
        return Page(Array(elements.prefix(limit)), more: elements.count > limit)
    }
}

/// A page as it comes: the elements under a key of their own, elements that don't decode passed over.
private struct Elements<Element: Decodable>: DecodableWithConfiguration {
    var elements: [Element]
    var more: Bool

    init(from decoder: any Decoder, configuration key: String) throws {
        let container = try decoder.container(keyedBy: AnswerKey.self)
        elements = try container.decode(TolerantArray<Element>.self, forKey: AnswerKey(key)).elements
        more = container.flag(AnswerKey("more")) ?? false
    }
}
