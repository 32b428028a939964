import PagerDutyKit
import Testing

@Suite struct NameMatchTests {
    static let services = ["Checkout", "Checkout API", "Payments API", "Search", "Web Frontend", "Data Pipeline"]

    static func find(_ typed: String, among names: [String] = services) -> [String] {
        switch NameMatch.find(typed, among: names, by: \.self) {
        case .one(let name): [name]
        case .several(let names): names
        case .none: []
        }
    }

    @Test(arguments: [
        ("checkout", ["Checkout"]), ("CHECKOUT", ["Checkout"]), ("checkout-api", ["Checkout API"]),
        ("check", ["Checkout", "Checkout API"]), ("pay", ["Payments API"]), ("api", ["Checkout API", "Payments API"]),
        ("front", ["Web Frontend"]), ("pipe data", ["Data Pipeline"]), ("arch", ["Search"]),
        ("serach", ["Search"]), ("chekcout", ["Checkout"]), ("zzz", []), ("end", ["Web Frontend"]),
    ])
    func `people mean what they type`(typed: String, names: [String]) {
        #expect(Self.find(typed) == names)
    }

    @Test(arguments: [
        ("P9", ["P1", "P2"]), ("db-07", ["db-08", "db-17"]), ("ui", ["UX"]), ("api 2", ["API 1", "API"]),
        ("checkout 3", ["Checkout"]),
    ])
    func `another number or a word of two letters is no slip of the fingers`(typed: String, names: [String]) {
        #expect(Self.find(typed, among: names) == [])
    }

    @Test func `nothing typed leaves everything open`() {
        #expect(Self.find("") == Self.services)
        #expect(Self.find("  --  ") == Self.services)
    }

    @Test func `the one name that begins so is meant, though others hold it too`() {
        #expect(Self.find("pay", among: ["Repay", "Payments", "Prepay"]) == ["Payments"])
        #expect(Self.find("epa", among: ["Repay", "Payments", "Prepay"]) == ["Repay", "Prepay"])
    }

    @Test(arguments: ["e\u{301}", "\u{1F468}\u{200D}\u{1F469}", "\u{0}", String(repeating: "a", count: 100_000)])
    func `odd text finds nothing and harms nobody`(typed: String) {
        #expect(Self.find(typed).isEmpty || Self.find(typed) == Self.services)
    }

    @Test func `letters of other scripts count as letters`() {
        #expect(Self.find("поиск", among: ["Поиск", "Search"]) == ["Поиск"])
        #expect(Self.find("検索", among: ["検索 API", "Search"]) == ["検索 API"])
    }
}
