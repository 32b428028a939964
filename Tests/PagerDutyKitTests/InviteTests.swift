import InvitePlugin
import PagerDutyKit
import PluginAPI
import PluginTestKit
import Testing

@Suite struct InviteTests {
    static let chloe: JSONValue = [
        "user": [
            "id": "U0CHLOE01", "team_id": "T0ACME001", "name": "chloe", "tz": "Europe/Paris",
            "profile": ["real_name": "Chloe Dubois", "email": "Chloe.Dubois@acme.example"],
        ]
    ]

    /// Chloe's entry in Slack with other values; a nil takes one away.
    static func slackUser(_ change: [String: JSONValue], profile: [String: JSONValue] = [:]) -> JSONValue {
        var user = chloe["user"].object ?? [:]
        user.merge(change) { $1 }
        user["profile"] = .object((user["profile"]?.object ?? [:]).merging(profile) { $1 })
        return ["user": .object(user)]
    }

    static let created = #"""
        {"user": {"id": "PCHLOE", "name": "Chloe Dubois", "email": "chloe.dubois@acme.example", "role": "limited_user",
         "invitation_sent": true}}
        """#

    static func host(_ prepare: (inout FakeHost.State) -> Void = { _ in }) -> FakeHost {
        FakeHost { state in
            state.linked["U0ADA0001"] = LinkedAccount(userID: "PADA", name: "Ada Martin", email: "ada@acme.example")
            state.slack["users.info"] = [chloe]
            state.pagerDuty["GET /users"] = [.json(#"{"users": []}"#)]
            state.pagerDuty["GET /licenses"] = [
                .json(#"{"licenses": [{"id": "PL", "valid_roles": ["limited_user"], "allocations_available": 3}]}"#)
            ]
            state.pagerDuty["POST /users"] = [.json(created, status: 201)]
            prepare(&state)
        }
    }

    static func invite(_ host: FakeHost) async throws -> String {
        let reply = try await PluginDriver(InvitePlugin.self, host).command("invite", "<@U0CHLOE01|chloe>")
        return try #require(reply.ephemeralMessage).text.source
    }

    @Test func `a colleague becomes a responder, added as the person who asked`() async throws {
        let host = Self.host()
        let answer = try await Self.invite(host)
        #expect(answer.contains("Invited <@U0CHLOE01> to PagerDuty as a Responder"))
        #expect(answer.contains("Chloe.Dubois@acme.example"))
        let write = try #require(host.writes.first)
        #expect(host.writes.count == 1)
        #expect(write.person == "U0ADA0001")
        #expect(write.request.headers.contains { $0 == ("from", "ada@acme.example") })
        #expect(
            write.body == [
                "user": [
                    "type": "user", "name": "Chloe Dubois", "email": "Chloe.Dubois@acme.example",
                    "role": "limited_user", "time_zone": "Europe/Paris",
                ]
            ])
    }

    @Test(
        arguments: [
            (["is_bot": true], [:], "is an app"), (["id": "USLACKBOT"], [:], "is an app"),
            (["deleted": true], [:], "deactivated"), (["is_restricted": true], [:], "guest"),
            (["is_ultra_restricted": true], [:], "guest"), (["is_stranger": true], [:], "another organization"),
            (["team_id": "T0OTHER"], [:], "another organization"), ([:], ["email": ""], "no e-mail address"),
            ([:], ["email": .null], "no e-mail address"),
        ] as [([String: JSONValue], [String: JSONValue], String)])
    func `who can't be invited is named with the reason, and PagerDuty is not asked`(
        change: [String: JSONValue], profile: [String: JSONValue], words: String
    ) async throws {
        let host = Self.host { $0.slack["users.info"] = [Self.slackUser(change, profile: profile)] }
        #expect(try await Self.invite(host).contains(words))
        #expect(host.asked.isEmpty)
    }

    @Test(arguments: [
        (#""invitation_sent": false"#, "is in your PagerDuty account already: Chloe D., Manager"),
        (#""invitation_sent": true"#, "was invited already and has not accepted yet"),
    ])
    func `who is there already is not invited again, whatever the case of the address`(
        state: String, words: String
    ) async throws {
        let host = Self.host {
            $0.pagerDuty["GET /users"] = [
                .json(
                    #"""
                    {"users": [{"id": "P0", "name": "Other", "email": "xchloe.dubois@acme.example"},
                     {"id": "P1", "name": "Chloe D.", "role": "user", "email": "chloe.dubois@ACME.example", \#(state)}]}
                    """#)
            ]
        }
        #expect(try await Self.invite(host).contains(words))
        #expect(host.writes.isEmpty)
    }

    @Test func `somebody with a longer address is somebody else`() async throws {
        let host = Self.host {
            $0.pagerDuty["GET /users"] = [
                .json(#"{"users": [{"id": "P0", "name": "Other", "email": "xchloe.dubois@acme.example"}]}"#)
            ]
        }
        #expect(try await Self.invite(host).contains("Invited"))
    }

    @Test func `without a seat nobody is invited`() async throws {
        let host = Self.host {
            $0.pagerDuty["GET /licenses"] = [
                .json(#"{"licenses": [{"id": "PL", "valid_roles": ["limited_user"], "allocations_available": 0}]}"#)
            ]
        }
        #expect(try await Self.invite(host).contains("no seat left"))
        #expect(host.writes.isEmpty)
    }

    @Test func `where seats can't be read PagerDuty has to say`() async throws {
        let host = Self.host {
            $0.pagerDuty["GET /licenses"] = [.json("", status: 403)]
            $0.pagerDuty["POST /users"] = [
                .json(#"{"error": {"code": 2001, "errors": ["License is not available"]}}"#, status: 400)
            ]
        }
        #expect(try await Self.invite(host).contains("no seat left"))
    }

    @Test func `who may not add people reads who may, and their own role`() async throws {
        let host = Self.host {
            $0.pagerDuty["POST /users"] = [.json(#"{"error": {"code": 2010}}"#, status: 403)]
            $0.pagerDuty["GET /users/me"] = [.json(#"{"user": {"id": "PADA", "role": "limited_user"}}"#)]
        }
        let answer = try await Self.invite(host)
        #expect(answer.contains("only a Global Admin or the Account Owner"))
        #expect(answer.contains("your role is Responder"))
        #expect(host.writes.count == 1)
        #expect(host.writes.allSatisfy { $0.person == "U0ADA0001" })
    }

    @Test func `an answer that never came is looked for`() async throws {
        let there = #"{"users": [{"id": "P1", "name": "Chloe", "email": "chloe.dubois@acme.example"}]}"#
        let host = Self.host {
            $0.fault = HTTPFault.timeout
            $0.pagerDuty["POST /users"] = [.none]
            $0.pagerDuty["GET /users"] = [.json(#"{"users": []}"#), .json(there)]
        }
        #expect(try await Self.invite(host).contains("Invited"))
        let lost = Self.host {
            $0.fault = HTTPFault.timeout
            $0.pagerDuty["POST /users"] = [.none]
        }
        let error = await #expect(throws: PagerDutyError.self) { try await Self.invite(lost) }
        #expect(error?.remedy == .inDoubt)
    }

    @Test func `two invitations at once end as one`() async throws {
        let host = Self.host {
            $0.pagerDuty["POST /users"] = [
                .json(#"{"error": {"code": 2001, "errors": ["Email has already been taken"]}}"#, status: 400)
            ]
        }
        #expect(try await Self.invite(host).contains("in your PagerDuty account already"))
    }

    @Test func `who has no account linked is asked to, before anybody is looked up`() async throws {
        let host = Self.host { $0.linked = [:] }
        await #expect(throws: AccountError.notLinked(provider: "pagerduty")) { try await Self.invite(host) }
        #expect(host.asked.isEmpty)
    }

    @Test func `without anybody the command asks in a form`() async throws {
        let form = try await PluginDriver(InvitePlugin.self, Self.host()).command("invite").form()
        #expect(form?.sent.contains("Who to invite") == true)
    }

    @Test(arguments: ["chloe", "@chloe", "<@!>", "<#C1|x>"])
    func `without a person the command says what is needed`(words: String) async throws {
        await #expect(throws: UsageError.self) {
            try await PluginDriver(InvitePlugin.self, Self.host()).command("invite", words)
        }
    }
}
