import PluginAPI
import SlackKit
import Testing

/// Whose request it is: the rules for organizations, shared channels and installations in a whole organization.
@Suite struct `The origin of a request` {
    /// A change to an example, and what its origin then is.
    struct Case: Sendable, CustomTestStringConvertible {
        let says: String
        let example: ExampleRequest
        var changes: [(path: [String], value: JSONValue?)] = []
        var team: String? = "T0ACME"
        var enterprise: String? = nil
        var user: String? = "U0ANN"
        var home: String? = "T0ACME"
        var channel: String? = nil
        var isOrg = false
        var isExternal = false
        var testDescription: String { says }
    }

    static let first: JSONValue = ["team_id": "T0ACME", "enterprise_id": nil, "is_enterprise_install": false]
    static let org: JSONValue = ["team_id": nil, "enterprise_id": "E0ORG", "is_enterprise_install": true]

    static let cases: [Case] = [
        Case(
            says: "a press in a message", example: .buttonInMessage, enterprise: "E0ORG", channel: "C0INC"),
        Case(
            says: "a press without an organization", example: .buttonInMessage, changes: [(["enterprise"], .null)],
            channel: "C0INC"),
        Case(
            says: "an organization named inside the team", example: .buttonInMessage,
            changes: [(["enterprise"], nil), (["team", "enterprise_id"], "E0ORG")], enterprise: "E0ORG",
            channel: "C0INC"),
        Case(
            says: "no team, as where the app is installed for the organization: the person's", example: .shortcut,
            changes: [(["team"], .null), (["is_enterprise_install"], true)], enterprise: "E0ORG", isOrg: true),
        Case(
            says: "no team and no home: the form's", example: .closed,
            changes: [(["team"], .null), (["user", "team_id"], nil), (["view", "app_installed_team_id"], nil)],
            enterprise: "E0ORG", home: nil),
        Case(
            says: "a team that is only an id", example: .shortcut, changes: [(["team"], "T0OTHER")], team: "T0OTHER",
            enterprise: "E0ORG", isExternal: true),
        Case(
            says: "a form opened from another workspace belongs to where the app is installed", example: .submission,
            changes: [(["team", "id"], "T0GUEST"), (["user", "team_id"], "T0GUEST")], enterprise: "E0ORG",
            home: "T0GUEST", isExternal: true),
        Case(
            says: "truth as text", example: .shortcut, changes: [(["is_enterprise_install"], "true")],
            enterprise: "E0ORG", isOrg: true),
        Case(
            says: "a channel known only from the container", example: .buttonInMessage, changes: [(["channel"], .null)],
            enterprise: "E0ORG", channel: "C0INC"),
        Case(says: "an event", example: .event, channel: "C0INC"),
        Case(
            says: "an event in a shared channel: the authorization, not the envelope's team", example: .event,
            changes: [
                (["team_id"], "T0GUEST"), (["context_team_id"], nil), (["is_ext_shared_channel"], true),
                (["event", "user_team"], "T0GUEST"),
            ], home: "T0GUEST", channel: "C0INC", isExternal: true),
        Case(
            says: "an event of an organization's installation: the workspace from the context", example: .event,
            changes: [(["authorizations"], [org])], enterprise: "E0ORG", channel: "C0INC", isOrg: true),
        Case(
            says: "an event without a team", example: .event,
            changes: [
                (["authorizations"], [org]), (["team_id"], nil), (["context_team_id"], nil),
                (["event"], ["type": "tokens_revoked", "tokens": ["bot": ["U0APP"]]]),
            ], team: nil, enterprise: "E0ORG", user: nil, home: nil, isOrg: true),
        Case(
            says: "an event without authorizations", example: .event,
            changes: [(["authorizations"], nil), (["context_team_id"], nil)], channel: "C0INC"),
        Case(
            says: "an event with a person and a channel as objects", example: .event,
            changes: [
                (
                    ["event"],
                    ["type": "x", "user": ["id": "U0BOB", "team_id": "T0GUEST"], "channel": ["id": "C0NEW"]]
                )
            ], user: "U0BOB", home: "T0GUEST", channel: "C0NEW", isExternal: true),
        Case(
            says: "a reaction: the channel stands in the item", example: .event,
            changes: [(["event"], ["type": "reaction_added", "user": "U0ANN", "item": ["channel": "C0INC"]])],
            home: nil, channel: "C0INC"),
        Case(
            says: "a home that names an organization is no workspace", example: .event,
            changes: [(["event", "user_team"], "E0ORG"), (["event", "team"], nil)], home: nil, channel: "C0INC"),
    ]

    @Test(arguments: cases)
    func `is told by the rules`(test: Case) throws {
        var payload = try test.example.payload()
        for change in test.changes { payload.set(change.path, to: change.value) }
        let origin = try test.example.decoded(payload).origin
        #expect(origin.teamID == test.team)
        #expect(origin.enterpriseID == test.enterprise)
        #expect(origin.userID == test.user)
        #expect(origin.userTeamID == test.home)
        #expect(origin.channelID == test.channel)
        #expect(origin.isEnterpriseInstall == test.isOrg)
        #expect(origin.isExternal == test.isExternal)
    }

    @Test(arguments: [("true", true), ("false", false), ("", false), ("1", false)])
    func `of a slash command says organization with text`(text: String, isOrg: Bool) throws {
        var fields = ExampleRequest.slashFields.filter { $0.0 != "is_enterprise_install" }
        fields.append(("is_enterprise_install", text))
        let request = try SlackRequest.decode(.form, body: ExampleRequest.form(fields))
        #expect(request.origin.isEnterpriseInstall == isOrg)
    }

    @Test func `knows a shared channel`() throws {
        var payload = try ExampleRequest.event.payload()
        payload.set(["is_ext_shared_channel"], to: true)
        #expect(try ExampleRequest.event.decoded(payload).origin.isSharedChannel)
        #expect(try !ExampleRequest.event.decoded().origin.isSharedChannel)
    }

    @Test func `of a person in the same organization is not external when the home names the organization`() {
        var origin = Origin()
        origin.teamID = "T1"
        origin.userTeamID = "E1"
        #expect(origin.isExternal)
        origin.enterpriseID = "E1"
        #expect(!origin.isExternal)
    }

    @Test func `of too many events is the workspace, of a check nowhere`() throws {
        #expect(try ExampleRequest.rateLimited.decoded().origin.teamID == "T0ACME")
        #expect(try ExampleRequest.urlVerification.decoded().origin == Origin())
    }
}
