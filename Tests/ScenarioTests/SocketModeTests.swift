import Foundation
import PluginAPI
import ServiceLifecycle
import Testing

@testable import Sandbox

/// Socket Mode over real WebSockets: the host has no address that Slack knows.
struct SocketModeTests {
    private static func setUp(_ change: (inout Stage.Setup) -> Void = { _ in }) -> Stage.Setup {
        var setup = Stage.withProbe
        setup.isSocketMode = true
        change(&setup)
        return setup
    }

    private static func on(
        _ setup: Stage.Setup = setUp(), _ play: @Sendable (Stage) async throws -> Void
    ) async throws {
        try await Stage.set(setup) { stage in
            try await stage.hasSockets(3)
            try await play(stage)
        }
    }

    @Test func `commands, buttons, forms, menus and events come over sockets`() async throws {
        try await Self.on { stage in
            try await stage.ada.types("/pd help")
            try await stage.ada.sees("What you can do here")
            try await stage.ada.types("/pd panel", in: .random)
            try await stage.ada.presses("Change", in: .random)
            try await stage.ada.sees("Changed by", in: .random)
            try await stage.ada.types("/pd form")
            try await stage.ada.seesForm("Probe 1")
            #expect(try await stage.ada.isOffered("Colour", typing: "re") == ["Red", "Green"])
            try await stage.ada.says("<@U0BOTHOST> hello", in: .random)
            try await stage.ben.sees("Mentioned, number 1.", in: .random)
            let ways = Set(stage.sandbox.journal.entries().filter { $0.direction == .toHost }.map(\.method))
            #expect(ways == ["WSS"])
        }
    }

    @Test func `a request over HTTP is refused, for nothing could prove who sent it`() async throws {
        try await Self.on { stage in
            let answer = try await stage.slackSends(#"{"type":"url_verification","challenge":"c"}"#)
            #expect(answer.status == 401)
        }
    }

    @Test(arguments: ["warning", "refresh_requested"])
    func `the next socket is there before one that Slack ends`(reason: String) async throws {
        try await Self.on { stage in
            let before = stage.sockets
            try await stage.does(reason)
            try await stage.eventually("a replacement", at: #_sourceLocation) {
                stage.sockets.contains { !before.contains($0) } ? true : nil
            }
            try await stage.letTimePass(until: "the end of the old one") {
                before.contains(where: stage.sockets.contains) && stage.sockets.count <= 3 && stage.sockets != before
                    ? true : nil
            }
            try await stage.ada.types("/pd help")
            try await stage.ada.sees("What you can do here")
        }
    }

    @Test func `a broken socket is replaced at once`() async throws {
        try await Self.on { stage in
            let before = stage.sockets
            try await stage.does("drop")
            try await stage.hasSockets(3, besides: before)
        }
    }

    @Test func `a silent peer is found and replaced`() async throws {
        try await Self.on { stage in
            let before = stage.sockets
            try await stage.does("silence")
            try await stage.letTimePass(until: "the end of the silent one") {
                before.allSatisfy(stage.sockets.contains) ? nil : true
            }
            try await stage.hasSockets(3)
        }
    }

    @Test func `a socket that is never greeted is given up`() async throws {
        try await Self.on { stage in
            try await stage.does("stall")
            try await stage.does("drop")
            try await stage.letTimePass(for: .seconds(12))
            try await stage.does("greet")
            try await stage.letTimePass(until: "three greeted sockets") {
                stage.sandbox.slack.sockets.all.filter { !$0.isSilent }.count == 3 ? true : nil
            }
        }
    }

    @Test func `too many sockets: one goes, the others serve, and Slack is left alone for a while`() async throws {
        try await Self.on { stage in
            let asked = stage.calls("apps.connections.open").count
            try await stage.does("too_many_websockets")
            try await stage.eventually("two sockets", at: #_sourceLocation) { stage.sockets.count == 2 ? true : nil }
            try await stage.letTimePass(for: .seconds(20))
            #expect(stage.calls("apps.connections.open").count == asked)
            try await stage.ada.types("/pd help")
            try await stage.ada.sees("What you can do here")
            try await stage.letTimePass(until: "three sockets again") { stage.sockets.count == 3 ? true : nil }
        }
    }

    @Test func `a switched-off Socket Mode: the host stops asking, alarms, and is not ready`() async throws {
        try await Self.on { stage in
            #expect(try await stage.readiness().status == 200)
            try await stage.does("link_disabled")
            try await stage.eventually("no socket", at: #_sourceLocation) { stage.sockets.isEmpty ? true : nil }
            let asked = stage.calls("apps.connections.open").count
            try await stage.letTimePass(for: .seconds(120))
            #expect(stage.calls("apps.connections.open").count == asked)
            let readiness = try await stage.readiness()
            #expect(readiness.status == 503)
            #expect(readiness.text.contains("Socket Mode is switched off for this app"))
            #expect(stage.log.lines.filter { $0.hasPrefix("critical") }.count == 1)
        }
    }

    @Test func `a command under way when its socket goes is answered over another, and done once`() async throws {
        try await Self.on { stage in
            let gate = Gate()
            async let typing = stage.ada.types("/pd slow \(gate.name)")
            try await stage.eventually("the command", at: #_sourceLocation) { gate.arrivals == 1 ? true : nil }
            let before = stage.sockets
            for number in before { stage.sandbox.slack.sockets.drop(number) }
            try await stage.hasSockets(3, besides: before)
            gate.open()
            let deed = try await typing
            #expect(deed.outcome == "ok")
            try await stage.ada.sees("Late, but here.")
            #expect(gate.arrivals == 1)
        }
    }

    @Test func `an event that was not acknowledged comes again, and is handled once`() async throws {
        try await Self.on { stage in
            stage.breaks(.host, .lost, only: "event:app_mention", times: 1)
            try await stage.ada.says("<@U0BOTHOST> hello", in: .random)
            try await stage.ben.sees("Mentioned, number 1.", in: .random)
            try await stage.eventually("a second delivery", at: #_sourceLocation) {
                stage.sandbox.journal.entries().filter { $0.kind == "event:app_mention" }.count == 2 ? true : nil
            }
            try await stage.ada.says("<@U0BOTHOST> again", in: .random)
            try await stage.ben.sees("Mentioned, number 2.", in: .random)
        }
    }

    @Test func `an answer that is too long for an acknowledgement follows by itself`() async throws {
        try await Self.on { stage in
            let before = stage.sockets
            async let typing = stage.ada.types("/pd flood", in: .random)
            let deed = try await typing
            #expect(deed.outcome == "ok")
            #expect(deed.answer == .null)
            try await stage.letTimePass(until: "the answer") {
                try await stage.ada.reads(.random).contains { $0.reads.contains("Line 39") } ? true : nil
            }
            #expect(stage.sockets == before)
        }
    }

    @Test func `a form that is too long for an acknowledgement follows by itself`() async throws {
        try await Self.on { stage in
            try await stage.ada.types("/pd form")
            try await stage.ada.seesForm("Probe 1")
            let before = stage.sockets
            #expect(try await stage.ada.fills(["Name": "flood"]).outcome == "ok")
            try await stage.letTimePass(until: "the form") {
                try await stage.ada.forms().last?.title == "Flood" ? true : nil
            }
            #expect(stage.sockets == before)
        }
    }

    @Test func `another process that takes our requests is noticed`() async throws {
        try await Self.on { stage in
            let stranger = try await Stranger.connect(to: try stage.sandbox.slack.sockets.makeAddress())
            try await stage.does("refresh_requested")
            try await stage.eventually("the alarm", at: #_sourceLocation) {
                stage.log.lines.contains { $0.contains("another process has sockets of this app") } ? true : nil
            }
            stranger.hangUp()
        }
    }

    @Test func `Slack's Retry-After is kept`() async throws {
        try await Self.on { stage in
            stage.breaks(.slack, .rateLimited(retryAfter: 40), only: "apps.connections.open", times: 1)
            let asked = stage.calls("apps.connections.open").count
            try await stage.does("drop")
            try await stage.eventually("the question", at: #_sourceLocation) {
                stage.calls("apps.connections.open").count == asked + 1 ? true : nil
            }
            try await stage.letTimePass(for: .seconds(35))
            #expect(stage.calls("apps.connections.open").count == asked + 1)
            try await stage.letTimePass(until: "three sockets again") { stage.sockets.count == 3 ? true : nil }
        }
    }

    @Test func `a ticket lets one connection in`() async throws {
        try await Self.on { stage in
            let address = try stage.sandbox.slack.sockets.makeAddress()
            let first = try await Stranger.connect(to: address)
            await #expect(throws: (any Error).self) { try await Stranger.connect(to: address) }
            first.hangUp()
        }
    }

    @Test func `a stop closes the sockets with a goodbye`() async throws {
        try await Self.on { stage in
            await stage.hostGroup.triggerGracefulShutdown()
            try await stage.letTimePass(until: "no socket") { stage.sandbox.slack.sockets.all.isEmpty ? true : nil }
        }
    }
}
