import Testing

@testable import Sandbox

/// Linking a PagerDuty account by a pasted token.
struct LinkingTests {
    private static let field = "PagerDuty user API token"

    @Test func `what was interrupted goes on after linking`() async throws {
        try await Stage.set { stage in
            try await stage.ada.types(#"/pd trigger checkout "Database is down""#, in: .incidents)
            let prompt = try await stage.ada.sees("Link your account once, and I will go on.", in: .incidents)
            #expect(prompt.isEphemeral)
            try await stage.ada.presses("Link PagerDuty account", in: .incidents)
            try await stage.ada.seesForm("Link your account")
            try await stage.ada.fills([Self.field: .string(stage.pagerDuty.token(of: "Ada"))])
            try await stage.ada.sees("you do as *Ada Martin* (ada.martin@acme.example)", in: .incidents)
            let form = try await stage.ada.seesForm("Trigger an incident")
            #expect(form.initial("Title") == "Database is down")
            try await stage.ada.fills()
            try await stage.ada.sees("Triggered <http", in: .incidents)
        }
    }

    @Test func `a command with an answer goes on after linking`() async throws {
        try await Stage.set { stage in
            try await stage.ada.types("/pd invite @chloe")
            try await stage.ada.presses("Link PagerDuty account", in: .general)
            try await stage.ada.seesForm("Link your account")
            try await stage.ada.fills([Self.field: .string(stage.pagerDuty.token(of: "Ada"))])
            try await stage.ada.sees("Invited <@U0CHLOE01>")
            #expect(try await stage.ada.forms().isEmpty)
            #expect(stage.pagerDuty.users.filter { $0.name == "Chloe Dubois" }.count == 1)
        }
    }

    @Test func `a token may have blanks around it`() async throws {
        try await linking { stage in
            let token = try stage.pagerDuty.token(of: "Ada")
            let deed = try await stage.ada.fills([Self.field: .string("  \(token)\n")])
            #expect(deed.errors.isEmpty)
            try await stage.ada.sees("you do as *Ada Martin*")
        }
    }

    @Test(arguments: ["u+ThisIsNoTokenAtAll", "nonsense with blanks", "<script>", "🚀🚀🚀🚀🚀", "a\"b"])
    func `a token that is none is refused at its field`(token: String) async throws {
        try await linking { stage in
            let deed = try await stage.ada.fills([Self.field: .string(token)])
            #expect(deed.errors[Self.field] != nil)
            #expect(deed.errors[Self.field]?.contains(token) == false, "what was pasted is not repeated")
            #expect(!stage.log.lines.contains { $0.contains(token) })
        }
    }

    @Test func `an account's key is refused: it is nobody's`() async throws {
        try await linking { stage in
            let deed = try await stage.ada.fills([Self.field: .string(stage.sandbox.pagerDuty.accountKey)])
            #expect(deed.errors[Self.field]?.contains("account's API key") == true, "\(deed.errors)")
        }
    }

    @Test func `a token of another account is refused`() async throws {
        try await linking { stage in
            // The workspace's account knows no such user.
            stage.breaks(.pagerduty, .error(code: "404"), only: "GET /users/{id}")
            let deed = try await stage.ada.fills([Self.field: .string(stage.pagerDuty.token(of: "Ada"))])
            #expect(deed.errors[Self.field]?.contains("another PagerDuty account") == true, "\(deed.errors)")
        }
    }

    @Test func `a token that somebody else has linked is refused`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ben.types("/pd trigger")
            try await stage.ben.presses("Link PagerDuty account", in: .general)
            try await stage.ben.seesForm("Link your account")
            let deed = try await stage.ben.fills([Self.field: .string(stage.pagerDuty.token(of: "Ada"))])
            #expect(deed.errors[Self.field]?.contains("Ada Martin is linked to another person here already") == true)
        }
    }

    @Test func `a link that PagerDuty no longer accepts is made anew, and the command goes on`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            stage.pagerDuty.change { $0.users[1].token = "u+SandboxAdaNewToken" }
            try await stage.ada.types("/pd invite @chloe")
            try await stage.ada.sees("PagerDuty no longer accepts your link.")
            try await stage.ada.presses("Link PagerDuty account", in: .general)
            try await stage.ada.seesForm("Link your account")
            try await stage.ada.fills([Self.field: "u+SandboxAdaNewToken"])
            try await stage.ada.sees("Invited <@U0CHLOE01>")
        }
    }

    @Test func `a link that ended while a form was open is asked for over the form`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd trigger checkout Kept")
            try await stage.ada.seesForm("Trigger an incident")
            try await stage.ada.types("/pd unlink")
            try await stage.ada.fills()
            try await stage.ada.seesForm("Link your account")
            try await stage.ada.fills([Self.field: .string(stage.pagerDuty.token(of: "Ada"))])
            let form = try await stage.ada.seesForm("Trigger an incident")
            #expect(form.value("Title") == "Kept")
            try await stage.ada.fills()
            try await stage.ada.sees("Triggered <http")
        }
    }

    @Test func `linking while PagerDuty is down says so at the field`() async throws {
        try await linking { stage in
            stage.breaks(.pagerduty, .down)
            let deed = try await stage.ada.fills([Self.field: .string(stage.pagerDuty.token(of: "Ada"))])
            #expect(deed.errors[Self.field]?.contains("try again in a minute") == true, "\(deed.errors)")
            stage.mends()
            try await stage.ada.fills([Self.field: .string(stage.pagerDuty.token(of: "Ada"))])
            try await stage.ada.sees("you do as *Ada Martin*")
        }
    }

    @Test func `a token is in no message, no log and no form`() async throws {
        try await linking { stage in
            let token = try stage.pagerDuty.token(of: "Ada")
            try await stage.ada.fills([Self.field: .string(token)])
            try await stage.ada.sees("you do as *Ada Martin*")
            #expect(!stage.log.lines.contains { $0.contains(token) })
            for place in [Place.general, stage.ada.direct] {
                #expect(try await !stage.ada.reads(place).contains { $0.json.text.contains(token) })
            }
            for form in try await stage.ada.forms() { #expect(!form.json.text.contains(token)) }
        }
    }

    private func linking(_ play: @escaping @Sendable (Stage) async throws -> Void) async throws {
        try await Stage.set { stage in
            try await stage.ada.types("/pd trigger")
            try await stage.ada.presses("Link PagerDuty account", in: .general)
            try await stage.ada.seesForm("Link your account")
            try await play(stage)
        }
    }
}
