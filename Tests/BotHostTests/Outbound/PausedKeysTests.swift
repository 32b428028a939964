import Foundation
import Testing

@testable import BotHost

@Suite struct PausedKeysTests {
    private let paused = PausedKeys()
    private let now = Date(timeIntervalSince1970: 1_700_000_000)
    private let key = PausedKeys.Key(workspace: "T01", method: "chat.postMessage", channel: "C01")

    @Test func `a pause holds for its own method, workspace and channel, until it is over`() {
        paused.pause(key, for: .seconds(30), now: now)
        #expect(paused.remaining(key, now: now) == .seconds(30))
        #expect(paused.remaining(key, now: now + 29) == .seconds(1))
        #expect(paused.remaining(key, now: now + 30) == nil)
        #expect(paused.remaining(.init(workspace: "T02", method: key.method, channel: "C01"), now: now) == nil)
        #expect(paused.remaining(.init(workspace: "T01", method: "views.open", channel: "C01"), now: now) == nil)
        #expect(paused.remaining(.init(workspace: "T01", method: key.method, channel: "C02"), now: now) == nil)
    }
}
