import BotStore
import Foundation
import PluginAPI
import SlackKit
import Synchronization

@testable import BotHost

/// Slack's channels as far as the painter knows them, in memory, with its limits kept by the host's own budget.
final class SlackModel: Sendable {
    struct Call: Sendable {
        let method: String
        let channel: String
        let arguments: JSONValue
        let at: Date
    }

    /// What goes wrong with the next call of a method.
    enum Trouble: Sendable {
        case refuses(String)
        /// It is done, and nobody hears of it.
        case isLost
        /// It is done, and the process dies.
        case kills
    }

    struct Killed: Error {}

    private struct State {
        var shown: [String: [JSONValue]] = [:]
        var calls: [Call] = []
        var troubles: [String: [Trouble]] = [:]
        var closed: [String: String] = [:]
        var number = 0
    }

    private let state = Mutex(State())
    private let clock: ManualClock
    let budget: SlackBudget

    init(clock: ManualClock) {
        self.clock = clock
        budget = SlackBudget(clock: clock.host)
    }

    /// - Parameter method: In every channel; with `/C1` behind it only there.
    func next(_ method: String, _ troubles: Trouble...) {
        state.withLock { $0.troubles[method, default: []] += troubles }
    }

    func close(_ channel: String, _ code: String?) { state.withLock { $0.closed[channel] = code } }
    func remove(_ ts: String, from channel: String) {
        state.withLock { $0.shown[channel]?.removeAll { $0["ts"].string == ts } }
    }

    var calls: [Call] { state.withLock(\.calls) }
    func calls(_ method: String) -> [Call] { calls.filter { $0.method == method } }
    /// What people see in a channel, oldest first.
    func shown(_ channel: String) -> [JSONValue] { state.withLock { $0.shown[channel] ?? [] } }
    func texts(_ channel: String) -> [String] { shown(channel).map { $0["text"].string ?? "" } }

    var call: MessagePainter.Call {
        { [self] method, arguments, workspace, _ in
            guard let known = WebAPIMethod.named(method) else { throw SlackError(code: "unknown_method") }
            if let wait = budget.take(LimitedCall(known, workspace: workspace, arguments: arguments), leaving: 5) {
                throw SlackError(code: "rate_limited", retryAfter: wait)
            }
            return try answer(method, arguments)
        }
    }

    var room: MessagePainter.Room {
        { [budget] place in
            guard let post = WebAPIMethod.named("chat.postMessage"), let edit = WebAPIMethod.named("chat.update") else {
                return ChannelPlan.Room(posts: 0, edits: 0)
            }
            let posts = budget.room(
                LimitedCall(post, workspace: place.workspace, channel: place.channel), leaving: 5)
            let edits = budget.room(LimitedCall(edit, workspace: place.workspace), leaving: 5)
            return ChannelPlan.Room(posts: posts.calls, postWait: posts.wait, edits: edits.calls, editWait: edits.wait)
        }
    }

    private func answer(_ method: String, _ arguments: JSONValue) throws -> JSONValue {
        let now = clock.now
        let (trouble, result): (Trouble?, Result<JSONValue, SlackError>) = state.withLock { state in
            let channel = arguments["channel"].string ?? ""
            state.calls.append(Call(method: method, channel: channel, arguments: arguments, at: now))
            let key = [method + "/" + channel, method].first { state.troubles[$0]?.isEmpty == false }
            let trouble = key.flatMap { state.troubles[$0]?.removeFirst() }
            if case .refuses(let code) = trouble { return (nil, .failure(SlackError(code: code))) }
            return (trouble, Self.act(method, arguments, channel, &state))
        }
        switch trouble {
        case .isLost: throw SlackError(code: "timeout")
        case .kills: throw Killed()
        default: return try result.get()
        }
    }

    private static func act(
        _ method: String, _ arguments: JSONValue, _ channel: String, _ state: inout State
    ) -> Result<JSONValue, SlackError> {
        if let code = state.closed[channel] { return .failure(SlackError(code: code)) }
        var message = arguments.object ?? [:]
        let ts = message["ts"]?.string ?? ""
        let place = state.shown[channel]?.firstIndex { $0["ts"].string == ts }
        switch method {
        case "chat.postMessage":
            if let thread = message["thread_ts"]?.string,
                state.shown[channel]?.contains(where: { $0["ts"].string == thread }) != true
            {
                return .failure(SlackError(code: "thread_not_found"))
            }
            state.number += 1
            let ts = "1790000000.\(100_000 + state.number)"
            message["ts"] = .string(ts)
            state.shown[channel, default: []].append(.object(message))
            return .success(["ok": true, "ts": .string(ts), "channel": .string(channel)])
        case "chat.update":
            guard let place, var shown = state.shown[channel]?[place].object else {
                return .failure(SlackError(code: "message_not_found"))
            }
            shown.merge(message) { $1 }
            state.shown[channel]?[place] = .object(shown)
            return .success(["ok": true])
        case "chat.delete":
            guard let place else { return .failure(SlackError(code: "message_not_found")) }
            state.shown[channel]?.remove(at: place)
            return .success(["ok": true])
        default:
            let thread = method == "conversations.replies" ? ts : nil
            let found = (state.shown[channel] ?? []).filter { $0["thread_ts"].string == thread }
            return .success(["ok": true, "messages": .array(found.reversed())])
        }
    }
}

/// A painter between a store and a ``SlackModel``.
struct PainterUnderTest: Sendable {
    let store: any Store
    let clock: ManualClock
    let slack: SlackModel
    let log: LogSink
    let painter: MessagePainter

    init(_ store: any Store, _ clock: ManualClock, _ slack: SlackModel? = nil, fallback: String? = nil) {
        let slack = slack ?? SlackModel(clock: clock)
        let log = LogSink()
        self.store = store
        self.clock = clock
        self.slack = slack
        self.log = log
        painter = MessagePainter(
            store: store, wakeups: { AsyncStream { $0.finish() } }, clock: clock.host, logger: log.logger(),
            fallback: { _ in fallback }, room: slack.room, call: slack.call)
    }

    static func run(fallback: String? = nil, _ body: (PainterUnderTest) async throws -> Void) async throws {
        try await TestFolder.withStore { store in
            try await body(PainterUnderTest(store, ManualClock(), fallback: fallback))
        }
    }

    /// Paints whatever can be painted now.
    func paint() async {
        while await painter.round() > 0 { _ = await painter.idle(within: .seconds(3_600)) }
    }

    /// Paints as time goes by.
    func paint(for seconds: Int) async {
        await paint()
        for _ in 0..<seconds * 4 {
            clock.advance(by: .milliseconds(250))
            await paint()
        }
    }

    func key(_ key: String, in channel: String = "C1", plugin: String = "coffee") -> MessageKey {
        MessageKey(plugin: plugin, workspace: "T1", channel: channel, key: key)
    }

    func show(
        _ text: String?, as name: String = "m", in channel: String = "C1", lane: JobLane = .normal,
        under parent: String? = nil, blocks: JSONValue? = nil
    ) async throws {
        var content: [String: JSONValue] = ["text": .string(text ?? "")]
        if let blocks { content["blocks"] = blocks }
        _ = try await store.wish(
            MessageWish(
                key: key(name, in: channel), parent: parent,
                content: text == nil ? nil : Data(JSONValue.object(content).encoded), lane: lane),
            at: clock.now)
    }

    func message(_ name: String = "m", in channel: String = "C1") async throws -> LiveMessage? {
        try await store.liveMessage(key(name, in: channel))
    }
}
