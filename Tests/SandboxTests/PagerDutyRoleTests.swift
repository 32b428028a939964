import Foundation
import Testing

@testable import Sandbox

/// What each role may do, as PagerDuty's guide to user roles has it.
///
/// - SeeAlso: https://support.pagerduty.com/main/docs/user-roles
struct PagerDutyRoleTests {
    /// What a role gets: an open incident of somebody else, one of its own, opening one, reading the account,
    /// adding people, setting things up, overrides.
    struct Case: Sendable, CustomTestStringConvertible {
        var role: PDRole
        var others: Int
        var own: Int
        var trigger: Int
        var read: Int
        var administer: Int
        var configure: Int
        var override: Int
        var testDescription: String { role.rawValue }
    }

    static let cases = [
        Case(
            role: .owner, others: 200, own: 200, trigger: 201, read: 200, administer: 201, configure: 201, override: 201
        ),
        Case(
            role: .admin, others: 200, own: 200, trigger: 201, read: 200, administer: 201, configure: 201, override: 201
        ),
        Case(
            role: .user, others: 200, own: 200, trigger: 201, read: 200, administer: 403, configure: 201, override: 201),
        Case(
            role: .limitedUser, others: 200, own: 200, trigger: 201, read: 200, administer: 403, configure: 403,
            override: 201),
        Case(
            role: .observer, others: 403, own: 200, trigger: 201, read: 200, administer: 403, configure: 403,
            override: 403),
        Case(
            role: .restrictedAccess, others: 403, own: 200, trigger: 403, read: 403, administer: 403, configure: 403,
            override: 403),
        Case(
            role: .readOnlyUser, others: 403, own: 403, trigger: 403, read: 200, administer: 403, configure: 403,
            override: 403),
        Case(
            role: .readOnlyLimitedUser, others: 403, own: 403, trigger: 403, read: 403, administer: 403, configure: 403,
            override: 403),
    ]

    @Test(arguments: cases)
    func `a user token reaches what its role reaches`(one: Case) async throws {
        try await PagerDutyHarness.run { pd in
            let userID = "PIVAN01"
            let mine = try await pd.open(with: [
                "assignments": [["assignee": ["id": .string(userID), "type": "user_reference"]]]
            ])
            let theirs = try await pd.open(with: [
                "assignments": [["assignee": ["id": "PADAM01", "type": "user_reference"]]]
            ])
            pd.sandbox.pagerDuty.with { state in
                for index in state.account.users.indices where state.account.users[index].id == userID {
                    state.account.users[index].role = one.role
                }
            }
            let they = try pd.acting(as: "ivan")
            let acknowledge: JSON = ["incident": ["type": "incident_reference", "status": "acknowledged"]]
            #expect(try await they.put("incidents/\(theirs)", acknowledge).status == one.others)
            #expect(try await they.put("incidents/\(mine)", acknowledge).status == one.own)
            let incident: JSON = ["incident": ["title": "x", "service": ["id": "PSVSEA1"]]]
            #expect(try await they.post("incidents", incident).status == one.trigger)
            #expect(try await they.get("services").status == one.read)
            let user: JSON = ["user": ["name": "New", "email": "new@acme.example", "role": "limited_user"]]
            #expect(try await they.post("users", user).status == one.administer)
            let service: JSON = ["service": ["name": "New", "escalation_policy": ["id": "PEPSRE1"]]]
            #expect(try await they.post("services", service).status == one.configure)
            let now = pd.clock.now
            let override: JSON = [
                "override": [
                    "start": .string(PDTime.format(now)), "end": .string(PDTime.format(now.addingTimeInterval(3_600))),
                    "user": ["id": .string("PADAM01")],
                ]
            ]
            #expect(try await they.post("schedules/PSSREP1/overrides", override).status == one.override)
            #expect(try await they.get("users/me").status == 200)
        }
    }

    @Test func `a refusal is 403 with PagerDuty's code`() async throws {
        try await PagerDutyHarness.run { pd in
            let reply = try await pd.acting(as: "dan").post(
                "users", ["user": ["name": "x", "email": "x@acme.example"]])
            #expect(reply.status == 403)
            #expect(reply.code == 2010)
            #expect(reply.error == "Access Denied")
        }
    }

    @Test func `restricted access sees its own incidents and no others`() async throws {
        try await PagerDutyHarness.run { pd in
            let mine = try await pd.open(with: ["assignments": [["assignee": ["id": "PIVAN01"]]]])
            let theirs = try await pd.open(title: "Other", with: ["assignments": [["assignee": ["id": "PADAM01"]]]])
            pd.sandbox.pagerDuty.with { state in
                for index in state.account.users.indices where state.account.users[index].id == "PIVAN01" {
                    state.account.users[index].role = .restrictedAccess
                }
            }
            let they = try pd.acting(as: "ivan")
            let list = try await they.get("incidents?service_ids[]=PSVCHK1&statuses[]=triggered")
            #expect(list.json["incidents"]?.array?.compactMap { $0["id"]?.string } == [mine])
            #expect(try await they.get("incidents/\(mine)").status == 200)
            #expect(try await they.get("incidents/\(theirs)").status == 403)
        }
    }

    @Test func `the account's key cannot act in the name of a stakeholder`() async throws {
        try await PagerDutyHarness.run { pd in
            var nora = pd
            nora.from = "nora.quist@acme.example"
            let reply = try await nora.post("incidents", ["incident": ["title": "x", "service": ["id": "PSVSEA1"]]])
            #expect(reply.status == 400)
            #expect(reply.code == 1018)
        }
    }

    @Test func `people are added until the seats are taken`() async throws {
        try await PagerDutyHarness.run { pd in
            let licenses = try await pd.get("licenses").json["licenses"]?.array?.first
            #expect(licenses?["current_value"]?.int == 7)
            #expect(licenses?["allocations_available"]?.int == 3)
            let ada = try pd.acting(as: "ada")
            for number in 1...3 {
                let user: JSON = [
                    "name": .string("New \(number)"), "email": .string("new\(number)@acme.example"),
                    "role": "limited_user",
                ]
                let made = try await ada.post("users", ["user": user])
                #expect(made.status == 201)
                #expect(made.json["user"]?["role"]?.string == "limited_user")
            }
            let full = try await ada.post(
                "users", ["user": ["name": "Late", "email": "late@acme.example", "role": "limited_user"]])
            #expect(full.status == 400)
            #expect(full.errors == ["License is not available"])
            // Stakeholders have seats of their own.
            let stakeholder: JSON = ["user": ["name": "Boss", "email": "boss@acme.example", "role": "read_only_user"]]
            #expect(try await ada.post("users", stakeholder).status == 201)
        }
    }

    @Test func `an address is taken once, whatever its case`() async throws {
        try await PagerDutyHarness.run { pd in
            let reply = try await pd.post(
                "users", ["user": ["name": "Ben", "email": "BEN.OKAFOR@acme.example", "role": "limited_user"]])
            #expect(reply.status == 400)
            #expect(reply.errors == ["Email has already been taken"])
        }
    }

    @Test(arguments: ["", "nobody", "a@b", "a@@b.c", "a b@c.d", "é@acme.example", "x@y.z\n"])
    func `an address that is none is refused`(email: String) async throws {
        try await PagerDutyHarness.run { pd in
            let reply = try await pd.post(
                "users", ["user": ["name": "X", "email": .string(email), "role": "limited_user"]])
            #expect(reply.errors == ["Email is invalid"])
        }
    }

    @Test func `who says no role becomes a manager`() async throws {
        try await PagerDutyHarness.run { pd in
            let made = try await pd.post("users", ["user": ["name": "X", "email": "x@acme.example"]])
            #expect(made.json["user"]?["role"]?.string == "user")
        }
    }
}
