import FoundationEssentials
import OnCallPlugin
import PagerDutyKit
import PluginAPI
import PluginTestKit
import Synchronization
import Testing

@Suite struct OnCallTests {
    static let services = #"""
        {"services": [{"id": "PCHECK", "name": "Checkout"}, {"id": "PAPI", "name": "Checkout API"}], "more": false}
        """#
    static let service = #"""
        {"service": {"id": "PCHECK", "name": "Checkout", "html_url": "https://acme.pagerduty.com/service-directory/PCHECK",
         "escalation_policy": {"id": "PEP", "summary": "Shop"}}}
        """#

    /// One entry of `GET /oncalls`; times in hours from now.
    static func entry(
        _ level: Int, _ name: String, schedule: String? = nil, from start: Int? = nil, to end: Int? = nil
    ) -> String {
        func moment(_ hours: Int?) -> String {
            hours.map { #""\#(PagerDutyTime.format(Date(timeIntervalSince1970: 1_750_000_000 + 3600 * Double($0))))""# }
                ?? "null"
        }
        let schedule = schedule.map { #"{"id": "PS\#($0.utf8.count)", "summary": "\#($0)"}"# } ?? "null"
        return #"""
            {"escalation_level": \#(level), "user": {"id": "P\#(name)", "name": "\#(name)"}, "schedule": \#(schedule),
             "escalation_policy": {"id": "PEP"}, "start": \#(moment(start)), "end": \#(moment(end))}
            """#
    }

    static func onCalls(_ entries: String...) -> HTTPResponse {
        .json(#"{"oncalls": [\#(entries.joined(separator: ","))], "more": false}"#)
    }

    static let now = onCalls(
        entry(2, "Olga"), entry(1, "Ada", schedule: "Primary", from: -1, to: 5),
        entry(1, "Ada", schedule: "Primary", from: -1, to: 5))
    static let later = onCalls(
        entry(1, "Ben", schedule: "Primary", from: 8, to: 16), entry(1, "Ada", schedule: "Primary", from: 5, to: 8),
        entry(1, "Ada", schedule: "Primary", from: -1, to: 5), entry(2, "Olga"))

    static func host(_ prepare: (inout FakeHost.State) -> Void = { _ in }) -> FakeHost {
        FakeHost { state in
            state.pagerDuty["GET /services"] = [
                .json(
                    #"""
                    {"services": [{"id": "PCHECK", "name": "Checkout", "escalation_policy": {"id": "PEP"}},
                     {"id": "PAPI", "name": "Checkout API", "escalation_policy": {"id": "PEP"}}], "more": false}
                    """#)
            ]
            state.pagerDuty["GET /services/PCHECK"] = [.json(service)]
            state.pagerDuty["GET /oncalls"] = [now, later]
            prepare(&state)
        }
    }

    // MARK: Answers

    @Test func `levels stand in order, with person, schedule, end and successor`() async throws {
        let driver = PluginDriver(OnCallPlugin.self, Self.host())
        let message = try #require(try await driver.command("oncall", "checkout").ephemeralMessage)
        let sent = message.sent
        // Ada's two stretches without a break are one, which ends when Ben's begins.
        let end = 1_750_000_000 + 8 * 3600
        #expect(sent.contains("• Ada — Primary, until <!date^\(end)^"))
        #expect(sent.contains("then Ben\""))
        #expect(sent.contains("• Olga, always on call"))
        let levels = try #require(sent.firstRange(of: "*Level 1*")?.lowerBound)
        #expect(levels < (try #require(sent.firstRange(of: "*Level 2*")?.lowerBound)))
        #expect(sent.components(of: "• Ada") == 1, "listed twice by PagerDuty")
        #expect(message.text.source == "On call for Checkout: Ada")
        #expect(sent.contains("Share in channel"))
        #expect(!sent.contains("More ›"))
    }

    @Test func `it is read with the workspace's key, the future only as far as the present shifts last`() async throws {
        let host = Self.host()
        _ = try await PluginDriver(OnCallPlugin.self, host).command("oncall", "checkout")
        #expect(
            host.lines == [
                "account: GET /services?query=checkout&limit=100&offset=0",
                "account: GET /oncalls?escalation_policy_ids[]=PEP&include[]=users&time_zone=UTC&limit=100&offset=0",
                "account: GET /oncalls?escalation_policy_ids[]=PEP&include[]=users&time_zone=UTC"
                    + "&since=2025-06-15T15:06:40Z&until=2025-06-15T20:06:41Z&limit=100&offset=0",
            ])
    }

    @Test func `nobody on call is said`() async throws {
        let host = Self.host { $0.pagerDuty["GET /oncalls"] = [Self.onCalls()] }
        let message = try await PluginDriver(OnCallPlugin.self, host).command("oncall", "checkout").ephemeralMessage
        #expect(message?.text.source == "On call for Checkout: nobody")
        #expect(message?.sent.contains("Nobody is on call") == true)
        #expect(host.asked.count == 2)
    }

    @Test func `names from PagerDuty can't become mentions or links`() async throws {
        let host = Self.host {
            $0.pagerDuty["GET /oncalls"] = [Self.onCalls(Self.entry(1, "<!channel>", schedule: nil))]
        }
        // The fake's ids come from names; one that is no id is passed over, so this one has a plain id.
        host.state.withLock {
            $0.pagerDuty["GET /oncalls"] = [
                .json(
                    #"""
                    {"oncalls": [{"escalation_level": 1, "user": {"id": "P1", "name": "<!channel> & co"},
                     "schedule": {"id": "PS", "summary": "<https://evil.example|Primary>"},
                     "escalation_policy": {"id": "PEP"}, "end": "2025-06-16T00:00:00Z"}]}
                    """#)
            ]
        }
        let sent = try #require(
            try await PluginDriver(OnCallPlugin.self, host).command("oncall", "checkout").ephemeralMessage?.sent)
        #expect(!sent.contains("<!channel>"))
        #expect(!sent.contains("<https://evil"))
        #expect(sent.contains("&lt;!channel&gt; &amp; co"))
    }

    @Test func `a slip of the fingers is found among all services`() async throws {
        let host = Self.host { state in
            state.pagerDuty["GET /services"] = [
                .json(#"{"services": []}"#), state.pagerDuty["GET /services"]?.first ?? .none,
            ]
        }
        let message = try await PluginDriver(OnCallPlugin.self, host).command("oncall", "chekcout").ephemeralMessage
        #expect(message?.text.source == "On call for Checkout: Ada")
    }

    @Test func `several services are offered in a menu`() async throws {
        let message = try await PluginDriver(OnCallPlugin.self, Self.host()).command("oncall", "check").ephemeralMessage
        let sent = try #require(message?.sent)
        #expect(sent.contains("static_select"))
        #expect(sent.contains("PCHECK") && sent.contains("PAPI"))
    }

    @Test(arguments: ["", "zzz"])
    func `without a service there is a menu to search in`(typed: String) async throws {
        let message = try await PluginDriver(OnCallPlugin.self, Self.host()).command("oncall", typed).ephemeralMessage
        #expect(message?.sent.contains(#""type":"external_select""#) == true)
        #expect(message?.sent.contains(#""min_query_length":0"#) == true)
    }

    @Test func `a choice in the menu becomes the answer`() async throws {
        let driver = PluginDriver(OnCallPlugin.self, Self.host())
        #expect(try await driver.options("service", typed: "").map(\.value) == ["PCHECK", "PAPI"])
        let reply = try await driver.action("service", .option(ChosenOption(value: "PCHECK")))
        #expect(reply.updatedMessage?.text.source == "On call for Checkout: Ada")
    }

    @Test(arguments: ["../users", "", "P 1", "<x>"])
    func `a value that is no id is asked for again`(value: String) async throws {
        let host = Self.host()
        await #expect(throws: Refusal.self) {
            try await PluginDriver(OnCallPlugin.self, host).action("service", .option(ChosenOption(value: value)))
        }
        #expect(host.asked.isEmpty)
    }

    // MARK: Sharing

    @Test func `sharing shows the whole answer to the channel, without buttons`() async throws {
        let driver = PluginDriver(OnCallPlugin.self, Self.host())
        let message = try #require(try await driver.action("share", .text("PCHECK")).channelMessage)
        #expect(message.sent.contains("Shared by <@U0ADA0001>"))
        #expect(message.sent.contains("• Ada"))
        #expect(!message.sent.contains("button"))
    }

    // MARK: Pages

    @Test func `an answer too long for one message comes in pages that hold everything`() async throws {
        let entries = (1...60).map { level in
            Self.entry(level, "Person\(level)", schedule: String(repeating: "Long schedule ", count: 12))
        }
        let host = Self.host {
            $0.pagerDuty["GET /oncalls"] = [.json(#"{"oncalls": [\#(entries.joined(separator: ","))]}"#)]
        }
        let driver = PluginDriver(OnCallPlugin.self, host)
        var seen = ""
        var message = try #require(try await driver.command("oncall", "checkout").ephemeralMessage)
        #expect(message.sent.contains("Page 1 of"))
        #expect(!message.sent.contains("‹ Back"))
        for page in 1..<60 {
            seen += message.sent
            #expect(message.blocks.count <= 50)
            #expect(message.sent.utf8.count < 20_000)
            guard message.sent.contains("More ›") else { break }
            let reply = try await driver.action("page-\(page)", .text("PCHECK \(page)"))
            message = try #require(reply.updatedMessage)
            #expect(message.sent.contains("‹ Back"))
        }
        for level in 1...60 { #expect(seen.contains("• Person\(level) "), "level \(level)") }
    }

    @Test func `a level of very many people is continued, not cut, in messages that Slack takes`() async throws {
        let padding = String(repeating: "n", count: 40)
        let entries = (1...200).map { Self.entry(1, "Person\($0)\(padding)") }
        let host = Self.host {
            $0.pagerDuty["GET /oncalls"] = [.json(#"{"oncalls": [\#(entries.joined(separator: ","))]}"#)]
        }
        let driver = PluginDriver(OnCallPlugin.self, host)
        var message = try #require(try await driver.command("oncall", "checkout").ephemeralMessage)
        #expect(message.sent.contains("(continued)"))
        var seen = ""
        for page in 1...20 {
            // Slack refuses a message with more text than about 13,200 characters.
            #expect(message.sent.utf16.count < 12_000)
            seen += message.sent
            guard message.sent.contains("More ›") else { break }
            message = try #require(try await driver.action("page-\(page)", .text("PCHECK \(page)")).updatedMessage)
        }
        for number in 1...200 { #expect(seen.contains("• Person\(number)\(padding),"), "\(number)") }
    }

    @Test(arguments: ["", "PCHECK", "PCHECK x", "PCHECK -1", "PCHECK 99999999999999999999", "A B C"])
    func `a page that is none changes nothing`(value: String) async throws {
        let reply = try await PluginDriver(OnCallPlugin.self, Self.host()).action("page-1", .text(value))
        #expect(reply.updatedMessage == nil)
    }

    @Test func `a page beyond the last is the last`() async throws {
        let reply = try await PluginDriver(OnCallPlugin.self, Self.host()).action("page-9", .text("PCHECK 9"))
        #expect(reply.updatedMessage?.sent.contains("• Ada") == true)
    }

    // MARK: Where

    func inChannel(_ kind: Channel.Kind, _ host: FakeHost) -> PluginDriver<OnCallPlugin> {
        var driver = PluginDriver(OnCallPlugin.self, host)
        driver.channel = Channel(id: "G1", kind: kind)
        return driver
    }

    @Test func `a private channel without the app says how to invite it`() async throws {
        let host = Self.host { $0.slackErrors["conversations.info"] = SlackError(code: "channel_not_found") }
        let answer = try await inChannel(.privateGroup, host).command("oncall", "checkout").ephemeralMessage
        #expect(answer?.text.source.contains("Type `/invite` <@U0BOTHOST>") == true)
        let shared = try await inChannel(.privateGroup, host).action("share", .text("PCHECK"))
        #expect(shared.channelMessage == nil)
        #expect(host.asked.isEmpty)
    }

    @Test func `a private channel with the app is fine, one it was removed from is not`() async throws {
        let host = Self.host {
            $0.slack["conversations.info"] = [
                ["channel": ["id": "G1", "is_private": true, "is_member": true]],
                ["channel": ["id": "G1", "is_private": true, "is_member": false]],
            ]
        }
        let driver = inChannel(.privateGroup, host)
        #expect(try await driver.command("oncall", "checkout").ephemeralMessage?.sent.contains("• Ada") == true)
        let removed = try await driver.command("oncall", "checkout").ephemeralMessage
        #expect(removed?.text.source.contains("/invite") == true)
    }

    @Test func `other people's direct messages are left alone, the app's own is fine`() async throws {
        let others = Self.host { $0.slackErrors["conversations.info"] = SlackError(code: "channel_not_found") }
        let answer = try await inChannel(.directMessage, others).command("oncall", "checkout").ephemeralMessage
        #expect(answer?.text.source.contains("direct messages between people") == true)
        #expect(others.asked.isEmpty)
        let own = Self.host { $0.slack["conversations.info"] = [["channel": ["id": "D1", "is_im": true]]] }
        let mine = try await inChannel(.directMessage, own).command("oncall", "checkout").ephemeralMessage
        #expect(mine?.sent.contains("• Ada") == true)
    }

    @Test func `a public channel costs no question to Slack`() async throws {
        let host = Self.host()
        _ = try await inChannel(.channel, host).command("oncall", "checkout")
        #expect(host.state.withLock { $0.slackCalls.isEmpty })
    }

    // MARK: Who

    @Test func `with requireLink it is read as the person, and who is not linked is asked to`() async throws {
        let host = Self.host()
        var driver = PluginDriver(OnCallPlugin.self, host)
        driver.settings.requireLink = true
        await #expect(throws: AccountError.notLinked(provider: "pagerduty")) {
            try await driver.command("oncall", "checkout")
        }
        host.state.withLock {
            $0.linked["U0ADA0001"] = LinkedAccount(userID: "PADA", name: "Ada", email: "ada@acme.example")
        }
        _ = try await driver.command("oncall", "checkout")
        #expect(host.lines.allSatisfy { $0.hasPrefix("U0ADA0001: ") })
    }
}

extension String {
    /// How often a part stands in it.
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
