import FoundationEssentials
import InsightsPlugin
import PagerDutyKit
import PluginAPI
import PluginTestKit
import Synchronization
import Testing

@Suite struct InsightsTests {
    static let teams = #"""
        {"teams": [{"id": "PSRE", "name": "SRE", "html_url": "https://acme.pagerduty.com/teams/PSRE"},
         {"id": "PPAY", "name": "Payments <x>"}], "more": false}
        """#
    static let total =
        #"{"data": [{"total_incident_count": 12, "mean_seconds_to_first_ack": 95, "mean_seconds_to_resolve": 3900, "total_escalation_count": 3}]}"#
    static let byService = #"""
        {"data": [{"service_id": "PS1", "service_name": "Payments <x>", "total_incident_count": 3},
         {"service_id": "PS2", "service_name": "Checkout", "total_incident_count": 9, "mean_seconds_to_resolve": 59,
          "mean_seconds_to_first_ack": 90, "up_time_pct": 99.9312}]}
        """#

    static let responders = #"""
        {"data": [{"responder_id": "PADA", "responder_name": "Ada", "total_seconds_on_call": 432000,
          "total_seconds_on_call_level_1": 360000, "total_sleep_hour_interruptions": 3},
         {"responder_id": "PBEN", "responder_name": "Ben <b>", "total_seconds_on_call": 86400,
          "total_business_hour_interruptions": 1}]}
        """#

    /// 2025-06-15 15:06:40 UTC, a Sunday.
    static func host(_ prepare: (inout FakeHost.State) -> Void = { _ in }) -> FakeHost {
        FakeHost { state in
            state.pagerDuty["GET /teams"] = [.json(teams)]
            state.pagerDuty["POST /analytics/metrics/incidents/teams/all"] = [.json(total)]
            state.pagerDuty["POST /analytics/metrics/incidents/services"] = [.json(byService)]
            state.pagerDuty["POST /analytics/metrics/responders/teams"] = [.json(responders)]
            state.pagerDuty["GET /priorities"] = [.json(#"{"priorities": [{"id": "PP1", "name": "P1"}]}"#)]
            state.slack["users.info"] = [["user": ["id": "U0ADA0001", "tz": "Europe/Berlin"]]]
            state.slack["conversations.open"] = [["channel": ["id": "D0ADA"]]]
            prepare(&state)
        }
    }

    static func option(_ value: String) -> FieldValue { .option(ChosenOption(value: value)) }

    static let filled: [String: FieldValue] = [
        "teams": .options([ChosenOption(value: "PSRE", text: "Not its name"), ChosenOption(value: "PPAY")]),
        "reports": .options(["activity", "services", "teams", "on-call"].map { ChosenOption(value: $0) }),
        "frequency": option("weekly"), "day": option("1"), "time": .time("09:30"), "zone": option("Europe/Berlin"),
    ]

    static func seconds(_ text: String) throws -> Int {
        Int(try #require(PagerDutyTime.parse(text)).timeIntervalSince1970)
    }

    // MARK: The form

    @Test func `the form starts with the person's own time zone`() async throws {
        let driver = PluginDriver(InsightsPlugin.self, Self.host())
        let form = try #require(try await driver.command("insights").form()?.json(idPrefix: ""))
        let zone = form["blocks"].array?.first { $0["block_id"].string == "zone" }
        #expect(zone?["element"]["initial_option"]["value"].string == "Europe/Berlin")
        let teams = form["blocks"].array?.first { $0["block_id"].string == "teams" }
        #expect(teams?["element"]["max_selected_items"].int == 25)
    }

    @Test func `the form opens also where Slack tells no time zone`() async throws {
        let host = Self.host { $0.slackErrors["users.info"] = SlackError(code: "missing_scope") }
        let form = try await PluginDriver(InsightsPlugin.self, host).command("insights").form()
        #expect(form?.sent.contains("Which teams need to be included?") == true)
    }

    @Test func `teams and time zones are found while somebody types`() async throws {
        let driver = PluginDriver(InsightsPlugin.self, Self.host())
        #expect(try await driver.options("teams", typed: "").map(\.value) == ["PSRE", "PPAY"])
        #expect(try await driver.options("zone", typed: "new yo").map(\.value) == ["America/New_York"])
        #expect(try await driver.options("zone", typed: "Europe/Ljubljana").map(\.value) == ["Europe/Ljubljana"])
        #expect(try await driver.options("zone", typed: "Mars/Base").isEmpty)
        #expect(try await driver.options("zone", typed: String(repeating: "/", count: 50_000)).isEmpty)
    }

    // MARK: Subscribing

    @Test func `a subscription is stored with the teams' own names, and its first report follows`() async throws {
        let host = Self.host()
        let reply = try await PluginDriver(InsightsPlugin.self, host).submit("subscription", Self.filled)
        let told = try #require(reply.told?.sent)
        #expect(told.contains("SRE, Payments &lt;x&gt;"))
        #expect(!told.contains("Not its name"))
        #expect(told.contains("Every week on Monday at 09:30 (Europe/Berlin)"))
        #expect(told.contains("<!date^\(try Self.seconds("2025-06-16T07:30:00Z"))^"))
        #expect(host.values.keys.sorted() == ["subscription/U0ADA0001/V1"])
        #expect(reply.jobs.count == 1)
        #expect(reply.jobs.first?.kind == "insights.deliver-report")
        #expect(reply.jobs.first.map { $0.delay > .zero } == true)
    }

    @Test func `the same form twice is one subscription and one first report`() async throws {
        let host = Self.host()
        let driver = PluginDriver(InsightsPlugin.self, host)
        let first = try await driver.submit("subscription", Self.filled)
        let second = try await driver.submit("subscription", Self.filled)
        #expect(host.subscriptions.count == 1)
        #expect(first.jobs.first?.job.uniqueKey == second.jobs.first?.job.uniqueKey)
    }

    @Test(arguments: [
        (["teams": FieldValue.none], "teams"), (["teams": .options([ChosenOption(value: "../x")])], "teams"),
        (["teams": .options((1...26).map { ChosenOption(value: "P\($0)") })], "teams"),
        (["teams": .options([ChosenOption(value: "PGONE")])], "teams"),
        (["reports": .none], "reports"), (["reports": .options([ChosenOption(value: "x")])], "reports"),
        (["services": .options([ChosenOption(value: "PS1")])], "services"),
        (["frequency": option("hourly")], "frequency"), (["day": option("8")], "day"), (["day": option("x")], "day"),
        (["time": .time("24:00")], "time"), (["time": .time("9:3")], "time"), (["time": .time("+9:-3")], "time"),
        (["zone": option("Mars/Base")], "zone"), (["zone": option("CST")], "zone"), (["zone": .none], "zone"),
    ])
    func `what is missing or odd is said at its field`(change: [String: FieldValue], field: String) async throws {
        let host = Self.host()
        let fields = Self.filled.merging(change) { $1 }
        let reply = try await PluginDriver(InsightsPlugin.self, host).submit("subscription", fields)
        #expect(reply.errors.keys.sorted() == [field])
        #expect(host.values.isEmpty)
        #expect(reply.jobs.isEmpty)
    }

    @Test func `nobody collects subscriptions without end`() async throws {
        let host = Self.host()
        let driver = PluginDriver(InsightsPlugin.self, host)
        for number in 1...25 { _ = try await driver.submit("subscription", view: "V\(number)", Self.filled) }
        let reply = try await driver.submit("subscription", view: "V26", Self.filled)
        #expect(reply.errors["teams"]?.contains("25 subscriptions") == true)
        #expect(host.subscriptions.count == 25)
    }

    // MARK: Reports

    @Test func `the first report is about the last full week and lands in the direct message`() async throws {
        let host = Self.host()
        let driver = PluginDriver(InsightsPlugin.self, host)
        let reply = try await driver.submit("subscription", Self.filled)
        try await driver.perform(try #require(reply.jobs.first))
        let shown = try #require(host.shown.first)
        #expect(shown.channel == "D0ADA")
        let question = try #require(host.asked.first { $0.request.target.hasSuffix("/teams/all") }?.body)
        #expect(question["filters"]["created_at_start"].string == "2025-06-01T22:00:00Z", "Monday, in Berlin")
        #expect(question["filters"]["created_at_end"].string == "2025-06-08T22:00:00Z")
        #expect(question["filters"]["team_ids"] == ["PSRE", "PPAY"])
        #expect(question["time_zone"].string == "Europe/Berlin")
        let sent = shown.message.sent
        #expect(sent.contains("Incident Activity · 2–8 Jun 2025"))
        #expect(sent.contains("*Incidents*\\n12"))
        #expect(sent.contains("*Mean time to resolve*\\n1 h 5 min"))
        #expect(sent.contains("12 incidents, as many as the week before."))
        #expect(sent.contains("• *P1*: 12 incidents"))
        #expect(sent.contains(#""slack_file":{"id":"F0CHART1"}"#), "the chart")
        for button in [
            "Incident Activity", "Service Performance", "Team Health", "On-Call Load", "Share…", "Manage Subscriptions",
        ] {
            #expect(sent.contains("\"text\":\"\(button)\""))
        }
        #expect(sent.contains("<https://acme.pagerduty.com/teams/PSRE|SRE>"))
    }

    @Test func `a job that runs twice shows one message`() async throws {
        let host = Self.host()
        let driver = PluginDriver(InsightsPlugin.self, host)
        let job = try #require(try await driver.submit("subscription", Self.filled).jobs.first)
        try await driver.perform(job)
        try await driver.perform(job)
        #expect(Set(host.shown.map(\.key)).count == 1)
    }

    @Test func `a week without incidents is a report too`() async throws {
        let host = Self.host {
            $0.pagerDuty["POST /analytics/metrics/incidents/teams/all"] = [.json(#"{"data": []}"#)]
        }
        let driver = PluginDriver(InsightsPlugin.self, host)
        try await driver.perform(try #require(try await driver.submit("subscription", Self.filled).jobs.first))
        #expect(host.shown.first?.message.sent.contains("*Incidents*\\n0") == true)
    }

    @Test func `a report that can't be made now is tried again, one that never can says why`() async throws {
        let host = Self.host {
            $0.pagerDuty["POST /analytics/metrics/incidents/teams/all"] = [.json("", status: 503)]
        }
        let driver = PluginDriver(InsightsPlugin.self, host)
        let job = try #require(try await driver.submit("subscription", Self.filled).jobs.first)
        await #expect(throws: PagerDutyError.self) { try await driver.perform(job) }
        #expect(host.shown.isEmpty)
        host.state.withLock {
            $0.pagerDuty["POST /analytics/metrics/incidents/teams/all"] = [
                .json(#"{"error": {"code": 2010}}"#, status: 403)
            ]
        }
        try await driver.perform(job)
        try await driver.perform(job)
        #expect(host.shown.count == 1, "it is said once")
        #expect(host.shown.first?.message.text.source.contains("could not be made") == true)
    }

    @Test func `the other faces of a report replace it`() async throws {
        let host = Self.host()
        let driver = PluginDriver(InsightsPlugin.self, host)
        _ = try await driver.submit("subscription", Self.filled)
        let services = try await driver.action("report-services", .text("V1 1748815200 1749420000"))
        #expect(
            services.updatedMessage?.sent.contains(
                "• *Checkout*: 9 incidents, acknowledged in 1 min 30 s, resolved in 59 s, up 99.93 %") == true)
        #expect(services.updatedMessage?.sent.contains("*Checkout* caused 75 % of all incidents") == true)
        let teams = try await driver.action("report-teams", .text("V1 1748815200 1749420000"))
        #expect(teams.updatedMessage?.sent.contains("• *Ada*: 3 interruptions, 3 in sleep hours") == true)
        let onCall = try await driver.action("report-on-call", .text("V1 1748815200 1749420000"))
        #expect(onCall.updatedMessage?.sent.contains("*Ada* carried 83 % of the hours on call, 5 d") == true)
        #expect(onCall.updatedMessage?.sent.contains("*Ben &lt;b&gt;* 1 d 0 h") != true)
    }

    @Test(arguments: [
        "", "V1", "V1 1 2 3", "V1 x y", "V1 -5 5", "V1 5 5", "V1 9 5", "V1 0 99999999999",
        "V1 9223372036854775807 9223372036854775807", "V1 0 40000000",
    ])
    func `a value that is none of ours changes nothing`(value: String) async throws {
        let host = Self.host()
        let driver = PluginDriver(InsightsPlugin.self, host)
        _ = try await driver.submit("subscription", Self.filled)
        let before = host.asked.count
        let reply = try await driver.action("report-teams", .text(value))
        #expect(reply.updatedMessage == nil)
        #expect(host.asked.count == before)
    }

    @Test func `somebody else's button shows nothing of theirs`() async throws {
        let host = Self.host()
        var driver = PluginDriver(InsightsPlugin.self, host)
        _ = try await driver.submit("subscription", Self.filled)
        driver.person = Person(id: "U0BEN0001", teamID: "T0ACME001")
        let reply = try await driver.action("report-activity", .text("V1 1748815200 1749420000"))
        #expect(reply.ephemeralMessage?.text.source.contains("has ended") == true)
        _ = try await driver.action("subscription-menu", Self.option("unsubscribe V1"))
        #expect(host.subscriptions.count == 1, "and ends nothing of theirs")
    }

    // MARK: The schedule

    @Test func `a subscription that is due gets one report, and the next date`() async throws {
        let host = Self.host()
        let driver = PluginDriver(InsightsPlugin.self, host)
        _ = try await driver.submit("subscription", Self.filled)
        try await driver.tick("due")
        #expect(host.jobs.isEmpty, "Monday has not come")
        let monday = try Self.seconds("2025-06-16T07:30:00Z")
        host.state.withLock { $0.now = Date(timeIntervalSince1970: Double(monday)) }
        try await driver.tick("due")
        try await driver.tick("due")
        #expect(host.jobs.map { $0.job.uniqueKey } == ["report/U0ADA0001/V1/\(monday)"])
        try await driver.perform(try #require(host.jobs.first))
        #expect(host.shown.first?.message.sent.contains("9–15 Jun 2025") == true)
    }

    @Test func `reports that were missed are not all made up for`() async throws {
        let host = Self.host()
        let driver = PluginDriver(InsightsPlugin.self, host)
        _ = try await driver.submit("subscription", Self.filled)
        host.state.withLock { $0.now += 100 * 86_400 }
        try await driver.tick("due")
        try await driver.tick("due")
        #expect(host.jobs.count == 1)
        try await driver.perform(try #require(host.jobs.first))
        let sent = try #require(host.shown.first?.message.sent)
        #expect(sent.contains("15–21 Sep 2025"), "the last one that was due")
        #expect(sent.contains("Late: due <!date^\(try Self.seconds("2025-09-22T07:30:00Z"))^"))
    }

    @Test func `a subscription that rests brings nothing, and makes nothing up afterwards`() async throws {
        let host = Self.host()
        let driver = PluginDriver(InsightsPlugin.self, host)
        _ = try await driver.submit("subscription", Self.filled)
        let paused = try await driver.action("subscription-menu", Self.option("pause V1")).updatedMessage
        #expect(paused?.sent.contains("Paused") == true)
        host.state.withLock { $0.now += 8 * 86_400 }
        try await driver.tick("due")
        _ = try await driver.action("subscription-menu", Self.option("resume V1"))
        try await driver.tick("due")
        #expect(host.jobs.isEmpty)
    }

    // MARK: Pictures, places

    @Test func `where no file may be uploaded the numbers are shown as blocks`() async throws {
        let host = Self.host {
            $0.slackErrors["files.getUploadURLExternal"] = SlackError(code: "missing_scope", neededScope: "files:write")
        }
        let driver = PluginDriver(InsightsPlugin.self, host)
        try await driver.perform(try #require(try await driver.submit("subscription", Self.filled).jobs.first))
        let sent = try #require(host.shown.first?.message.sent)
        #expect(!sent.contains("slack_file"))
        #expect(sent.contains("High urgency, up to"))
    }

    @Test func `an upload that may work later is tried again`() async throws {
        let host = Self.host { $0.slackErrors["files.getUploadURLExternal"] = SlackError(code: "rate_limited") }
        let driver = PluginDriver(InsightsPlugin.self, host)
        let job = try #require(try await driver.submit("subscription", Self.filled).jobs.first)
        await #expect(throws: SlackError.self) { try await driver.perform(job) }
        #expect(host.shown.isEmpty)
    }

    @Test func `a hundred people who subscribed to the same cost PagerDuty one report`() async throws {
        let host = Self.host()
        var driver = PluginDriver(InsightsPlugin.self, host)
        var asked: [Int] = []
        for number in 1...3 {
            driver.person = Person(id: "U0ADA000\(number)", teamID: "T0ACME001")
            let job = try #require(try await driver.submit("subscription", view: "V\(number)", Self.filled).jobs.first)
            let before = host.asked.count
            try await driver.perform(job)
            asked.append(host.asked.count - before)
        }
        #expect(asked[0] > 0)
        #expect(Array(asked.dropFirst()) == [0, 0])
        #expect(host.charts.count == 1, "and Slack one file")
    }

    @Test func `a report goes to the channel that was chosen`() async throws {
        let host = Self.host {
            $0.slack["conversations.info"] = [["channel": ["id": "C0SRE0001", "name": "sre", "is_member": true]]]
        }
        let driver = PluginDriver(InsightsPlugin.self, host)
        let fields = Self.filled.merging(["channel": .channel("C0SRE0001")]) { $1 }
        try await driver.perform(try #require(try await driver.submit("subscription", fields).jobs.first))
        #expect(host.shown.map(\.channel) == ["C0SRE0001"])
    }

    @Test(arguments: [
        (["id": "C0SRE0001", "is_member": false] as JSONValue, "type /invite"),
        (["id": "C0SRE0001", "is_member": true, "is_archived": true] as JSONValue, "archived"),
        (["id": "C0SRE0001", "is_member": true, "is_ext_shared": true] as JSONValue, "another organization"),
    ])
    func `a channel that can't show reports is refused with the mend`(channel: JSONValue, words: String) async throws {
        let host = Self.host { $0.slack["conversations.info"] = [["channel": channel]] }
        let fields = Self.filled.merging(["channel": .channel("C0SRE0001")]) { $1 }
        let reply = try await PluginDriver(InsightsPlugin.self, host).submit("subscription", fields)
        #expect(reply.errors["channel"]?.contains(words) == true)
        #expect(host.subscriptions.isEmpty)
    }

    @Test func `reports on services ask for services`() async throws {
        let host = Self.host {
            $0.pagerDuty["GET /services"] = [.json(#"{"services": [{"id": "PS1", "name": "Checkout"}]}"#)]
            $0.pagerDuty["POST /analytics/metrics/incidents/services/all"] = [.json(Self.total)]
        }
        let driver = PluginDriver(InsightsPlugin.self, host)
        let fields = Self.filled.merging(["teams": .none, "services": .options([ChosenOption(value: "PS1")])]) { $1 }
        try await driver.perform(try #require(try await driver.submit("subscription", fields).jobs.first))
        let question = try #require(host.asked.first { $0.request.target.hasSuffix("/services/all") }?.body)
        #expect(question["filters"]["service_ids"] == ["PS1"])
        #expect(question["filters"]["team_ids"] == .null)
    }

    // MARK: Managing

    @Test func `subscriptions are listed and ended one by one`() async throws {
        let host = Self.host()
        let driver = PluginDriver(InsightsPlugin.self, host)
        let job = try #require(try await driver.submit("subscription", view: "V1", Self.filled).jobs.first)
        _ = try await driver.submit("subscription", view: "V2", Self.filled)
        let list = try await driver.command("insights", "manage").ephemeralMessage
        #expect(list?.sent.ranges(of: "\"Unsubscribe\"").count == 2)
        let after = try await driver.action("subscription-menu", Self.option("unsubscribe V1")).updatedMessage
        #expect(after?.sent.ranges(of: "\"Unsubscribe\"").count == 1)
        let none = try await driver.action("subscription-menu", Self.option("unsubscribe V2")).updatedMessage
        #expect(none?.text.source == "You have no subscriptions.")
        try await driver.perform(job)
        #expect(host.shown.isEmpty, "a report that was on its way is not delivered")
        #expect(try await driver.action("manage", .none).ephemeralMessage?.text.source == "You have no subscriptions.")
    }

    // MARK: Who

    @Test func `with requireLink it is read as the person, and who is not linked is asked to`() async throws {
        let host = Self.host()
        var driver = PluginDriver(InsightsPlugin.self, host)
        driver.settings.requireLink = true
        await #expect(throws: AccountError.notLinked(provider: "pagerduty")) { try await driver.command("insights") }
        host.state.withLock {
            $0.linked["U0ADA0001"] = LinkedAccount(userID: "PADA", name: "Ada", email: "ada@acme.example")
        }
        let job = try #require(try await driver.submit("subscription", Self.filled).jobs.first)
        try await driver.perform(job)
        #expect(host.lines.allSatisfy { $0.hasPrefix("U0ADA0001: ") })
        host.state.withLock { $0.linked = [:] }
        try await driver.perform(job)
        #expect(host.shown.last?.message.text.source.contains("could not be made") == true)
    }
}
