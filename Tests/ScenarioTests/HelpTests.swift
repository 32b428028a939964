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

    @Test func `the command alone is a question for help`() async throws {
        try await Stage.set { stage in
            try await stage.ada.types("/pd")
            try await stage.ada.sees("What you can do here")
        }
    }

    @Test func `a button in help starts the command`() async throws {
        try await Stage.set { stage in
            try await stage.ben.types("/pd help")
            try await stage.ben.presses("host:run//pd oncall", in: .general)
            try await stage.ben.sees("Who is on call?")
        }
    }

    @Test func `help has no button for a command that needs words`() async throws {
        try await Stage.set(Stage.Setup(plugins: Stage.theSix)) { stage in
            try await stage.ada.types("/pd help")
            let help = try await stage.ada.sees("What you can do here")
            let lines = BlockKitForm.elements(in: help.json["blocks"]?.array ?? []).compactMap {
                $0.element["value"]?.string
            }
            #expect(lines == ["/pd trigger", "/pd oncall", "/pd unlink", "/pd insights"])
        }
    }

    @Test func `help tells more of one command`() async throws {
        try await Stage.set { stage in
            try await stage.ada.types("/pd help trigger")
            let help = try await stage.ada.sees("the impacted service")
            #expect(help.reads.contains("--urgency"))
            try await stage.ada.types("/pd help nonsense")
            try await stage.ada.sees("There is no command “nonsense” here")
        }
    }

    @Test func `commands of other plugins stand in help too`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            try await stage.ada.types("/pd help")
            let help = try await stage.ada.sees("Try what Slack can do")
            #expect(help.reads.contains("/pd loud"))
            #expect(help.reads.contains("/deploy"))
        }
    }
}
