import Testing

@testable import Sandbox

/// `/pd invite @person`
struct InviteTests {
    @Test func `a colleague is created with the responder role`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd invite @chloe")
            let answer = try await stage.ada.sees("Invited <@U0CHLOE01> to PagerDuty as a Responder.")
            #expect(answer.isEphemeral)
            #expect(answer.reads.contains("chloe.dubois@acme.example"))
            let user = try #require(stage.pagerDuty.user("Chloe"))
            #expect(user.role == .limitedUser)
            #expect(user.email == "chloe.dubois@acme.example")
            #expect(user.name == "Chloe Dubois")
        }
    }

    @Test func `only who may add people in PagerDuty may invite`() async throws {
        try await Stage.set { stage in
            try await stage.ben.links()
            try await stage.ben.types("/pd invite @chloe")
            let answer = try await stage.ben.sees("<@U0CHLOE01> was not invited")
            #expect(answer.reads.contains("only a Global Admin or the Account Owner may add people"))
            #expect(answer.reads.contains("and your role is Responder"))
            #expect(stage.pagerDuty.user("Chloe") == nil)
        }
    }

    @Test func `who is there already is named`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd invite @ben")
            let answer = try await stage.ada.sees("<@U0BEN0001> is in your PagerDuty account already")
            #expect(answer.reads.contains("Responder"))
        }
    }

    @Test func `who was invited twice is told so`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd invite @chloe")
            try await stage.ada.types("/pd invite @chloe")
            try await stage.ada.sees("<@U0CHLOE01> was invited already and has not accepted yet")
            #expect(stage.pagerDuty.users.filter { $0.name == "Chloe Dubois" }.count == 1)
        }
    }

    @Test(
        arguments: [
            ("@bothost", "is an app, and apps can't be on call"), ("@eve", "is a guest in this workspace"),
            ("@frank", "has no e-mail address that I can see"),
        ])
    func `who cannot be invited is told why`(who: String, sentence: String) async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            let before = stage.pagerDuty.users.count
            try await stage.ada.types("/pd invite \(who)")
            try await stage.ada.sees(sentence)
            #expect(stage.pagerDuty.users.count == before)
        }
    }

    @Test func `an account without a seat says so`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            stage.pagerDuty.change { account in
                for number in 1...5 {
                    var user = account.users[2]
                    user.id = "PSEAT\(number)"
                    user.email = "seat\(number)@acme.example"
                    account.users.append(user)
                }
            }
            try await stage.ada.types("/pd invite @chloe")
            try await stage.ada.sees("has no seat left for a Responder")
            #expect(stage.pagerDuty.user("Chloe") == nil)
        }
    }

    @Test func `nobody of that name is said to be so`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd invite somebody")
            try await stage.ada.sees("Usage: `/pd invite <person>`")
        }
    }

    @Test func `an invitation whose answer was lost is made once`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            stage.breaks(.pagerduty, .lost, only: "POST /users", times: 1)
            try await stage.ada.types("/pd invite @chloe")
            try await stage.ada.sees("Invited <@U0CHLOE01>")
            #expect(stage.pagerDuty.users.filter { $0.name == "Chloe Dubois" }.count == 1)
        }
    }
}
