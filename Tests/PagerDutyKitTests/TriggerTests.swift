import FoundationEssentials
import PagerDutyKit
import PluginAPI
import PluginTestKit
import Testing
import TriggerPlugin

@Suite struct TriggerTests {
    static let services = #"""
        {"services": [{"id": "PCHECK", "name": "Checkout"}, {"id": "PAPI", "name": "Checkout API"},
         {"id": "POLD", "name": "Old", "status": "disabled"}], "more": false}
        """#
    static let priorities =
        #"{"priorities": [{"id": "PP1", "name": "P1"}, {"id": "PP2", "name": "P2"}], "more": false}"#
    static let incident = #"""
        {"incident": {"id": "PINC1", "incident_number": 42, "title": "Database is <down>", "status": "triggered",
         "urgency": "high", "service": {"id": "PCHECK", "summary": "Checkout"}, "incident_key": "KEY",
         "priority": {"id": "PP1", "summary": "P1"}, "html_url": "https://acme.pagerduty.com/incidents/PINC1",
         "assignments": [{"assignee": {"id": "PBEN", "summary": "Ben Okafor"}}]}}
        """#

    static func host(_ prepare: (inout FakeHost.State) -> Void = { _ in }) -> FakeHost {
        FakeHost { state in
            state.linked["U0ADA0001"] = LinkedAccount(userID: "PADA", name: "Ada Martin", email: "ada@acme.example")
            state.pagerDuty["GET /services"] = [.json(services)]
            state.pagerDuty["GET /priorities"] = [.json(priorities)]
            state.pagerDuty["POST /incidents"] = [.json(incident, status: 201)]
            prepare(&state)
        }
    }

    static let filled: [String: FieldValue] = [
        "service": .option(ChosenOption(value: "PCHECK")), "title": .text("Database is <down>"),
        "description": .text("since noon"), "urgency": .option(ChosenOption(value: "high")),
        "priority": .option(ChosenOption(value: "PP1")), "assignee": .option(ChosenOption(value: "PBEN")),
    ]

    // MARK: The form

    @Test func `the form opens with what was typed in its fields`() async throws {
        let driver = PluginDriver(TriggerPlugin.self, Self.host())
        let reply = try await driver.command(
            "trigger", #"checkout "Database is down" --urgency low --priority p1 --description "since noon""#)
        let form = try #require(try await reply.form()?.sent)
        #expect(
            form.contains(
                #""initial_option":{"text":{"emoji":true,"text":"Checkout","type":"plain_text"},"value":"PCHECK"}"#))
        #expect(form.contains(#""initial_value":"Database is down""#))
        #expect(form.contains(#""initial_value":"since noon""#))
        #expect(
            form.contains(#""initial_option":{"text":{"emoji":true,"text":"P1","type":"plain_text"},"value":"PP1"}"#))
        #expect(form.contains(#""Impacted Service""#))
        #expect(form.contains(#""value":"low"},"options":"#) || form.contains(#""type":"plain_text"},"value":"low"}"#))
    }

    @Test func `somebody in Slack is chosen by the e-mail address`() async throws {
        let host = Self.host {
            $0.slack["users.info"] = [["user": ["id": "U0BEN0001", "profile": ["email": "Ben@acme.example"]]]]
            $0.pagerDuty["GET /users"] = [
                .json(
                    #"""
                    {"users": [{"id": "PX", "name": "X", "email": "xben@acme.example"},
                     {"id": "PBEN", "name": "Ben", "email": "ben@acme.example", "role": "limited_user"}]}
                    """#)
            ]
        }
        let driver = PluginDriver(TriggerPlugin.self, host)
        let form = try #require(
            try await driver.command("trigger", #"checkout "It is down" --assign-to <@U0BEN0001|ben>"#).form()?.sent)
        #expect(form.contains(#""value":"PBEN""#))
        #expect(!form.contains(#""value":"PX""#))
    }

    @Test func `somebody without a PagerDuty user is named, and the form is there all the same`() async throws {
        let host = Self.host { $0.slackErrors["users.info"] = SlackError(code: "user_not_found") }
        let form = try await PluginDriver(TriggerPlugin.self, host)
            .command("trigger", "checkout --assign-to <@U0BEN0001>").form()
        #expect(form?.sent.contains("<@U0BEN0001> has no PagerDuty user") == true)
    }

    @Test func `a title needs no quotes`() async throws {
        let driver = PluginDriver(TriggerPlugin.self, Self.host())
        let form = try await driver.command("trigger", "checkout Database is down").form()
        #expect(form?.sent.contains(#""initial_value":"Database is down""#) == true)
    }

    @Test func `the form opens before PagerDuty was asked anything`() async throws {
        let host = Self.host()
        let reply = try await PluginDriver(TriggerPlugin.self, host).command("trigger", "checkout")
        #expect(host.lines.isEmpty)
        _ = try await reply.form()
        #expect(
            host.lines.sorted() == [
                "account: GET /priorities?limit=100&offset=0",
                "account: GET /services?query=checkout&limit=100&offset=0",
            ])
    }

    @Test(arguments: [
        ("chec", "could be *Checkout*, *Checkout API*"), ("zzz", "No service is called “zzz”"),
        ("old", "*Old* is disabled"), ("<!channel>", "No service is called “&lt;!channel&gt;”"),
    ])
    func `a service that is not clear is asked for`(typed: String, remark: String) async throws {
        let driver = PluginDriver(TriggerPlugin.self, Self.host())
        let form = try #require(try await driver.command("trigger", "\"\(typed)\"").form()?.sent)
        #expect(form.contains(remark))
        #expect(!form.contains(#""value":"PCHECK"},"min"#))
    }

    @Test func `an account without priorities gets a form without them`() async throws {
        let host = Self.host { $0.pagerDuty["GET /priorities"] = [.json("{}", status: 402)] }
        let form = try #require(try await PluginDriver(TriggerPlugin.self, host).command("trigger").form()?.sent)
        #expect(!form.contains(#""Priority""#))
        #expect(form.contains(#""Urgency""#))
    }

    @Test func `the urgency that the form starts with is a setting`() async throws {
        var driver = PluginDriver(TriggerPlugin.self, Self.host())
        driver.settings.defaultUrgency = .low
        let form = try #require(try await driver.command("trigger").form()?.json(idPrefix: ""))
        let urgency = form["blocks"].array?.first { $0["block_id"].string == "urgency" }
        #expect(urgency?["element"]["initial_option"]["value"].string == "low")
    }

    @Test func `who has no account linked is asked to link it before filling anything in`() async throws {
        let host = Self.host { $0.linked = [:] }
        await #expect(throws: AccountError.notLinked(provider: "pagerduty")) {
            try await PluginDriver(TriggerPlugin.self, host).command("trigger")
        }
    }

    @Test func `a workspace that is not connected reads why, with the code people search for`() async throws {
        let host = Self.host { $0.mapped = nil }
        let reply = try await PluginDriver(TriggerPlugin.self, host).command("trigger", "checkout")
        let error = await #expect(throws: AccountError.self) { try await reply.form() }
        #expect(error?.sentence.contains("403_client_error") == true)
    }

    // MARK: Menus

    @Test func `the menus offer what PagerDuty finds, but nothing that takes no incidents`() async throws {
        let host = Self.host {
            $0.pagerDuty["GET /users"] = [
                .json(
                    #"""
                    {"users": [{"id": "PBEN", "name": "Ben", "email": "ben@acme.example", "role": "limited_user"},
                     {"id": "PSTK", "name": "Ben Boss", "role": "read_only_user"}]}
                    """#)
            ]
        }
        let driver = PluginDriver(TriggerPlugin.self, host)
        #expect(try await driver.options("service", typed: "").map(\.value) == ["PCHECK", "PAPI"])
        #expect(try await driver.options("assignee", typed: "ben").map(\.value) == ["PBEN"])
    }

    @Test func `a menu is empty while PagerDuty is away`() async throws {
        let host = Self.host { $0.pagerDuty["GET /services"] = [.json("", status: 503)] }
        #expect(try await PluginDriver(TriggerPlugin.self, host).options("service", typed: "c").isEmpty)
    }

    // MARK: Sending it

    @Test func `the incident is made as the person, with everything that was filled in`() async throws {
        let host = Self.host()
        let reply = try await PluginDriver(TriggerPlugin.self, host).submit("incident", Self.filled)
        let write = try #require(host.writes.first)
        #expect(host.writes.count == 1)
        #expect(write.person == "U0ADA0001")
        #expect(write.request.headers.contains { $0 == ("from", "ada@acme.example") })
        let incident = write.body["incident"]
        #expect(incident["service"]["id"].string == "PCHECK")
        #expect(incident["title"].string == "Database is <down>")
        #expect(incident["body"]["details"].string == "since noon")
        #expect(incident["urgency"].string == "high")
        #expect(incident["priority"]["id"].string == "PP1")
        #expect(incident["assignments"][0]["assignee"]["id"].string == "PBEN")
        let told = try #require(reply.told?.sent)
        #expect(told.contains("<https://acme.pagerduty.com/incidents/PINC1|incident #42>"))
        #expect(told.contains("Database is &lt;down&gt;"))
        #expect(told.contains("Assigned to Ben Okafor"))
    }

    @Test func `the same form has the same key, another one another`() async throws {
        let host = Self.host()
        let driver = PluginDriver(TriggerPlugin.self, host)
        _ = try await driver.submit("incident", view: "V1", Self.filled)
        _ = try await driver.submit("incident", view: "V1", Self.filled)
        _ = try await driver.submit("incident", view: "V2", Self.filled)
        let keys = host.writes.compactMap { $0.body["incident"]["incident_key"].string }
        #expect(keys.count == 3)
        #expect(keys[0] == keys[1])
        #expect(keys[1] != keys[2])
    }

    /// The answer to a search for the key of this form.
    static func found(service: String = "PCHECK") -> HTTPResponse {
        let key = IncidentKey.make("T0ACME001", "U0ADA0001", "V1")
        return .json(
            #"{"incidents": [{"id": "PINC1", "incident_number": 42, "title": "x", "incident_key": "\#(key)", "service": {"id": "\#(service)"}}]}"#
        )
    }

    static let duplicate = HTTPResponse.json(
        #"{"error": {"code": 2002, "errors": ["Open incident with matching dedup key already exists on this service"]}}"#,
        status: 400)

    @Test func `a double submit tells of the one incident`() async throws {
        let host = Self.host {
            $0.pagerDuty["POST /incidents"] = [Self.duplicate]
            $0.pagerDuty["GET /incidents"] = [Self.found()]
        }
        let reply = try await PluginDriver(TriggerPlugin.self, host).submit("incident", Self.filled)
        #expect(reply.told?.sent.contains("incident #42") == true)
        #expect(host.lines.last?.hasPrefix("U0ADA0001: GET /incidents?incident_key=slack-") == true)
    }

    @Test(arguments: [HTTPResponse.none, .json("<html>", status: 502), .json("not json", status: 201)])
    func `an answer that never came is looked for`(answer: HTTPResponse) async throws {
        let host = Self.host {
            $0.fault = HTTPFault.timeout
            $0.pagerDuty["POST /incidents"] = [answer]
            $0.pagerDuty["GET /incidents"] = [Self.found()]
        }
        let reply = try await PluginDriver(TriggerPlugin.self, host).submit("incident", Self.filled)
        #expect(reply.told?.sent.contains("incident #42") == true)
        #expect(host.writes.count == 1)
    }

    @Test func `an incident that was not made can be sent again from the same form`() async throws {
        let host = Self.host {
            $0.fault = HTTPFault.timeout
            $0.pagerDuty["POST /incidents"] = [.none]
            $0.pagerDuty["GET /incidents"] = [.json(#"{"incidents": []}"#)]
        }
        let reply = try await PluginDriver(TriggerPlugin.self, host).submit("incident", Self.filled)
        #expect(reply.errors["title"]?.contains("never makes a second incident") == true)
    }

    @Test func `somebody else's incident under the key is not taken for this one`() async throws {
        let host = Self.host {
            $0.pagerDuty["POST /incidents"] = [Self.duplicate]
            $0.pagerDuty["GET /incidents"] = [Self.found(service: "POTHER")]
        }
        let reply = try await PluginDriver(TriggerPlugin.self, host).submit("incident", Self.filled)
        #expect(reply.told == nil)
        #expect(!reply.errors.isEmpty)
    }

    // MARK: Problems at their fields

    @Test(arguments: [
        (["service": FieldValue.none], "service"), (["service": .option(ChosenOption(value: "../users"))], "service"),
        (["title": .text("  \n ")], "title"), (["title": .text(String(repeating: "a", count: 1_025))], "title"),
        (["assignee": .option(ChosenOption(value: "no id"))], "assignee"),
        (["priority": .option(ChosenOption(value: "<x>"))], "priority"),
    ])
    func `what is missing or odd is said at its field, and nothing is sent`(
        change: [String: FieldValue], field: String
    ) async throws {
        let host = Self.host()
        let fields = Self.filled.merging(change) { $1 }
        let reply = try await PluginDriver(TriggerPlugin.self, host).submit("incident", fields)
        #expect(reply.errors.keys.sorted() == [field])
        #expect(host.asked.isEmpty)
    }

    @Test(arguments: [
        (403, #"{"error": {"code": 2010}}"#, "service", "Your PagerDuty role"),
        (400, #"{"error": {"code": 2001, "errors": ["Title can't be blank"]}}"#, "title", "Title can't be blank."),
        (400, #"{"error": {"code": 2001, "errors": ["Priority not found"]}}"#, "priority", "Priority not found"),
        (400, #"{"error": {"code": 2001, "errors": ["Assignee is no user"]}}"#, "assignee", "Assignee"),
        (400, #"{"error": {"code": 2001, "errors": ["Hm"]}}"#, "service", "Hm"),
        (404, #"{"error": {"code": 2100}}"#, "service", "doesn't have this any more"),
        (429, "", "title", "busy"), (402, "", "title", "plan"),
    ])
    func `what PagerDuty refuses is said at the field it is about`(
        status: Int, body: String, field: String, words: String
    ) async throws {
        let host = Self.host { $0.pagerDuty["POST /incidents"] = [.json(body, status: status)] }
        let reply = try await PluginDriver(TriggerPlugin.self, host).submit("incident", Self.filled)
        #expect(reply.errors.keys.sorted() == [field])
        #expect(reply.errors[field]?.contains(words) == true)
    }

    @Test func `a link that PagerDuty no longer accepts is asked for anew, and nothing else is used instead`()
        async throws
    {
        let host = Self.host { $0.pagerDuty["POST /incidents"] = [.json("", status: 401)] }
        await #expect(throws: AccountError.linkExpired(provider: "pagerduty")) {
            try await PluginDriver(TriggerPlugin.self, host).submit("incident", Self.filled)
        }
        #expect(host.lines == ["U0ADA0001: POST /incidents"])
    }
}
