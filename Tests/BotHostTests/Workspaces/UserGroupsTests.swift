import Foundation
import PluginAPI
import Synchronization
import Testing

@testable import BotHost

/// Who is in a user group decides who may; when that cannot be known, nobody is.
@Suite struct UserGroupsTests {
    private final class Slack: Sendable {
        private let state = Mutex((ids: ["U0ANN"], isAway: false, asked: 0))
        var asked: Int { state.withLock(\.asked) }
        func set(_ ids: [String]) { state.withLock { $0.ids = ids } }
        func goAway(_ isAway: Bool = true) { state.withLock { $0.isAway = isAway } }
        func members() throws -> [String] {
            try state.withLock { state in
                state.asked += 1
                if state.isAway { throw SlackError(code: "unreachable") }
                return state.ids
            }
        }
    }

    private let clock = ManualClock()
    private let slack = Slack()

    private func groups() -> UserGroups {
        UserGroups(clock: clock.host, logger: .silent) { [slack] _, _ in try slack.members() }
    }

    @Test func `Slack is asked once a minute`() async {
        let groups = groups()
        for _ in 0..<3 { #expect(await groups.contains(.ann, group: "S0SRE", workspace: .acme)) }
        #expect(slack.asked == 1)
        slack.set([])
        clock.advance(by: .seconds(59))
        #expect(await groups.contains(.ann, group: "S0SRE", workspace: .acme))
        clock.advance(by: .seconds(1))
        #expect(await !groups.contains(.ann, group: "S0SRE", workspace: .acme))
        #expect(slack.asked == 2)
    }

    @Test func `without Slack what is known holds for ten minutes, and then nobody is in`() async {
        let groups = groups()
        #expect(await groups.contains(.ann, group: "S0SRE", workspace: .acme))
        slack.goAway()
        clock.advance(by: .seconds(599))
        #expect(await groups.contains(.ann, group: "S0SRE", workspace: .acme))
        clock.advance(by: .seconds(2))
        #expect(await !groups.contains(.ann, group: "S0SRE", workspace: .acme))
        slack.goAway(false)
        clock.advance(by: .seconds(10))
        #expect(await groups.contains(.ann, group: "S0SRE", workspace: .acme))
    }

    @Test func `Slack that does not answer is left alone for a while`() async {
        let groups = groups()
        slack.goAway()
        for _ in 0..<5 { #expect(await !groups.contains(.ann, group: "S0SRE", workspace: .acme)) }
        #expect(slack.asked == 1)
        clock.advance(by: .seconds(10))
        _ = await groups.contains(.ann, group: "S0SRE", workspace: .acme)
        #expect(slack.asked == 2)
    }

    @Test func `a stranger is in no group, and Slack is not asked about them`() async {
        slack.set(["U0STRANGER"])
        let stranger = Person(id: "U0STRANGER", teamID: "T0OTHER")
        #expect(await !groups().contains(stranger, group: "S0SRE", workspace: .acme))
        #expect(slack.asked == 0)
    }

    @Test func `a colleague of the same organization can be in a group`() async {
        slack.set(["U0ANN"])
        let acme = Workspace(id: "T0ACME", organizationID: "E0ORG")
        let colleague = Person(id: "U0ANN", teamID: "T0SISTER", organizationID: "E0ORG")
        let other = Person(id: "U0ANN", teamID: "T0ALIEN", organizationID: "E0ALIEN")
        let groups = groups()
        #expect(await groups.contains(colleague, group: "S0SRE", workspace: acme))
        #expect(await !groups.contains(other, group: "S0SRE", workspace: acme))
    }
}
