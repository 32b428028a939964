import BotHost
import Foundation
import Testing

@testable import Sandbox

/// `plugins.json`: who may use what where, and that help says the same.
struct PolicyTests {
    @Test func `a plugin that is off in one workspace is on in the other`() async throws {
        let plugins = #"""
            {"plugins": {"help": {}, "oncall": {}},
             "workspaces": {"T0GLOBEX1": {"name": "Globex", "plugins": {"oncall": {"enabled": false}}}}}
            """#
        try await Stage.set(Stage.Setup(plugins: plugins)) { stage in
            try await stage.ada.types("/pd oncall checkout")
            try await stage.ada.sees("On call for")
            try await stage.gina.types("/pd oncall checkout", in: .globexOps)
            try await stage.gina.sees("`/pd oncall` is switched off in this workspace", in: .globexOps)
            #expect(try await helpOf(stage.ada, in: .general).contains("/pd oncall"))
            #expect(try await !helpOf(stage.gina, in: .globexOps).contains("/pd oncall"))
        }
    }

    @Test func `a plugin that is not listed is off`() async throws {
        try await Stage.set(Stage.Setup(plugins: #"{"plugins": {"help": {}}}"#)) { stage in
            try await stage.ada.types("/pd trigger")
            try await stage.ada.sees("`/pd trigger` is switched off in this workspace")
            #expect(try await !helpOf(stage.ada, in: .general).contains("/pd trigger"))
        }
    }

    @Test func `a plugin that is limited to channels says which`() async throws {
        let plugins = #"{"plugins": {"help": {}, "oncall": {"channels": ["C0INCIDNT", "C0CHECKOT"]}}}"#
        try await Stage.set(Stage.Setup(plugins: plugins)) { stage in
            try await stage.ada.types("/pd oncall checkout", in: .incidents)
            try await stage.ada.sees("On call for", in: .incidents)
            try await stage.ada.types("/pd oncall checkout", in: .random)
            try await stage.ada.sees("`/pd oncall` works only in <#C0INCIDNT>, <#C0CHECKOT>.", in: .random)
            #expect(try await helpOf(stage.ada, in: .incidents).contains("/pd oncall"))
            #expect(try await !helpOf(stage.ada, in: .random).contains("/pd oncall"))
        }
    }

    @Test func `a plugin that is limited to a user group asks Slack who is in it`() async throws {
        let plugins = #"{"plugins": {"help": {}, "oncall": {"usergroups": ["S0PAYMNTS"]}}}"#
        try await Stage.set(Stage.Setup(plugins: plugins)) { stage in
            try await stage.ben.types("/pd oncall checkout")
            try await stage.ben.sees("On call for")
            try await stage.ada.types("/pd oncall checkout")
            try await stage.ada.sees("`/pd oncall` is limited to members of <!subteam^S0PAYMNTS>.")
            #expect(try await helpOf(stage.ben, in: .general).contains("/pd oncall"))
            #expect(try await !helpOf(stage.ada, in: .general).contains("/pd oncall"))
        }
    }

    @Test func `a user group that cannot be read lets nobody through`() async throws {
        let plugins = #"{"plugins": {"help": {}, "oncall": {"usergroups": ["S0PAYMNTS"]}}}"#
        try await Stage.set(Stage.Setup(plugins: plugins)) { stage in
            stage.breaks(.slack, .error(code: "internal_error"), only: "usergroups.users.list")
            try await stage.ben.types("/pd oncall checkout")
            try await stage.ben.sees("is limited to members of")
        }
    }

    @Test func `a plugin that is limited to people lets them through`() async throws {
        let plugins = #"{"plugins": {"help": {}, "oncall": {"users": ["U0BEN0001"]}}}"#
        try await Stage.set(Stage.Setup(plugins: plugins)) { stage in
            try await stage.ben.types("/pd oncall checkout")
            try await stage.ben.sees("On call for")
            try await stage.ada.types("/pd oncall checkout")
            try await stage.ada.sees("is limited to some people here, and you are not among them.")
        }
    }

    @Test func `what is switched off stops buttons, forms and menus that are open already`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            try await stage.ada.types("/pd panel", in: .random)
            try await stage.ada.types("/pd form", in: .random)
            try await stage.ada.seesForm("Probe 1")
            try stage.writes(plugins: #"{"plugins": {"help": {}, "probe": {"enabled": false}}}"#)
            await stage.host.policySource.refresh()

            try await stage.ben.presses("Change", in: .random)
            try await stage.ben.sees("This button is switched off in this workspace", in: .random)
            #expect(try await stage.ada.isOffered("Colour", typing: "red").isEmpty)
            let deed = try await stage.ada.fills(["Name": "Ada"])
            #expect(deed.errors["Name"]?.hasPrefix("This form is switched off in this workspace") == true)
        }
    }

    @Test func `a change of the file holds within two seconds, without a restart`() async throws {
        try await Stage.set { stage in
            try await stage.ada.types("/pd oncall checkout")
            try await stage.ada.sees("On call for")
            try stage.writes(plugins: #"{"command": "/pd", "plugins": {"help": {}}}"#)
            let begin = ContinuousClock.now
            try await stage.letTimePass(until: "the change of the file") {
                stage.host.policySource.policy.terms(for: "oncall", in: "T0ACME001")?.isEnabled == false ? true : nil
            }
            // Generous, because the machine may be busy.
            #expect(ContinuousClock.now - begin < Stage.patience)
            try await stage.ada.types("/pd oncall checkout")
            try await stage.ada.sees("`/pd oncall` is switched off in this workspace")
        }
    }

    @Test func `a file with an error is refused whole, and the one before it stays`() async throws {
        try await Stage.set { stage in
            try stage.writes(plugins: #"{"plugins": {"help": {}, "onkall": {}}}"#)
            await stage.host.policySource.refresh()
            #expect(!stage.host.policySource.problems.isEmpty)
            try await stage.ada.types("/pd oncall checkout")
            try await stage.ada.sees("On call for")
            try stage.writes(plugins: #"{"plugins": {"help": {}}}"#)
            await stage.host.policySource.refresh()
            #expect(stage.host.policySource.problems.isEmpty)
            try await stage.ada.types("/pd oncall checkout")
            try await stage.ada.sees("`/pd oncall` is switched off in this workspace")
        }
    }

    @Test func `settings of a workspace hold there alone`() async throws {
        let plugins = #"""
            {"plugins": {"help": {}, "oncall": {}},
             "workspaces": {"T0GLOBEX1": {"plugins": {"oncall": {"settings": {"requireLink": true}}}}}}
            """#
        try await Stage.set(Stage.Setup(plugins: plugins)) { stage in
            try await stage.ada.types("/pd oncall checkout")
            try await stage.ada.sees("On call for")
            try await stage.gina.types("/pd oncall checkout", in: .globexOps)
            try await stage.gina.sees("Link your account once", in: .globexOps)
        }
    }

    private func helpOf(_ persona: Persona, in place: Place) async throws -> String {
        try await persona.types("/pd help", in: place)
        return try await persona.sees("What you can do here", in: place).reads
    }
}
