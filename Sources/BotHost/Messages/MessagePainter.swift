import BotStore
import Foundation
import Logging
import PluginAPI
import ServiceLifecycle
import SlackKit

/// Makes Slack show what plugins said it should: takes the newest wish for each message, posts it or edits what it
/// posted, and notes what people see now.
///
/// The intent is stored before the post, with an opaque id that goes along as metadata: a process that dies in between
/// leaves a trace by which the message can be found.
/// - SeeAlso: <https://docs.slack.dev/messaging/message-metadata>
final class MessagePainter: Service {
    private let store: any MessageStore
    private let wakeups: @Sendable () -> AsyncStream<Void>
    private let call: Call
    private let clock: HostClock
    private let logger: Logger

    /// Calls Slack for a workspace.
    typealias Call =
        @Sendable (_ method: String, _ arguments: JSONValue, _ workspace: String, _ organization: String)
        async throws -> JSONValue

    init(
        store: any MessageStore, wakeups: @escaping @Sendable () -> AsyncStream<Void>, clock: HostClock, logger: Logger,
        call: @escaping Call
    ) {
        self.store = store
        self.wakeups = wakeups
        self.call = call
        self.clock = clock
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
            await withTaskGroup(of: Void.self) { group in
                group.addTask { [wakeups] in
                    for await _ in wakeups() { signal.yield() }
                }
                group.addTask { [clock] in
                    while !Task.isCancelled {
                        signal.yield()
                        try? await clock.sleep(.seconds(1))
                    }
                    signal.finish()
                }
                for await _ in signals {
                    await paintAll()
                    if Task.isCancelled { break }
                }
                group.cancelAll()
            }
        }
    }

    /// Paints what is due until nothing is.
    func paintAll() async {
        while !Task.isCancelled {
            let now = clock.now()
            let due: [LiveMessage]
            do {
                due = try await claim(at: now)
            } catch {
                logger.error("live messages cannot be claimed: \(error)")
                return
            }
            if due.isEmpty { return }
            await withTaskGroup(of: Void.self) { group in
                for message in due {
                    group.addTask {
                        // A task of its own, which a stop does not cancel: whether a post that was cut off half way was
                        // made, nobody knows.
                        await Task { await self.paint(message) }.value
                    }
                }
            }
        }
    }

    /// A few of each channel, so that none keeps the others waiting.
    private func claim(at now: Date) async throws -> [LiveMessage] {
        var claimed: [LiveMessage] = []
        for due in try await store.dueMessages(limit: 8, at: now) {
            for work in MessageWork.allCases where due.count(of: work) > 0 {
                claimed += try await store.claimMessages(
                    work, in: due.place, lane: nil, limit: 2, at: now, leaseUntil: now.addingTimeInterval(30))
            }
        }
        return claimed
    }

    private func paint(_ message: LiveMessage) async {
        do {
            do {
                try await show(message)
            } catch let error as SlackError {
                try await settle(message, error)
            }
        } catch {
            logger.error(
                "a live message cannot be settled: \(error)",
                metadata: ["plugin": "\(message.key.plugin)", "key": "\(message.key.key)"])
        }
    }

    private func show(_ message: LiveMessage) async throws {
        let now = clock.now()
        guard let content = message.content else {
            if let channel = message.postedChannel, let ts = message.ts {
                _ = try await ask(
                    "chat.delete", ["channel": .string(channel), "ts": .string(ts)], message)
            }
            try await store.vanished(message.ticket, dueAt: now, at: now)
            return
        }
        guard case .object(var arguments) = try JSONValue(decoding: [UInt8](content)) else {
            try await store.bury(message.ticket, reason: "its content cannot be read", at: now)
            return
        }
        if message.state == .posted, let channel = message.postedChannel, let ts = message.ts {
            arguments["channel"] = .string(channel)
            arguments["ts"] = .string(ts)
            _ = try await ask("chat.update", .object(arguments), message)
            try await store.painted(
                message.ticket, version: message.version, channel: channel, ts: ts, at: clock.now())
            return
        }
        var channel = message.key.channel
        if let parent = message.parentKey {
            guard let shown = try await store.liveMessage(parent)?.place else {
                try await store.bury(message.ticket, reason: "what it answers is not shown", at: now)
                return
            }
            channel = shown.channel
            arguments["thread_ts"] = .string(shown.ts)
        }
        let intent = TraceID.make()
        try await store.intend(
            message.ticket, intentID: intent, channel: channel, thread: arguments["thread_ts"]?.string, at: now)
        arguments["channel"] = .string(channel)
        arguments["metadata"] = ["event_type": "bothost_message", "event_payload": ["id": .string(intent)]]
        let answer = try await ask("chat.postMessage", .object(arguments), message)
        try await store.painted(
            message.ticket, version: message.version, channel: answer["channel"].string ?? channel,
            ts: answer["ts"].string ?? "", at: clock.now())
    }

    private func ask(_ method: String, _ arguments: JSONValue, _ message: LiveMessage) async throws -> JSONValue {
        try await call(method, arguments, message.key.workspace, message.organization)
    }

    private func settle(_ message: LiveMessage, _ error: SlackError) async throws {
        let now = clock.now()
        switch error.code {
        case "message_not_found", "edit_window_closed", "cant_update_message":
            try await store.vanished(message.ticket, dueAt: now, at: now)
        case "rate_limited", "unreachable", "timeout", "invalid_answer":
            let wait = error.retryAfter.map { $0 / .seconds(1) } ?? 5
            try await store.postpone(message.ticket, dueAt: now.addingTimeInterval(wait))
        default:
            switch SlackErrorCode(error.code).remedy {
            case .retry, .inDoubt:
                try await store.postpone(message.ticket, dueAt: now.addingTimeInterval(5))
            case .reauthorize:
                // The app was removed from the workspace, or its token withdrawn: both are mended by installing it again.
                try await store.postpone(message.ticket, dueAt: now.addingTimeInterval(600))
            case .reroute, .tellAdministrator, .tellPerson, .permanent:
                logger.error(
                    "a live message cannot be shown",
                    metadata: [
                        "plugin": "\(message.key.plugin)", "key": "\(message.key.key)",
                        "channel": "\(message.key.channel)", "error": "\(error.code)",
                        "details": "\(error.details.joined(separator: "; "))",
                    ])
                try await store.bury(message.ticket, reason: error.code, at: now)
            }
        }
    }
}
