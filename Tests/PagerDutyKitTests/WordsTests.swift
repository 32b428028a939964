import FoundationEssentials
import PagerDutyKit
import Testing

/// What PagerDuty sends is outside input: its own samples hold nulls, numbers as text and texts as booleans.
@Suite struct WordsTests {
    static func decode<Value: Decodable>(_ type: Value.Type, _ json: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(json.utf8))
    }

    @Test func `a user as PagerDuty's reference shows it`() throws {
        let user = try Self.decode(
            PagerDuty.User.self,
            #"""
            {"id": "PXPGF42", "type": "user", "summary": "Earline Greenholt",
             "self": "https://api.pagerduty.com/users/PXPGF42",
             "html_url": "https://subdomain.pagerduty.com/users/PXPGF42", "name": "Earline Greenholt",
             "email": "125.greenholt.earline@graham.name", "time_zone": "America/Lima", "role": "admin",
             "description": null, "invitation_sent": false, "created_via_sso": "true,", "teams": null}
            """#)
        #expect(user.id.value == "PXPGF42")
        #expect(user.name == "Earline Greenholt")
        #expect(user.email == "125.greenholt.earline@graham.name")
        #expect(user.role == .admin)
        #expect(user.timeZone == "America/Lima")
        #expect(user.link?.address == "https://subdomain.pagerduty.com/users/PXPGF42")
    }

    @Test(arguments: [
        #"{"id": "P1"}"#,
        #"{"id": "P1", "name": null, "email": null, "role": null, "html_url": null, "time_zone": null}"#,
        #"{"id": "P1", "name": 7, "email": [], "role": {}, "html_url": 1, "time_zone": true, "invitation_sent": "x"}"#,
        #"{"id": "P1", "name": "", "summary": "", "html_url": "javascript:alert(1)"}"#,
    ])
    func `a user with nothing but an id is called by it`(json: String) throws {
        let user = try Self.decode(PagerDuty.User.self, json)
        #expect(user.name == "P1")
        #expect(user.email == nil)
        #expect(user.role == nil)
        #expect(user.link == nil)
        #expect(!user.invitationSent)
    }

    @Test func `a role that PagerDuty adds tomorrow is kept and shown as it is`() throws {
        let user = try Self.decode(PagerDuty.User.self, #"{"id": "P1", "role": "night_watch"}"#)
        #expect(user.role?.name == "night_watch")
        #expect(PagerDuty.Role.responder.rawValue == "limited_user")
        #expect(PagerDuty.Role(rawValue: "user").name == "Manager")
    }

    @Test(arguments: [
        "{}", "[]", "null", "7", #""P1""#, #"{"id": null}"#, #"{"id": ""}"#, #"{"id": "../users/me"}"#,
        #"{"id": "P1 "}"#, #"{"id": "P1?x=1"}"#, #"{"id": "P\u0000"}"#, #"{"id": "\u212A"}"#, #"{"id": 12}"#,
    ])
    func `what has no id of letters and digits is nothing`(json: String) {
        #expect(throws: DecodingError.self) { try Self.decode(PagerDuty.User.self, json) }
        #expect(throws: DecodingError.self) { try Self.decode(PagerDuty.Service.self, json) }
        #expect(throws: DecodingError.self) { try Self.decode(PagerDuty.Incident.self, json) }
        #expect(throws: DecodingError.self) { try Self.decode(PagerDuty.Reference.self, json) }
        #expect(throws: DecodingError.self) { try Self.decode(PagerDuty.Team.self, json) }
        #expect(throws: DecodingError.self) { try Self.decode(PagerDuty.Priority.self, json) }
        #expect(throws: DecodingError.self) { try Self.decode(PagerDuty.Schedule.self, json) }
        #expect(throws: DecodingError.self) { try Self.decode(PagerDuty.EscalationPolicy.self, json) }
        #expect(throws: DecodingError.self) { try Self.decode(PagerDuty.Note.self, json) }
        #expect(throws: DecodingError.self) { try Self.decode(PagerDuty.LogEntry.self, json) }
        #expect(throws: DecodingError.self) { try Self.decode(PagerDuty.License.self, json) }
        #expect(throws: DecodingError.self) { try Self.decode(PagerDuty.OnCall.self, json) }
    }

    @Test func `ids longer than any that PagerDuty makes are refused`() {
        #expect(PagerDuty.ID(String(repeating: "P", count: 64)) != nil)
        #expect(PagerDuty.ID(String(repeating: "P", count: 65)) == nil)
        #expect(PagerDuty.ID("01DEN1HNLBC1VITK192ETJ1MPJ") != nil)
        #expect(PagerDuty.ID("12345678901234567890123456789012345678") != nil)
    }

    @Test func `an incident keeps what it can of odd fields`() throws {
        let incident = try Self.decode(
            PagerDuty.Incident.self,
            #"""
            {"id": "PT4KHLK", "incident_number": "1234", "title": "The server is on fire.", "status": "smouldering",
             "urgency": "extreme", "service": null, "priority": {"id": "P53ZZH5", "summary": "P2"},
             "assignments": [{"at": "2015-11-10T00:31:52Z", "assignee": {"id": "PXPGF42", "summary": "Earline"}},
                             {"assignee": null}, 7],
             "teams": {"not": "a list"}, "created_at": "yesterday", "escalation_policy": null,
             "html_url": "https://subdomain.pagerduty.com/incidents/PT4KHLK"}
            """#)
        #expect(incident.number == 1234)
        #expect(incident.status?.rawValue == "smouldering")
        #expect(incident.urgency == nil)
        #expect(incident.service == nil)
        #expect(incident.priority?.name == "P2")
        #expect(incident.assignees.map(\.name) == ["Earline"])
        #expect(incident.teams.isEmpty)
        #expect(incident.createdAt == nil)
    }

    @Test(arguments: ["1e400", "-1e400", "99999999999999999999999", #""NaN""#, #""inf""#, "null", "{}", #""""#])
    func `a number that is none costs nothing`(number: String) throws {
        // 1e400 is refused by the JSON decoder for the whole text, which is an error and no trap.
        guard let incident = try? Self.decode(PagerDuty.Incident.self, #"{"id": "P1", "incident_number": \#(number)}"#)
        else { return }
        #expect(incident.number == nil)
    }

    @Test func `someone who is always on call has neither start nor end nor schedule`() throws {
        let onCall = try Self.decode(
            PagerDuty.OnCall.self,
            #"""
            {"user": {"id": "PT23IWX", "summary": "Tim Wright"}, "schedule": null, "start": null, "end": null,
             "escalation_policy": {"id": "PT20YPA", "summary": "Engineering"}, "escalation_level": 2}
            """#)
        #expect(onCall.user.name == "Tim Wright")
        #expect(onCall.level == 2)
        #expect(onCall.schedule == nil)
        #expect(onCall.start == nil)
        #expect(onCall.end == nil)
    }

    @Test func `a license without a count has seats without end`() throws {
        let licenses = try Self.decode(
            PagerDuty.Licenses.self,
            #"""
            [{"id": "P1", "valid_roles": ["limited_user", null], "allocations_available": 0},
             {"id": "P2", "valid_roles": ["limited_user"], "allocations_available": null},
             {"id": "P3", "valid_roles": ["read_only_user"], "allocations_available": 0}, "junk"]
            """#)
        #expect(licenses.all.count == 3)
        #expect(!licenses.areUsedUp(for: .responder))
        #expect(licenses.areUsedUp(for: .fullStakeholder))
        #expect(!licenses.areUsedUp(for: .observer), "unknown: PagerDuty has to say")
    }

    @Test func `metrics may be missing, fractional or null`() throws {
        let table = try Self.decode(
            PagerDuty.MetricsTable.self,
            #"""
            [{"team_id": "P3XUQ75", "team_name": "Engineering", "total_incident_count": 124.0,
              "mean_seconds_to_resolve": 380.5, "mean_seconds_to_first_ack": null, "up_time_pct": "99.9"}, {}]
            """#)
        #expect(table.rows.count == 2)
        #expect(table.rows[0].incidents == 124)
        #expect(table.rows[0].meanSecondsToResolve == 380.5)
        #expect(table.rows[0].meanSecondsToFirstAck == nil)
        #expect(table.rows[0].upTimePercent == 99.9)
        #expect(table.rows[1].incidents == nil)
    }

    @Test(arguments: [
        ("2015-03-06T15:28:51-05:00", 1_425_673_731), ("2015-03-06T15:28:51Z", 1_425_655_731),
        ("2015-03-06T15:28:51.123Z", 1_425_655_731), ("2015-03-06T15:28:51+0530", 1_425_635_931),
    ])
    func `moments have an offset and sometimes fractions`(text: String, seconds: Int) throws {
        let date = try #require(PagerDutyTime.parse(text))
        #expect(Int(date.timeIntervalSince1970) == seconds)
    }

    @Test(arguments: [
        "", "now", "2023-06-11T00:00:00", "99999-03-06T15:28:51Z", "2015-13-40T99:99:99Z", "1969-12-31T23:59:59Z",
        String(repeating: "2", count: 100_000),
    ])
    func `other texts are no moments`(text: String) {
        #expect(PagerDutyTime.parse(text) == nil)
    }

    @Test(arguments: [
        ("https://acme.pagerduty.com/incidents/P1", true), ("https://acme.pagerduty.com/x?y=1#z", true),
        ("http://127.0.0.1:8080/pagerduty/incidents/P1", true), ("http://localhost:8080/x", true),
        ("http://acme.localhost:8080/pagerduty#/users/P1", true), ("http://acme.localhost.example/x", false),
        ("http://notlocalhost/x", false), ("http://acme-localhost/x", false), ("http://.localhost/x", false),
        ("http://acme.pagerduty.com/x", false), ("javascript:alert(1)", false), ("https://", false),
        ("https://a@evil.example/x", false), ("https://x.example/<@U1>", false), ("https://x.example/a|b", false),
        ("https://x.example/\u{202E}", false), ("https://x.example/a b", false), ("//x.example", false), ("", false),
        ("https://x.example/" + String(repeating: "a", count: 2000), false),
    ])
    func `only addresses that may stand behind a label are links`(address: String, isLink: Bool) {
        #expect((PagerDuty.WebLink(address) != nil) == isLink)
    }
}
