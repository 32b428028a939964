import Testing

@testable import Sandbox

/// Response URLs: five uses within half an hour, and what comes after.
struct ResponseURLTests {
    @Test func `a sixth answer reaches the person by another way`() async throws {
        try await form { stage in
            for number in 1...6 {
                try await stage.ada.presses("Whisper")
                try await stage.eventually("answer \(number) is missing", at: #_sourceLocation) {
                    try await stage.ada.reads(.random).filter { $0.reads == "Only you read this." }.count == number
                        ? true : nil
                }
            }
            #expect(stage.calls("response_url").map(\.outcome) == ["ok", "ok", "ok", "ok", "ok", "used_url"])
            #expect(stage.calls("chat.postEphemeral").count == 1)
        }
    }

    @Test func `an answer after half an hour reaches the person by another way`() async throws {
        try await form { stage in
            stage.pass(.seconds(31 * 60))
            try await stage.ada.fills(["Name": "Ada"])
            let answer = try await stage.ada.sees("Sent Ada with no colour, depth 1.", in: .random)
            #expect(answer.isEphemeral)
            #expect(stage.calls("response_url").map(\.outcome) == ["expired_url"])
        }
    }

    @Test func `an answer where the app is not in the channel comes as a direct message`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            try await stage.ada.types("/pd form", in: .privateWithoutApp)
            try await stage.ada.seesForm("Probe 1")
            stage.pass(.seconds(31 * 60))
            try await stage.ada.fills(["Name": "Ada"])
            try await stage.ada.sees("Sent Ada with no colour, depth 1.", in: stage.ada.direct)
        }
    }

    @Test func `an answer arrives where the app is not in the channel, as long as Slack lets it`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            try await stage.ada.types("/pd form", in: .privateWithoutApp)
            try await stage.ada.seesForm("Probe 1")
            try await stage.ada.fills(["Name": "Ada"])
            try await stage.ada.sees("Sent Ada with no colour, depth 1.", in: .privateWithoutApp)
        }
    }

    @Test func `a response URL that is not Slack's is never called`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            let evil = "http://127.0.0.1:9/commands/steal"
            let fields = [
                ("command", "/pd"), ("text", "form"), ("team_id", "T0ACME001"), ("user_id", "U0ADA0001"),
                ("channel_id", "C0RANDOM1"), ("channel_name", "random"), ("trigger_id", "1.2.3"),
                ("response_url", evil),
            ]
            let answer = try await stage.slackSends(FormText.write(fields), json: false)
            #expect(answer.status == 200)
            // The trigger is none, so that the form cannot open, which is told the person without that address.
            try await stage.eventually("nobody is told", at: #_sourceLocation) {
                stage.calls("chat.postEphemeral").first
            }
        }
    }

    private func form(_ play: @escaping @Sendable (Stage) async throws -> Void) async throws {
        try await Stage.set(Stage.withProbe) { stage in
            try await stage.ada.types("/pd form", in: .random)
            try await stage.ada.seesForm("Probe 1")
            try await play(stage)
        }
    }
}
