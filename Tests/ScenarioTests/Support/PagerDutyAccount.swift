import PagerDutyKit
import Testing

@testable import Sandbox

/// What a test knows of the simulated PagerDuty account, and what it does there.
struct PagerDutyAccount: Sendable {
    let simulator: PagerDutySimulator

    /// Oldest first.
    var incidents: [PDIncident] { simulator.with { $0.account.incidents } }
    var users: [PDUser] { simulator.with { $0.account.users } }

    func incidents(titled title: String) -> [PDIncident] { incidents.filter { $0.title == title } }

    func user(_ firstName: String) -> PDUser? { users.first { $0.name.hasPrefix(firstName) } }

    func token(of firstName: String, at place: SourceLocation = #_sourceLocation) throws -> String {
        try #require(user(firstName)?.token, "nobody is called \(firstName)", sourceLocation: place)
    }

    /// Changes the account behind everybody's back.
    func change(_ body: (inout PDAccount) -> Void) { simulator.with { body(&$0.account) } }
}

extension Persona {
    /// Links this person's account with the token of somebody in PagerDuty, by the way that everybody goes.
    /// - Parameter name: Whose token; this person's own where it is not said.
    func links(as name: String? = nil, at place: SourceLocation = #_sourceLocation) async throws {
        try await types("/pd trigger", in: direct, at: place)
        try await sees("the prompt to link", in: direct, at: place) { $0.labels.contains("Link PagerDuty account") }
        try await presses("Link PagerDuty account", in: direct, at: place)
        try await seesForm("that asks for the token", at: place) { $0.fields.contains("PagerDuty user API token") }
        let token = try stage.pagerDuty.token(of: name ?? firstName, at: place)
        let deed = try await fills(["PagerDuty user API token": .string(token)], at: place)
        try #require(deed.errors.isEmpty, sourceLocation: place)
        // What was interrupted goes on: its form is not wanted here.
        try await seesForm("Trigger an incident", at: place)
        try await closes(all: true, at: place)
    }
}
