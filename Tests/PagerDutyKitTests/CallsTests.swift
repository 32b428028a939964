import FoundationEssentials
import PagerDutyKit
import PluginAPI
import Testing

@Suite struct CallsTests {
    let service = PagerDuty.ID("PSVC001")
    let person = PagerDuty.ID("PUSR001")

    static func query(_ request: HTTPRequest) -> [String] { request.query.map { "\($0.name)=\($0.value)" } }

    @Test func `a search is a path and a query, which the host encodes`() {
        let request = PagerDutyList<PagerDuty.Service>.services(matching: "a&b=c d/é#").page(limit: 20).request
        #expect(request.method == "GET")
        #expect(request.target == "/services")
        #expect(Self.query(request) == ["query=a&b=c d/é#", "limit=20", "offset=0"])
        #expect(request.headers.contains { $0 == ("accept", "application/vnd.pagerduty+json;version=2") })
    }

    @Test func `an empty search asks for all, an endless one is cut`() {
        let all = PagerDutyList<PagerDuty.User>.users().page().request
        #expect(Self.query(all) == ["limit=100", "offset=0"])
        let long = PagerDutyList<PagerDuty.User>.users(matching: String(repeating: "a", count: 9_999)).page().request
        #expect(long.query.first?.value.utf8.count == 100)
    }

    @Test(arguments: [(-5, -1, ["limit=1", "offset=0"]), (.max, .max, ["limit=100", "offset=10000"])])
    func `pages stay within what PagerDuty takes`(offset: Int, limit: Int, query: [String]) {
        #expect(Self.query(PagerDutyList<PagerDuty.Team>.teams().page(offset: offset, limit: limit).request) == query)
    }

    @Test func `on-calls are asked for with people spelled out, in a stretch of time`() throws {
        let policy = try #require(PagerDuty.ID("PEP1"))
        let start = Date(timeIntervalSince1970: 1_700_000_000)
        let request = PagerDutyList<PagerDuty.OnCall>.onCalls(policy: policy, during: start..<start + 3600)
            .page().request
        #expect(request.target == "/oncalls")
        #expect(
            Self.query(request) == [
                "escalation_policy_ids[]=PEP1", "include[]=users", "time_zone=UTC", "since=2023-11-14T22:13:20Z",
                "until=2023-11-14T23:13:20Z", "limit=100", "offset=0",
            ])
    }

    @Test func `making an incident names the person in From and carries its key`() throws {
        let service = try #require(service)
        let write = PagerDutyWrite.create(
            PagerDuty.NewIncident(
                service: service, title: "Database is down", details: "since noon", urgency: .high,
                priority: PagerDuty.ID("PPRI1"), assignee: person, key: "slack-1"))
        let request = try write.request(from: "ada@acme.example")
        #expect(request.method == "POST")
        #expect(request.target == "/incidents")
        #expect(request.headers.contains { $0 == ("from", "ada@acme.example") })
        let body = try JSONDecoder().decode([String: Sent].self, from: Data(request.body))
        let incident = try #require(body["incident"])
        #expect(
            incident
                == Sent(
                    type: "incident", title: "Database is down",
                    service: .init(id: "PSVC001", type: "service_reference"),
                    priority: .init(id: "PPRI1", type: "priority_reference"), urgency: "high",
                    body: .init(details: "since noon"), incident_key: "slack-1",
                    assignments: [.init(assignee: .init(id: "PUSR001", type: "user_reference"))]))
    }

    @Test func `an incident without options sends none`() throws {
        let service = try #require(service)
        let write = PagerDutyWrite.create(PagerDuty.NewIncident(service: service, title: "x", key: "k"))
        let body = Data(try write.request(from: "a@b").body)
        let incident = try #require(try JSONDecoder().decode([String: Sent].self, from: body)["incident"])
        #expect(incident.priority == nil)
        #expect(incident.assignments == nil)
        #expect(incident.urgency == nil)
        #expect(incident.body == nil)
    }

    @Test(arguments: ["", "ada@acme.example\r\nX-Evil: 1", "ada @acme.example", "ada\u{301}@acme.example"])
    func `an address that can't stand in a header is refused`(email: String) throws {
        let service = try #require(service)
        let write = PagerDutyWrite.create(PagerDuty.NewIncident(service: service, title: "x", key: "k"))
        #expect(throws: PagerDutyError.self) { try write.request(from: email) }
    }

    @Test func `adding a person always says the role`() throws {
        let write = PagerDutyWrite.add(PagerDuty.NewUser(name: "Chloe", email: "c@acme.example", role: .responder))
        let request = try write.request(from: "ada@acme.example")
        #expect(request.target == "/users")
        #expect(request.headers.contains { $0 == ("from", "ada@acme.example") })
        let body = try JSONDecoder().decode([String: [String: String]].self, from: Data(request.body))
        #expect(
            body == ["user": ["type": "user", "name": "Chloe", "email": "c@acme.example", "role": "limited_user"]])
    }

    @Test func `analytics are read with POST`() throws {
        let start = Date(timeIntervalSince1970: 1_700_000_000)
        let call = PagerDutyRead.incidentMetrics(
            by: .team,
            AnalyticsFilter(
                period: start..<start + 86_400, teams: [try #require(PagerDuty.ID("PT1"))], timeZone: "Europe/Berlin",
                urgency: .high), byDay: true)
        #expect(call.request.method == "POST")
        #expect(call.request.target == "/analytics/metrics/incidents/teams")
        let body = String(decoding: call.request.body, as: UTF8.self)
        #expect(body.contains(#""created_at_start":"2023-11-14T22:13:20Z""#))
        #expect(body.contains(#""team_ids":["PT1"]"#))
        #expect(body.contains(#""time_zone":"Europe/Berlin""#))
        #expect(body.contains(#""urgency":"high""#))
        #expect(body.contains(#""aggregate_unit":"day""#))
    }

    @Test func `answers are unwrapped, and an answer without its key is an error`() throws {
        let read = PagerDutyRead.me
        #expect(try read.decode(Array(#"{"user": {"id": "P1"}, "more": 7}"#.utf8)).id.value == "P1")
        for odd in [#"{"users": []}"#, "[]", "", "<html>", #"{"user": null}"#, #"{"user": []}"#] {
            #expect(throws: DecodingError.self) { try read.decode(Array(odd.utf8)) }
        }
    }

    @Test func `a page passes over what it can't read`() throws {
        let page = try PagerDutyList<PagerDuty.Team>.teams().page().decode(
            Array(#"{"teams": [{"id": "P1"}, null, {"name": "x"}, {"id": "P2"}], "more": true, "total": null}"#.utf8))
        #expect(page.elements.map(\.id.value) == ["P1", "P2"])
        #expect(page.more)
        let last = try PagerDutyList<PagerDuty.Team>.teams().page().decode(Array(#"{"teams": [], "more": null}"#.utf8))
        #expect(!last.more)
        #expect(throws: DecodingError.self) {
            try PagerDutyList<PagerDuty.Team>.teams().page().decode(Array(#"{"more": true}"#.utf8))
        }
    }

    @Test func `all pages are read up to a bound, which is said`() async throws {
        func team(_ number: Int) -> PagerDuty.Team? {
            PagerDuty.ID("P\(number)").map { PagerDuty.Team(id: $0, name: "Team \(number)") }
        }
        var queries: [[String]] = []
        let some = await PagerDutyList<PagerDuty.Team>.teams().all(limit: 150) { call in
            queries.append(Self.query(call.request))
            return Page((0..<100).compactMap(team), more: true)
        }
        #expect(some.elements.count == 150)
        #expect(some.more)
        #expect(queries == [["limit=100", "offset=0"], ["limit=100", "offset=100"]])

        let few = await PagerDutyList<PagerDuty.Team>.teams().all(limit: 150) { _ in
            Page([0, 1].compactMap(team), more: false)
        }
        #expect(few.elements.count == 2)
        #expect(!few.more)
    }

    @Test func `a list that never ends is left at PagerDuty's own bound`() async {
        var calls = 0
        let page = await PagerDutyList<PagerDuty.Team>.teams().all(limit: .max) { _ in
            calls += 1
            return Page<PagerDuty.Team>([], more: true)
        }
        #expect(calls == 100)
        #expect(page.more)
    }

    @Test func `the same form makes the same key, another form another one`() {
        let key = IncidentKey.make("T1", "U1", "V1")
        #expect(key == IncidentKey.make("T1", "U1", "V1"))
        #expect(key != IncidentKey.make("T1", "U1V", "1"))
        #expect(key != IncidentKey.make("T1", "U2", "V1"))
        #expect(key.utf8.count == 46)
        #expect(key.hasPrefix("slack-"))
    }

    @Test func `a region decides the address unless it is overridden`() {
        #expect(PagerDuty.Endpoints(.us).api == "https://api.pagerduty.com")
        #expect(PagerDuty.Endpoints(.eu).api == "https://api.eu.pagerduty.com")
        let simulated = PagerDuty.Endpoints(.us, api: "http://127.0.0.1:8080/pd//", identity: "http://127.0.0.1:1/")
        #expect(simulated.api == "http://127.0.0.1:8080/pd")
        #expect(simulated.identity == "http://127.0.0.1:1")
    }
}

/// What was sent, read with the wire's own names.
private struct Sent: Decodable, Equatable {
    var type: String
    var title: String
    var service: Target
    var priority: Target?
    var urgency: String?
    var body: Body?
    var incident_key: String
    var assignments: [Assignment]?

    struct Target: Decodable, Equatable {
        var id: String
        var type: String
    }
    struct Body: Decodable, Equatable { var details: String }
    struct Assignment: Decodable, Equatable { var assignee: Target }
}
