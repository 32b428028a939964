import Testing

@testable import Sandbox

/// When PagerDuty or Slack misbehave, people get a clear sentence, and nothing is done twice.
struct FaultTests {
    @Test(
        arguments: [
            (Fault.Kind.down, "PagerDuty can't be reached at the moment: try again in a minute."),
            (.lost, "PagerDuty can't be reached at the moment: try again in a minute."),
            (.error(code: "500"), "PagerDuty can't be reached at the moment: try again in a minute."),
            (.rateLimited(retryAfter: 30), "PagerDuty is busy: try again in 30 seconds."),
        ])
    func `a person who asks while PagerDuty fails reads what is wrong`(kind: Fault.Kind, sentence: String) async throws
    {
        try await Stage.set { stage in
            stage.breaks(.pagerduty, kind)
            let deed = try await stage.ada.types("/pd oncall checkout")
            #expect(deed.outcome == "ok")
            let answer = try await stage.ada.sees("PagerDuty")
            #expect(answer.reads == sentence)
            stage.mends()
            try await stage.ada.types("/pd oncall checkout")
            try await stage.ada.sees("On call for")
        }
    }

    @Test func `an answer that PagerDuty gives late comes late`() async throws {
        try await Stage.set { stage in
            stage.breaks(.pagerduty, .slow(.seconds(4)))
            async let typing = stage.ada.types("/pd oncall checkout")
            let answer = try await stage.letTimePass(until: "the answer") {
                try await stage.ada.reads(.general).last { $0.reads.contains("On call for") }
            }
            let heard = try await typing
            #expect(heard.outcome == "ok")
            #expect(answer.isEphemeral)
            #expect(!answer.reads.contains("&lt;"))
        }
    }

    @Test func `a form for an incident says why it cannot be filled in`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            stage.breaks(.pagerduty, .error(code: "500"))
            try await stage.ada.types("/pd trigger checkout Down")
            try await stage.ada.seesForm("that says why") {
                $0.reads == "PagerDuty can't be reached at the moment: try again in a minute."
            }
        }
    }

    @Test(arguments: [Fault.Kind.down, .error(code: "500"), .error(code: "502"), .rateLimited(retryAfter: 30)])
    func `an incident that PagerDuty did not take stays in its form, and is made once when it does`(
        kind: Fault.Kind
    ) async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd trigger checkout Again")
            try await stage.ada.seesForm("Trigger an incident")
            stage.breaks(.pagerduty, kind)
            let deed = try await stage.ada.fills()
            #expect(deed.errors["Title"]?.isEmpty == false, "\(deed.json)")
            stage.mends()
            try await stage.ada.fills()
            try await stage.ada.sees("Triggered <http")
            #expect(stage.pagerDuty.incidents(titled: "Again").count == 1)
        }
    }

    @Test func `an incident that was made although its answer and the look for it were lost is made once`() async throws
    {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd trigger checkout Doubt")
            try await stage.ada.seesForm("Trigger an incident")
            stage.breaks(.pagerduty, .lost)
            let deed = try await stage.ada.fills()
            #expect(deed.errors["Title"]?.contains("never makes a second incident") == true, "\(deed.json)")
            stage.mends()
            try await stage.ada.fills()
            try await stage.ada.sees("Triggered <http")
            #expect(stage.pagerDuty.incidents(titled: "Doubt").count == 1)
        }
    }

    @Test func `a form that Slack does not open is explained`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            stage.breaks(.slack, .down, only: "views.open")
            try await stage.ada.types("/pd form")
            let answer = try await stage.ada.sees("Slack")
            #expect(answer.isEphemeral)
            #expect(!answer.reads.contains("three seconds"), "that was not the cause")
            stage.mends()
            try await stage.ada.types("/pd form")
            try await stage.ada.seesForm("Probe 1")
        }
    }

    @Test func `a form that Slack limits is explained`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            stage.breaks(.slack, .rateLimited(retryAfter: 10), only: "views.open", times: 1)
            try await stage.ada.types("/pd form")
            try await stage.ada.sees("Slack asks for a pause: please try again in a moment.")
            stage.pass(.seconds(11))
            try await stage.ada.types("/pd form")
            try await stage.ada.seesForm("Probe 1")
        }
    }

    @Test func `a form opens although Slack is slow`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            stage.breaks(.slack, .slow(.seconds(2)))
            let deed = try await stage.ada.types("/pd form")
            #expect(deed.outcome == "ok", "the acknowledgement does not wait for Slack")
            try await stage.letTimePass(until: "the form") { try await stage.ada.forms().last }
        }
    }

    @Test func `an answer reaches the person although the response URL fails`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            try await stage.ada.types("/pd panel", in: .random)
            stage.breaks(.slack, .error(code: "internal_error"), only: "response_url")
            try await stage.ada.presses("Whisper", in: .random)
            let answer = try await stage.ada.sees("Only you read this.", in: .random)
            #expect(answer.isEphemeral)
        }
    }

    /// Whether it was shown, nobody can know; an answer that is there twice is better than one that is not there.
    @Test func `an answer whose confirmation was lost is never lost, and shown no more than twice`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            try await stage.ada.types("/pd panel", in: .random)
            stage.breaks(.slack, .lost, only: "response_url")
            try await stage.ada.presses("Announce", in: .random)
            try await stage.ada.sees("Everybody reads this.", in: .random)
            try await stage.eventually("the host is not done", at: #_sourceLocation) {
                stage.calls("response_url").first
            }
            try await stage.ada.types("/pd loud after", in: .random)
            try await stage.ada.sees("You said: after", in: .random)
            let shown = try await stage.ada.reads(.random).filter { $0.reads == "Everybody reads this." }
            #expect((1...2).contains(shown.count))
        }
    }

    @Test func `a plugin that fails three times rests, the others go on, and it comes back`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            for _ in 1...3 {
                try await stage.ada.types("/pd fail 1")
                try await stage.ada.sees("Something went wrong with `/pd fail`.")
            }
            try await stage.ada.types("/pd fail 1")
            try await stage.ada.sees("`/pd fail` has failed several times and rests for a few minutes.")
            try await stage.ada.types("/pd oncall checkout")
            try await stage.ada.sees("On call for")
            try await stage.gina.types("/pd fail 0", in: .globexOps)
            try await stage.gina.sees("Nothing failed.", in: .globexOps)

            stage.pass(.seconds(301))
            // What the person can mend says nothing about the plugin: the next request tries again.
            try await stage.ada.types("/pd fail nonsense")
            try await stage.ada.sees("Usage: `/pd fail")
            try await stage.ada.types("/pd refuse")
            try await stage.ada.sees("Not <today> & not here.")
            try await stage.ada.types("/pd fail 0")
            try await stage.ada.sees("Nothing failed.")
        }
    }
}
