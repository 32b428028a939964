import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

@testable import Sandbox

/// Slash commands, as Slack delivers them.
struct SlashCommandTests {
    @Test func `what is typed arrives as it was typed`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            for text in [
                "a < b & c > d", "“quoted” — and more", "ünïcödé 🚀 日本語", "*bold* _it_ ~no~ `code`", "<!channel>",
            ] {
                try await stage.ada.types("/pd loud \(text)", in: .random)
                try await stage.ben.sees("You said: \(text)", in: .random)
            }
        }
    }

    @Test func `an answer for everybody stands under the command`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            try await stage.ada.types("/pd loud hello", in: .random)
            let seen = try await stage.ben.reads(.random).suffix(2).map(\.reads)
            #expect(seen == ["/pd loud hello", "You said: hello"])
        }
    }

    @Test func `a word that is no command gets the nearest one, and help`() async throws {
        try await Stage.set { stage in
            try await stage.ada.types("/pd onkall checkout")
            let answer = try await stage.ada.sees("I don't know the command `onkall`. Did you mean `/pd oncall`?")
            #expect(answer.reads.contains("What you can do here"))
            try await stage.ada.presses("Run /pd oncall", in: .general)
            try await stage.ada.sees("Who is on call?")
        }
    }

    @Test(arguments: ["<script>", "`", "*", "&amp;", "../..", "🚀", String(repeating: "x", count: 3_000)])
    func `an odd word gets help too`(word: String) async throws {
        var setup = Stage.Setup()
        setup.isProofread = false
        try await Stage.set(setup) { stage in
            let deed = try await stage.ada.types("/pd \(word)")
            #expect(deed.outcome == "ok")
            try await stage.ada.sees("I don't know the command")
        }
    }

    @Test func `a command that lacks a word asks for it in a form`() async throws {
        try await Stage.set { stage in
            try await stage.ada.types("/pd invite")
            try await stage.ada.seesForm("Invite")
        }
    }

    @Test func `a slash of its own goes to its plugin`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            try await stage.ada.types("/deploy web")
            try await stage.ada.sees("Deploying web.")
        }
    }

    @Test func `a workspace without the app is told so`() async throws {
        var setup = Stage.Setup()
        setup.workspaces = ["T0ACME001"]
        try await Stage.set(setup) { stage in
            let deed = try await stage.gina.types("/pd help", in: .globexGeneral)
            #expect(deed.outcome == "ok")
            try await stage.gina.sees("is not installed in this workspace", in: .globexGeneral)
        }
    }

    @Test func `a slow command is acknowledged in time, and answered when it is done`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            let gate = Gate()
            async let typing = stage.ada.types("/pd slow \(gate.name)")
            try await stage.letTimePass(until: "the acknowledgement") {
                stage.sandbox.journal.entries().first { $0.kind == "slash_command" }
            }
            let deed = try await typing
            #expect(deed.outcome == "ok")
            #expect(deed.answer == .null)
            #expect(stage.clock.now.timeIntervalSince1970 - 1_767_625_200 < 3)
            gate.open()
            let answer = try await stage.ada.sees("Late, but here.")
            #expect(answer.isEphemeral)
        }
    }

    @Test func `a form that comes too late is offered by a button`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            let gate = Gate()
            async let typing = stage.ada.types("/pd slow-form \(gate.name)")
            try await stage.letTimePass(until: "the acknowledgement") {
                stage.sandbox.journal.entries().first { $0.kind == "slash_command" }
            }
            _ = try await typing
            gate.open()
            try await stage.ada.sees("longer than Slack waits for a form")
            try await stage.ada.presses("Open the form", in: .general)
            try await stage.ada.seesForm("Probe 1")
        }
    }

    @Test func `a command that Slack did not sign is refused, and its words are in no log`() async throws {
        try await Stage.set { stage in
            var request = HTTPClientRequest(url: "\(stage.access.host)/slack/events")
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
            request.headers.add(name: "X-Slack-Request-Timestamp", value: "1767625200")
            request.headers.add(name: "X-Slack-Signature", value: "v0=" + String(repeating: "0", count: 64))
            request.body = .bytes(Array("command=%2Fpd&text=hush&team_id=T0ACME001".utf8))
            let answer = try await stage.access.send(request)
            #expect(answer.status == 401)
            #expect(!stage.log.lines.contains { $0.contains("hush") })
        }
    }
}
