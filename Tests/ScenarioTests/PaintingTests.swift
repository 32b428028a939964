import Foundation
import Testing

@testable import Sandbox

/// Messages reach people through whatever Slack does: none is lost, none is there twice.
@Suite struct PaintingTests {
    private static let withFallback = Stage.Setup(
        plugins: """
            {"plugins": {"help": {}, "trigger": {}, "oncall": {}, "invite": {}, "unlink": {}, "insights": {},
            "incidents": {}}, "workspaces": {"T0ACME001": {"fallbackChannel": "C0RANDOM1"}}}
            """)

    private func texts(_ stage: Stage, _ channel: Place, _ text: String) async throws -> Int {
        try await stage.ada.reads(channel).count { $0.reads.contains(text) }
    }

    @Test func `a channel that Slack asks to leave alone is left alone, and no other`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents)
            try await stage.ada.connects("Search", to: .general, isLinked: true)
            stage.sandbox.faults.set(
                Fault(
                    target: .slack, kind: .rateLimited(retryAfter: 30), method: "chat.postMessage",
                    channel: Place.incidents.id, count: 1))
            _ = try stage.triggers("Carts are slow")
            try await stage.eventually("the refusal", at: #_sourceLocation) {
                stage.calls("chat.postMessage").first { $0.status == 429 }
            }
            let refused = stage.clock.now
            _ = try stage.triggers("Search is slow", on: "Search")
            try await stage.ada.sees("Search is slow", in: .general)
            try await stage.letTimePass(for: .seconds(29))
            #expect(try await texts(stage, .incidents, "Carts are slow") == 0)
            #expect(stage.posts(to: .incidents, since: refused).isEmpty, "not even tried")
            try await stage.letTimePass(for: .seconds(4))
            #expect(try await texts(stage, .incidents, "Carts are slow") == 1)
        }
    }

    @Test(arguments: [true, false])
    func `an incident whose post was not confirmed is shown, once where the app may look for it`(
        mayLook: Bool
    ) async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents)
            if !mayLook { await stage.takesAway(scopes: ["channels:history"]) }
            stage.breaks(.slack, .lost, only: "chat.postMessage", times: 1)
            _ = try stage.triggers("Carts are slow")
            try await stage.letTimePass(until: "the look for it") { stage.calls("conversations.history").first }
            try await stage.letTimePass(for: .seconds(15))
            #expect(try await texts(stage, .incidents, "Carts are slow") == (mayLook ? 1 : 2))
            #expect(stage.log.lines.contains { $0.contains("may be shown twice") } == !mayLook)
            // It can be worked with.
            try await stage.ada.presses("Acknowledge", in: .incidents)
            try await stage.ada.sees("Acknowledged", in: .incidents) { $0.reads.contains("Acknowledged") }
        }
    }

    @Test func `what a channel does not take is shown in the fallback channel, and says so there`() async throws {
        try await Stage.set(Self.withFallback) { stage in
            try await stage.ada.connects("Checkout", to: .incidents)
            stage.sandbox.faults.set(
                Fault(
                    target: .slack, kind: .error(code: "is_archived"), method: "chat.postMessage",
                    channel: Place.incidents.id))
            _ = try stage.triggers("Carts are slow")
            _ = try stage.triggers("Carts are empty")
            for title in ["Carts are slow", "Carts are empty"] {
                try await stage.letTimePass(until: title) {
                    try await stage.ada.reads(.random).first {
                        $0.reads.contains(title) && $0.reads.contains("Meant for <#C0INCIDNT>")
                    }
                }
            }
            try await stage.letTimePass(for: .seconds(5))
            #expect(try await texts(stage, .random, "I can't post in <#C0INCIDNT>. The channel is archived.") == 1)
            // It is a message like any other: its buttons work.
            try await stage.ada.presses("Acknowledge", in: .random)
            try await stage.ada.sees("Acknowledged", in: .random) { $0.reads.contains("Acknowledged") }
        }
    }

    @Test func `an incident that Slack refuses in its full form is shown as a line with its link`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents)
            stage.breaks(.slack, .error(code: "invalid_blocks"), only: "chat.postMessage", times: 2)
            _ = try stage.triggers("Carts are slow")
            let message = try await stage.ada.sees("Carts are slow", in: .incidents)
            #expect(message.reads.contains("<http"))
            #expect(message.labels.isEmpty)
            #expect(
                stage.calls("chat.postMessage").suffix(3).map(\.outcome) == ["invalid_blocks", "invalid_blocks", "ok"])
        }
    }
}

extension Stage {
    /// The posts that the host has tried in a channel.
    fileprivate func posts(to channel: Place, since date: Date) -> [JournalEntry] {
        calls("chat.postMessage").filter { $0.at > date && $0.request.contains("\"\(channel.id)\"") }
    }

    /// An administrator installs the app without some of what it asks for.
    fileprivate func takesAway(scopes: Set<String>) async {
        var manifest = await sandbox.slack.manifest
        manifest.scopes.removeAll { scopes.contains($0) }
        await sandbox.slack.install(manifest)
    }
}
