/// A page of a list, in PagerDuty's classic paging.
///
/// - SeeAlso: https://developer.pagerduty.com/docs/pagination
enum PDPage {
    static let usual = 25
    static let most = 100
    /// PagerDuty does not page beyond this.
    static let reach = 10_000

    /// The asked-for page of `items` under `name`.
    static func answer<Item>(
        _ name: String, _ items: [Item], for call: PDCall, usual: Int = usual, render: (Item) -> JSON
    ) throws(PDFailure) -> PDAnswer {
        let limit = try number("limit", call, usual, at: 1)
        let offset = try number("offset", call, 0, at: 0)
        guard offset + min(limit, most) <= reach else {
            throw .invalid("Offset + limit must not exceed \(reach)")
        }
        let page = items.dropFirst(offset).prefix(min(limit, most))
        return PDAnswer(json: [
            name: .array(page.map(render)), "limit": .int(min(limit, most)), "offset": .int(offset),
            "total": call.value("total") == "true" ? .int(items.count) : nil,
            "more": .bool(offset + page.count < items.count),
        ])
    }

    private static func number(_ name: String, _ call: PDCall, _ usual: Int, at least: Int) throws(PDFailure) -> Int {
        guard let text = call.value(name), !text.isEmpty else { return usual }
        guard let value = Int(text), value >= least, value <= 1_000_000 else {
            throw .invalid("\(name) must be a number of at least \(least)")
        }
        return value
    }
}
