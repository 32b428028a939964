import FoundationEssentials
import Testing

@testable import Sandbox

/// Commands that people say to the app instead of typing them with a slash.
@Suite struct SpokenCommandTests {
    @Test func `in a channel a mention is a command, and a private answer stays private`() async throws {
        try await Stage.set { stage in
            try await stage.ada.says("@bothost help", in: .incidents)
            let help = try await stage.ada.sees("What you can do here", in: .incidents)
            #expect(help.isEphemeral)
            #expect(help.thread == nil)
            #expect(help.reads.contains("Without a slash"))
            #expect(try await !stage.ben.reads(.incidents).contains { $0.reads.contains("What you can do here") })
        }
    }

    @Test func `the words are those of the slash command, mistakes too`() async throws {
        try await Stage.set { stage in
            try await stage.ada.says("@BotHost: oncal checkout", in: .incidents)
            try await stage.ada.sees("Did you mean", in: .incidents)
            try await stage.ada.says("@bothost /pd oncall checkout", in: .incidents)
            try await stage.ada.sees("Checkout", in: .incidents) { $0.isFromApp && $0.reads.contains("Checkout") }
            try await stage.ada.says("@bothost", in: .incidents)
            try await stage.ada.sees("What you can do here", in: .incidents)
        }
    }

    @Test func `in a thread the answer stands in the thread`() async throws {
        try await Stage.set { stage in
            let first = try await stage.ben.says("Who can help here?", in: .incidents)
            try await stage.ada.says("@bothost help", in: .incidents, thread: first)
            let help = try await stage.ada.sees("What you can do here", in: .incidents)
            #expect(help.thread == first)
        }
    }

    @Test func `in the direct message everything is meant for the app`() async throws {
        try await Stage.set { stage in
            try await stage.ada.says("help", in: stage.ada.direct)
            let help = try await stage.ada.sees("What you can do here", in: stage.ada.direct)
            #expect(!help.isEphemeral)
            // Its own answer is no command: nothing follows.
            stage.pass(.seconds(5))
            try await stage.ada.says("oncall checkout", in: stage.ada.direct)
            try await stage.ada.sees("Checkout", in: stage.ada.direct) { $0.isFromApp && $0.reads.contains("Checkout") }
            #expect(try await stage.ada.reads(stage.ada.direct).filter { $0.isFromApp }.count == 2)
        }
    }

    @Test func `a command that needs a form and an account asks for both, and goes on`() async throws {
        try await Stage.set { stage in
            try await stage.ada.says("@bothost trigger", in: .incidents)
            try await stage.ada.sees("the prompt to link", in: .incidents) {
                $0.labels.contains("Link PagerDuty account")
            }
            try await stage.ada.links()
            try await stage.ada.says("@bothost trigger", in: .incidents)
            try await stage.ada.sees("a button for the form", in: .incidents) { $0.labels.contains("Open the form") }
            try await stage.ada.presses("Open the form", in: .incidents)
            try await stage.ada.seesForm("Trigger an incident")
        }
    }

    @Test func `what plugins.json keeps from a channel is kept from a mention there`() async throws {
        let plugins = """
            {"plugins": {"help": {}, "oncall": {"channels": ["C0CHECKOT"]}}}
            """
        try await Stage.set(Stage.Setup(plugins: plugins)) { stage in
            try await stage.ada.types("/pd oncall checkout", in: .incidents)
            let typed = try await stage.ada.last(in: .incidents).reads
            try await stage.ada.says("@bothost oncall checkout", in: .incidents)
            try await stage.eventually("the mention is refused as the command is", at: #_sourceLocation) {
                try await stage.ada.reads(.incidents).filter { $0.reads == typed }.count == 2 ? true : nil
            }
        }
    }

    @Test func `bots, changed messages and mentions in passing are no commands`() async throws {
        try await Stage.set { stage in
            let mention: JSON = [
                "type": "app_mention", "user": "U0ADA0001", "text": "<@U0BOTHOST> help", "channel": "C0INCIDNT",
                "ts": .string("\(Int(stage.clock.now.timeIntervalSince1970)).000100"),
            ]
            for (id, more) in [
                ("Ev1", ["bot_id": "B0OTHER01"]), ("Ev2", ["edited": ["user": "U0ADA0001", "ts": "1"]]),
                ("Ev3", ["subtype": "bot_message"]), ("Ev4", ["user": "U0BOTHOST"]), ("Ev5", ["user": "USLACKBOT"]),
                ("Ev6", ["text": "thanks <@U0BOTHOST> help"]), ("Ev7", ["text": "<@U0BOTHOST1> help"]),
                ("Ev8", ["type": "message", "channel_type": "channel"]), ("Ev9", ["hidden": true]),
            ] as [(String, [String: JSON?])] {
                let answer = try await stage.slackSends(event: mention.with(more), id: id)
                #expect(answer.status == 200)
            }
            _ = try await stage.slackSends(event: mention.with(["text": "<@U0BOTHOST|bothost> help"]), id: "Ev99")
            try await stage.ada.sees("What you can do here", in: .incidents)
            #expect(try await stage.ada.reads(.incidents).filter { $0.isFromApp }.count == 1)
        }
    }

    @Test func `a mention that Slack tells of twice is answered once`() async throws {
        try await Stage.set { stage in
            stage.breaks(.host, .lost, only: "event:app_mention", times: 1)
            try await stage.ada.says("@bothost help", in: .incidents)
            try await stage.eventually("Slack does not try again", at: #_sourceLocation) {
                stage.sandbox.journal.entries().filter { $0.kind == "event:app_mention" }.count == 2 ? true : nil
            }
            try await stage.ada.says("@bothost oncal", in: .incidents)
            try await stage.ada.sees("Did you mean", in: .incidents)
            let helps = try await stage.ada.reads(.incidents).filter {
                $0.reads.contains("What you can do here") && !$0.reads.contains("Did you mean")
            }
            #expect(helps.count == 1)
        }
    }

    @Test func `what was said long ago is not carried out`() async throws {
        try await Stage.set { stage in
            let event: JSON = [
                "type": "app_mention", "user": "U0ADA0001", "text": "<@U0BOTHOST> help", "channel": "C0INCIDNT",
                "ts": .string("\(Int(stage.clock.now.timeIntervalSince1970) - 600).000100"),
            ]
            _ = try await stage.slackSends(event: event, id: "Ev1")
            try await stage.ada.sees("I was not there when you said this", in: .incidents)
        }
    }
}
