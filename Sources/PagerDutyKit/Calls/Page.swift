/// One page of a list.
///
/// - SeeAlso: "Pagination" in PagerDuty's REST API guide: `offset` and `limit` in, `more` out.
package struct Page<Element: Sendable>: Sendable {
    package var elements: [Element]
    /// There is a next page.
    package var more: Bool

    package init(_ elements: [Element], more: Bool) {
        self.elements = elements
        self.more = more
    }
}
