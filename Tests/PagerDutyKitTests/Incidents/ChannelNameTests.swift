import PagerDutyKit
import Testing

@testable import IncidentsPlugin

/// What an incident's channel is called.
@Suite struct ChannelNameTests {
    @Test(arguments: [
        ("inc-7-Carts are slow!", "inc-7-carts-are-slow"), ("  War  Room  ", "war-room"), ("---", "incident"),
        ("", "incident"), ("___", "incident"), ("a--b", "a-b"), ("#general", "general"), ("é́ à", "é-à"),
        ("日本 障害", "日本-障害"), ("🔥🔥", "incident"), ("x/../y", "x-y"), ("ÅNGSTRÖM", "ångström"), ("a_b", "a_b"),
        (String(repeating: "x", count: 200), String(repeating: "x", count: 80)),
        (String(repeating: "x", count: 79) + " y", String(repeating: "x", count: 79)),
    ])
    func `the nearest name that Slack takes`(wish: String, name: String) {
        #expect(ChannelName(wish).text == name)
    }

    @Test func `a template is filled with what the incident says`() throws {
        let incident = try Story.incident { $0.title = "{number} is {service}" }
        let name = ChannelName("{priority}-{number}-{title}", for: incident).text
        #expect(name.hasSuffix("-is-checkout") || name.contains("is"))
        #expect(name.unicodeScalars.count <= ChannelName.longest)
        #expect(!name.contains("{"))
    }

    @Test func `where a name is taken the next one has a number, and all have room`() {
        let candidates = ChannelName(String(repeating: "x", count: 80)).candidates
        #expect(candidates.count == ChannelName.attempts)
        #expect(Set(candidates).count == candidates.count)
        #expect(candidates.allSatisfy { $0.unicodeScalars.count <= ChannelName.longest })
        #expect(ChannelName("inc-7").candidates.prefix(3) == ["inc-7", "inc-7-2", "inc-7-3"])
    }
}
