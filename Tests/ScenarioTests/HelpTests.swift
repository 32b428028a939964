import Testing

@testable import Sandbox

/// `/pd help`
struct HelpTests {
    @Test func `help lists the six commands, for the person alone`() async throws {
        try await Stage.set { stage in
            let deed = try await stage.ada.types("/pd help")
            #expect(deed.outcome == "ok")
            let help = try await stage.ada.sees("What you can do here")
            #expect(help.isEphemeral)
            for command in ["help", "trigger", "oncall", "invite", "unlink", "insights"] {
                #expect(help.reads.contains("/pd \(command)"))
            }
            let others = try await stage.ben.reads(.general)
            #expect(!others.contains { $0.reads.contains("What you can do here") })
        }
    }
}
