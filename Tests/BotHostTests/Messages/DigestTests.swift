import BotStore
import Foundation
import PluginAPI
import Testing

@testable import BotHost

/// When there is more to show than a channel takes.
@Suite(.timeLimit(.minutes(10))) struct DigestTests {
    private static let many = 200

    /// All texts that people see in a channel.
    private func sight(_ it: PainterUnderTest, _ channel: String = "C1") -> String {
        it.slack.shown(channel).map { String(decoding: $0.encoded, as: UTF8.self) }.joined()
    }

    private func flood(_ it: PainterUnderTest, _ count: Int = many, urgentEvery: Int = 10) async throws {
        for number in 0..<count {
            try await it.show(
                "Brew [\(number)]", as: "m\(number)", lane: number % urgentEvery == 0 ? .urgent : .normal)
        }
    }

    @Test func `a flood is told of in few messages, the urgent ones first`() async throws {
        try await PainterUnderTest.run { it in
            try await flood(it)
            await it.paint(for: 3)
            let seen = sight(it)
            for number in stride(from: 0, to: Self.many, by: 10) { #expect(seen.contains("[\(number)]")) }
            await it.paint(for: 9)
            let all = sight(it)
            for number in 0..<Self.many { #expect(all.contains("[\(number)]"), "number \(number)") }
            #expect(it.slack.calls("chat.postMessage").count <= 8)
            let digest = try #require(it.slack.shown("C1").first { $0["text"].string?.contains("at once") == true })
            #expect(digest["text"].string?.contains("urgent") == true)
            #expect((digest["blocks"].array ?? []).count <= 50)
        }
    }

    @Test func `when it is calm each gets its own in the digest's thread, the urgent ones first`() async throws {
        try await PainterUnderTest.run { it in
            try await flood(it, 40, urgentEvery: 4)
            await it.paint(for: 59)
            #expect(it.slack.shown("C1").allSatisfy { $0["thread_ts"].isNull })
            await it.paint(for: 30)
            func replies() -> [String] {
                it.slack.shown("C1").filter { !$0["thread_ts"].isNull }.compactMap { $0["text"].string }
            }
            let first = replies()
            #expect(!first.isEmpty)
            #expect(first.allSatisfy { (Int($0.filter(\.isNumber)) ?? 1) % 4 == 0 })
            it.clock.advance(by: .seconds(511))
            await it.paint(for: 60)
            let own = it.slack.texts("C1").filter { $0.hasPrefix("Brew [") }
            #expect(Set(own).count == 40)
            #expect(own.count == 40, "each once")
        }
    }

    @Test func `what changes is told in the digest, soon and together`() async throws {
        try await PainterUnderTest.run { it in
            try await flood(it, 40)
            await it.paint(for: 8)
            let folded = try await it.store.claimedDigestMembers(it)
            let before = it.slack.calls("chat.update").count
            for name in folded.prefix(10) { try await it.show("Changed \(name)", as: name) }
            await it.paint(for: 7)
            for name in folded.prefix(10) { #expect(sight(it).contains("Changed \(name)")) }
            #expect(it.slack.calls("chat.update").count - before <= 2)
        }
    }

    @Test func `a process that dies while it posts a digest does not post it twice`() async throws {
        try await PainterUnderTest.run { it in
            try await flood(it, 40)
            it.slack.next("chat.postMessage", .refuses("ratelimited"))
            await it.paint()
            it.slack.next("chat.postMessage", .kills)
            it.clock.advance(by: .seconds(6))
            await it.paint()
            it.clock.advance(by: .seconds(31))
            let successor = PainterUnderTest(it.store, it.clock, it.slack)
            await successor.paint(for: 20)
            let all = sight(it)
            for number in 0..<40 { #expect(all.contains("[\(number)]")) }
            let heads = it.slack.texts("C1").filter { $0.contains("at once") }
            #expect(Set(heads).count == heads.count)
        }
    }

    @Test func `what begins a thread is told of, and what is said in the thread waits for it`() async throws {
        try await PainterUnderTest.run { it in
            try await flood(it, 40)
            try await it.show("And then", as: "news", under: "m20")
            await it.paint(for: 30)
            #expect(!sight(it).contains("And then"))
            await it.paint(for: 90)
            let news = try #require(it.slack.shown("C1").first { $0["text"] == "And then" })
            #expect(news["thread_ts"] == it.slack.shown("C1").first { $0["text"] == "Brew [20]" }?["thread_ts"])
        }
    }

    /// The storm of a thousand, at the pace at which Slack takes messages.
    @Test func `a thousand in ten seconds are seen within a minute, the urgent ones within five seconds`() async throws
    {
        try await PainterUnderTest.run { it in
            var wished: [String: Date] = [:]
            var seen: [String: Date] = [:]
            var probes: [TimeInterval] = []
            var looked = 0
            func look() {
                for call in it.slack.calls("chat.postMessage").dropFirst(looked) {
                    looked += 1
                    let text = String(decoding: call.arguments.encoded, as: UTF8.self)
                    for part in text.split(separator: "[").dropFirst() {
                        let number = String(part.prefix { $0 != "]" })
                        if seen[number] == nil { seen[number] = call.at }
                    }
                }
            }
            for tick in 0..<600 {
                if tick < 100 {
                    for number in tick * 10..<tick * 10 + 10 {
                        wished["\(number)"] = it.clock.now
                        try await it.show(
                            "Brew [\(number)]", as: "m\(number)", lane: number % 5 == 0 ? .urgent : .normal)
                    }
                }
                if tick % 50 == 0 {
                    wished["probe\(tick)"] = it.clock.now
                    try await it.show("Probe [probe\(tick)]", as: "p\(tick)", in: "C2")
                }
                await it.paint()
                it.clock.advance(by: .milliseconds(100))
            }
            look()
            var urgent: [TimeInterval] = []
            for (number, at) in wished {
                let delay = try #require(seen[number], "\(number) was never seen").timeIntervalSince(at)
                if number.hasPrefix("probe") { probes.append(delay) } else { #expect(delay <= 60) }
                if let number = Int(number), number % 5 == 0 { urgent.append(delay) }
            }
            urgent.sort()
            #expect(urgent.count == 200)
            #expect(urgent[urgent.count * 99 / 100] <= 5, "p99 \(urgent[urgent.count * 99 / 100])")
            #expect((probes.max() ?? 99) <= 5)
            #expect(it.slack.calls("chat.postMessage").count { $0.channel == "C1" } <= 60)
        }
    }
}

extension Store {
    /// The names of what digests tell of, without what was posted by itself.
    fileprivate func claimedDigestMembers(_ it: PainterUnderTest) async throws -> [String] {
        var names: [String] = []
        for number in 0..<200 {
            guard let message = try await it.message("m\(number)") else { break }
            if message.digest != nil { names.append(message.key.key) }
        }
        return names
    }
}
