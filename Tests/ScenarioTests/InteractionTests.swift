import Testing

@testable import Sandbox

/// Buttons and menus in messages.
struct InteractionTests {
    @Test func `a button changes its message for everybody`() async throws {
        try await panel { stage in
            try await stage.ben.presses("Change", in: .random)
            let changed = try await stage.ada.sees("Changed by <@U0BEN0001>", in: .random)
            #expect(changed.json["edited"] == true)
            let panels = try await stage.ada.reads(.random).filter { $0.labels.contains("Change") }
            #expect(panels.count == 1)
        }
    }

    @Test func `a button answers the one who pressed it`() async throws {
        try await panel { stage in
            try await stage.ben.presses("Whisper", in: .random)
            let answer = try await stage.ben.sees("Only you read this.", in: .random)
            #expect(answer.isEphemeral)
            let others = try await stage.ada.reads(.random)
            #expect(!others.contains { $0.reads.contains("Only you read this.") })
        }
    }

    @Test func `a button answers everybody`() async throws {
        try await panel { stage in
            try await stage.ben.presses("Announce", in: .random)
            let answer = try await stage.ada.sees("Everybody reads this.", in: .random)
            #expect(!answer.isEphemeral)
        }
    }

    @Test func `a button removes its message`() async throws {
        try await panel { stage in
            try await stage.ben.presses("Remove", in: .random)
            try await stage.eventually("the panel is still there", at: #_sourceLocation) {
                try await stage.ada.reads(.random).contains { $0.labels.contains("Remove") } ? nil : true
            }
        }
    }

    @Test func `a choice in an overflow menu reaches its plugin`() async throws {
        try await panel { stage in
            try await stage.ben.presses("Second", in: .random)
            try await stage.ben.sees("You chose two.", in: .random)
        }
    }

    @Test func `a slow button is acknowledged in time and does its work`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            let gate = Gate()
            try await stage.ada.types("/pd panel \(gate.name)", in: .random)
            async let pressing = stage.ada.presses("Hold", in: .random)
            try await stage.letTimePass(until: "the acknowledgement") {
                stage.sandbox.journal.entries().first { $0.kind == "block_actions" }
            }
            let heard = try await pressing
            #expect(heard.outcome == "ok")
            gate.open()
            try await stage.ben.sees("Held no longer.", in: .random)
        }
    }

    @Test func `a button that fails says so, with a number for the administrators`() async throws {
        try await panel { stage in
            try await stage.ben.presses("Break", in: .random)
            let answer = try await stage.ben.sees("Something went wrong with this button.", in: .random)
            #expect(answer.isEphemeral)
            #expect(answer.reads.contains("Tell your administrators this number: `"))
        }
    }

    @Test func `a button works in an ephemeral message`() async throws {
        try await Stage.set { stage in
            try await stage.ada.types("/pd oncall checkout", in: .checkout)
            try await stage.ada.sees("On call for", in: .checkout)
            try await stage.ada.presses("Share in channel", in: .checkout)
            try await stage.ben.sees("Shared by <@U0ADA0001>", in: .checkout)
        }
    }

    private func panel(_ play: @escaping @Sendable (Stage) async throws -> Void) async throws {
        try await Stage.set(Stage.withProbe) { stage in
            try await stage.ada.types("/pd panel", in: .random)
            try await stage.ben.sees("A panel", in: .random)
            try await play(stage)
        }
    }
}
