import Testing

@testable import Sandbox

/// `/pd unlink`
struct UnlinkTests {
    @Test func `what was linked is named, and it is gone`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd unlink")
            let answer = try await stage.ada.sees("Unlinked from *Ada Martin* (ada.martin@acme.example)")
            #expect(answer.isEphemeral)
            #expect(answer.reads.contains("*My Profile* → *User Settings*"), "a token can only be deleted in PagerDuty")
            try await stage.ada.types("/pd trigger")
            try await stage.ada.sees("Link your account once")
        }
    }

    @Test func `who is not linked is told so`() async throws {
        try await Stage.set { stage in
            try await stage.ada.types("/pd unlink")
            try await stage.ada.sees("isn't linked to a PagerDuty account, so there is nothing to unlink.")
        }
    }

    @Test func `it works while PagerDuty is down`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            stage.breaks(.pagerduty, .down)
            try await stage.ada.types("/pd unlink")
            try await stage.ada.sees("Unlinked from *Ada Martin*")
        }
    }

    @Test func `somebody else can use the PagerDuty user afterwards`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd unlink")
            try await stage.ben.links(as: "Ada")
        }
    }
}
