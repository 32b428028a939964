import BotHost
import Testing

@testable import Sandbox

/// Shortcuts, from the composer and from a message.
struct ShortcutTests {
    @Test func `a shortcut from the composer opens a form`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            try await stage.ada.takes(shortcut: "probe:ping")
            try await stage.ada.seesForm("Probe 1")
            try await stage.ada.fills(["Name": "Ada"])
            // There is no channel to answer in: the direct message with the app is where it can be.
            try await stage.ada.sees("Sent Ada with no colour, depth 1.", in: stage.ada.direct)
        }
    }

    @Test func `a shortcut on a message is given the message`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            let ts = try await stage.ben.says("The disk is <full> & hot", in: .random)
            try await stage.ada.takes(shortcut: "probe:quote", in: .random, on: ts)
            let answer = try await stage.ada.sees("You quoted “The disk is <full> & hot”.", in: .random)
            #expect(answer.isEphemeral)
        }
    }

    @Test func `a shortcut of a plugin that is off says so`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            try stage.writes(plugins: #"{"plugins": {"help": {}, "probe": {"enabled": false}}}"#)
            await stage.host.policySource.refresh()
            try await stage.ada.takes(shortcut: "probe:ping")
            try await stage.ada.sees("This shortcut is switched off in this workspace", in: stage.ada.direct)
        }
    }
}
