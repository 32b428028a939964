import Testing

@testable import Sandbox

/// A command without something that it needs opens a form.
struct CommandFormTests {
    @Test func `the form of what is missing runs the command`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd invite")
            try await stage.ada.seesForm("Invite")
            let deed = try await stage.ada.fills(["Person": "Chloe"])
            #expect(deed.outcome == "ok")
            try await stage.ada.sees("Invited <@U0CHLOE01> to PagerDuty as a Responder.")
            #expect(stage.pagerDuty.user("Chloe") != nil)
        }
    }
}
