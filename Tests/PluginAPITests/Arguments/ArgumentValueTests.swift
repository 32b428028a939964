import FoundationEssentials
import Testing

@testable import PluginAPI

@Suite struct ArgumentValueTests {
    private func value<V: ArgumentValue>(_ type: V.Type, _ text: String) -> V? { try? V.parse(text).get() }

    private func fault<V: ArgumentValue>(_ type: V.Type, _ text: String) -> String? {
        if case .failure(let fault) = V.parse(text) { fault.sentence } else { nil }
    }

    @Test(arguments: [("3", 3), ("-3", -3), ("1,000", 1_000), ("1_000_000", 1_000_000), ("9223372036854775807", .max)])
    func `a whole number`(text: String, expected: Int) {
        #expect(value(Int.self, text) == expected)
    }

    @Test(arguments: ["", ",", "three", "3.0", "9223372036854775808", "0x10", "３", "3e2", "1 000", "٣"])
    func `no whole number`(text: String) {
        #expect(fault(Int.self, text) == "a whole number is needed, such as 3")
    }

    @Test func `a number is finite`() {
        #expect(value(Double.self, "2.5") == 2.5)
        for text in ["nan", "inf", "-infinity", "1e400", "", "two"] {
            #expect(fault(Double.self, text) == "a number is needed, such as 2.5", "\(text)")
        }
    }

    @Test(arguments: [
        ("yes", true), ("Y", true), ("on", true), ("1", true), ("no", false), ("FALSE", false), ("0", false),
    ])
    func `yes and no in people's words`(text: String, expected: Bool) {
        #expect(value(Bool.self, text) == expected)
    }

    @Test(arguments: [
        ("90s", 90), ("45m", 2_700), ("45", 2_700), ("1h30m", 5_400), ("2d", 172_800), ("1W", 604_800),
        ("1d12h", 129_600), ("366d", 31_622_400),
    ])
    func `a length of time`(text: String, seconds: Int) {
        #expect(value(Duration.self, text) == .seconds(seconds))
    }

    @Test(arguments: [
        "", "m", "0m", "-5m", "1.5h", "367d", "5x", "1h30", "9223372036854775807w", "99999999999999999999", "1 h", "５m",
        "1h" + String(repeating: "0", count: 60) + "junk",
    ])
    func `no length of time`(text: String) {
        #expect(fault(Duration.self, text) == "a length of time is needed, such as 45m, 1h30m or 2d")
    }

    @Test(arguments: [
        ("2026-12-24", 1_798_070_400), ("2026-12-24T18:00Z", 1_798_135_200), ("2026-12-24T18:00:30Z", 1_798_135_230),
        ("2026-12-24T18:00:00+01:00", 1_798_131_600), ("2026-12-24T18:00+01:00", 1_798_131_600),
    ])
    func `a day or a moment`(text: String, seconds: Double) {
        #expect(value(Date.self, text) == Date(timeIntervalSince1970: seconds))
    }

    @Test(arguments: [
        "", "tomorrow", "24.12.2026", "2026-13-01", "2026-02-30", "2026-12-24xyz", "2026-12-24T18:00Zjunk",
        "2026-12-24T25:00Z", "2026-12-24T18:60Z", "20261224", "2026-12-24T", "２０２６-12-24",
    ])
    func `no date`(text: String) {
        #expect(fault(Date.self, text) == "a date is needed, such as 2026-12-24 or 2026-12-24T18:00Z")
    }

    @Test func `a choice is found in any case`() {
        #expect(value(Urgency.self, "HIGH") == .high)
        #expect(fault(Urgency.self, "lw") == "did you mean “low”? One of high, low, whenever is needed")
    }

    @Test func `an optional is its wrapped type, or nothing where it is not given`() {
        #expect(value(Int?.self, "4") == .some(4))
        #expect(Int?.whenAbsent == .some(nil))
        #expect(Int.whenAbsent == nil)
        #expect(Int?.placeholder == "number")
    }
}

@Suite struct ReferenceTests {
    @Test func `a person as Slack writes one`() throws {
        #expect(try UserRef.parse("<@U0ADA001|ada>").get() == UserRef(id: "U0ADA001", name: "ada"))
        #expect(try UserRef.parse("<@W0ADA001>").get() == UserRef(id: "W0ADA001"))
        #expect(try UserRef.parse("<@U0ADA001|>").get() == UserRef(id: "U0ADA001"))
        #expect(try UserRef.parse("U0ADA001").get() == UserRef(id: "U0ADA001"))
    }

    @Test func `a channel as Slack writes one`() throws {
        #expect(try ChannelRef.parse("<#C0INC001|incidents>").get() == ChannelRef(id: "C0INC001", name: "incidents"))
        #expect(try ChannelRef.parse("<#C0INC001|>").get().name == nil)
        #expect(try ChannelRef.parse("G0INC001").get().id == "G0INC001")
    }

    @Test func `a user group as Slack writes one`() throws {
        #expect(try UserGroupRef.parse("<!subteam^S0SRE001|@sre>").get() == UserGroupRef(id: "S0SRE001", name: "@sre"))
        #expect(try UserGroupRef.parse("<!subteam^S0SRE001>").get() == UserGroupRef(id: "S0SRE001"))
    }

    @Test(arguments: [
        ("<https://a.example/x?a=1|label with spaces>", "https://a.example/x?a=1"),
        ("https://a.example", "https://a.example"),
        ("<HTTP://a.example>", "HTTP://a.example"),
    ])
    func `a link as Slack writes one`(text: String, address: String) throws {
        #expect(try Link.parse(text).get().address == address)
    }

    @Test(arguments: [
        "", "@ada", "ada", "<@ada>", "<#U0ADA001|x>", "<@C0INC001>", "<@U0ADA001", "U0ada001", "<@U0ADA001>x", "<@>",
        "<!here>", "<@U0ADA001\u{0}>", "<@U0ADA00\u{301}1>", "<@\u{212A}0ADA001>", "U0\u{212A}ADA01", "U０ADA001",
        "<@U" + String(repeating: "A", count: 64) + ">",
    ])
    func `what is no person's id`(text: String) {
        #expect(UserRef.parse(text) == .failure(ArgumentFault("a person is needed: type @ and choose one")))
    }

    @Test(arguments: ["#incidents", "<@U0ADA001>", "<#c0inc001>", "T0ACME001"])
    func `what is no channel's id`(text: String) {
        #expect(ChannelRef.parse(text) == .failure(ArgumentFault("a channel is needed: type # and choose one")))
    }

    @Test(arguments: ["@sre", "<@S0SRE001>", "<!subteam^U0ADA001>", "<!channel>"])
    func `what is no user group's id`(text: String) {
        #expect(UserGroupRef.parse(text) == .failure(ArgumentFault("a user group is needed: type @ and choose one")))
    }

    @Test(arguments: [
        "example.com", "ftp://a.example", "javascript:alert(1)", "<mailto:a@b.example|a@b.example>", "https://",
        "https://a b", "https://a\u{202E}b", "https://a\u{7F}b", "https://a\u{2028}b", "<https://a|b|c><x>",
        "https://" + String(repeating: "a", count: 3_001),
    ])
    func `what is no link`(text: String) {
        #expect(Link.parse(text) == .failure(ArgumentFault("a link is needed, such as https://example.com")))
    }
}

@Suite struct NearestTests {
    @Test(arguments: [
        ("hepl", "help"), ("onc", "oncall"), ("trigerr", "trigger"), ("HELP", "help"), ("inisghts", "insights"),
    ])
    func `a slip of the fingers finds the word that was meant`(typed: String, expected: String) {
        #expect(Nearest.word(to: typed, among: ["help", "oncall", "trigger", "insights"]) == expected)
    }

    @Test(arguments: ["", "x", "frobnicate", String(repeating: "h", count: 100_000)])
    func `what is like no word finds none`(typed: String) {
        #expect(Nearest.word(to: typed, among: ["help", "oncall", "trigger"]) == nil)
    }
}
