import BotStore
import Foundation
import Logging
import PluginAPI
import SlackKit

/// Paints one message: posts it, edits it, takes it away, and knows what to do when Slack will not.
struct Brush: Sendable {
    let store: any MessageStore
    let clock: HostClock
    let logger: Logger
    let metrics = PainterMetrics()
    let closed = ClosedChannels()
    let refusals = Refusals()
    let call: MessagePainter.Call
    /// The channel of a workspace for what cannot be shown elsewhere.
    let fallback: @Sendable (_ workspace: String) -> String?

    /// Until somebody has mended what only people can mend.
    static let longPause: TimeInterval = 600
    /// For so long a message waits for that.
    static let patience: TimeInterval = 48 * 3_600

    /// Where a message goes.
    struct Destination: Sendable, Equatable {
        var channel: String
        var thread: String?
    }

    func paint(_ message: LiveMessage) async {
        do {
            if message.state == .intent {
                guard try await isOutOfDoubt(message) else { return }
            }
            guard message.content != nil else { return try await takeAway(message) }
            if message.state == .posted, let shown = message.place {
                try await edit(message, shown)
            } else {
                guard let destination = try await destination(of: message) else {
                    return try await bury(message, "what it answers is not shown")
                }
                try await post(message, to: destination)
            }
        } catch {
            guard (error as? StoreError)?.code != .lostLease else {
                return logger.debug("a live message was taken over", metadata: metadata(message))
            }
            logger.error("a live message cannot be settled: \(error)", metadata: metadata(message))
        }
    }

    // MARK: doubt

    /// - Returns: True where it is to be posted.
    private func isOutOfDoubt(_ message: LiveMessage) async throws -> Bool {
        let finding = await DoubtfulPost().find(message, at: clock.now()) { [self] method, arguments in
            try await ask(method, arguments, message)
        }
        switch finding {
        case .found(let ts, let version):
            metrics.doubt("found")
            try await store.painted(
                message.ticket, version: version, channel: message.postedChannel ?? message.key.channel, ts: ts,
                at: clock.now())
            return false
        case .later(let date):
            try await store.postpone(message.ticket, dueAt: date)
            return false
        case .missing:
            metrics.doubt("missing")
            return true
        case .unknowable(let code):
            metrics.doubt("unknown")
            if message.content != nil {
                logger.warning(
                    "a live message may be shown twice: whether it was posted before cannot be found out",
                    metadata: metadata(message, code))
            }
            return true
        }
    }

    // MARK: taking away and editing

    private func takeAway(_ message: LiveMessage) async throws {
        if message.state == .posted, let shown = message.place {
            do {
                _ = try await ask(
                    "chat.delete", ["channel": .string(shown.channel), "ts": .string(shown.ts)], message)
                metrics.painted("delete")
            } catch let error as SlackError {
                switch SlackErrorCode(error.code).remedy {
                case .postAfresh: break
                case .retry, .inDoubt: return try await store.postpone(message.ticket, dueAt: due(after: error))
                default: return try await bury(message, error.code)
                }
            }
        }
        try await store.vanished(message.ticket, dueAt: clock.now(), at: clock.now())
    }

    private func edit(_ message: LiveMessage, _ shown: ShownMessage) async throws {
        guard let content = try await arguments(of: message, in: shown.channel) else {
            return try await bury(message, "its content cannot be read")
        }
        do {
            _ = try await refined(message, content) { cut in
                var arguments = cut
                arguments["channel"] = .string(shown.channel)
                arguments["ts"] = .string(shown.ts)
                arguments["thread_ts"] = nil
                return try await ask("chat.update", .object(arguments), message)
            }
            metrics.painted("edit")
            try await store.painted(
                message.ticket, version: message.version, channel: shown.channel, ts: shown.ts, at: clock.now())
        } catch let error as SlackError {
            switch SlackErrorCode(error.code).remedy {
            case .postAfresh, .reroute:
                try await store.vanished(message.ticket, dueAt: clock.now(), at: clock.now())
            case .retry, .inDoubt: try await store.postpone(message.ticket, dueAt: due(after: error))
            default: try await hold(message, error)
            }
        }
    }

    // MARK: posting

    /// - Returns: nil where the message that it answers is not there.
    private func destination(of message: LiveMessage) async throws -> Destination? {
        if let parent = message.parentKey {
            guard let parent = try await store.liveMessage(parent), let shown = parent.place else { return nil }
            // Threads have one level only.
            return Destination(channel: shown.channel, thread: parent.thread ?? shown.ts)
        }
        if let digest = message.digestKey, let shown = try await store.liveMessage(digest)?.place {
            return Destination(channel: shown.channel, thread: shown.ts)
        }
        return Destination(channel: target(of: message.key.place))
    }

    /// The channel that a place's messages go to now.
    func target(of place: MessagePlace) -> String {
        guard closed.isClosed(place, at: clock.uptime()) else { return place.channel }
        return fallback(place.workspace) ?? place.channel
    }

    private func post(_ message: LiveMessage, to destination: Destination) async throws {
        guard let content = try await arguments(of: message, in: destination.channel) else {
            return try await bury(message, "its content cannot be read")
        }
        let intent = IntentID(at: clock.now())
        try await store.intend(
            message.ticket, intentID: intent.text, channel: destination.channel, thread: destination.thread,
            at: clock.now())
        do {
            let answer = try await refined(message, content) { cut in
                var arguments = cut
                arguments["channel"] = .string(destination.channel)
                if let thread = destination.thread { arguments["thread_ts"] = .string(thread) }
                arguments["metadata"] = intent.metadata(version: message.version)
                return try await ask("chat.postMessage", .object(arguments), message)
            }
            try await store.painted(
                message.ticket, version: message.version, channel: answer["channel"].string ?? destination.channel,
                ts: answer["ts"].string ?? "", at: clock.now())
            await posted(message, at: destination)
        } catch let error as SlackError {
            try await settle(message, error, destination)
        }
    }

    private func posted(_ message: LiveMessage, at destination: Destination) async {
        let now = clock.now()
        let isDigest = Digest.isKey(message.key)
        metrics.painted(isDigest ? "digest" : destination.thread == nil ? "post" : "reply")
        if isDigest {
            for member in (try? await store.messages(inDigest: message.key)) ?? [] { metrics.seen(member, at: now) }
        } else if message.digest == nil {
            metrics.seen(message, at: now)
        }
        guard destination.channel == message.key.channel, closed.open(message.key.place),
            let fallback = fallback(message.key.workspace)
        else { return }
        let notice = ClosedChannelNotice(place: message.key.place, organization: message.organization)
        try? await notice.takeBack(from: fallback, store: store, at: now)
    }

    /// What becomes of a message that could not be posted.
    private func settle(_ message: LiveMessage, _ error: SlackError, _ destination: Destination) async throws {
        let now = clock.now()
        switch SlackErrorCode(error.code).remedy {
        case .inDoubt:
            // Whether it is there is found out when Slack cannot be at it any more.
            try await store.postpone(message.ticket, dueAt: now.addingTimeInterval(DoubtfulPost.underWay))
        case .retry:
            try await store.vanished(message.ticket, dueAt: due(after: error), at: now)
        case .postAfresh where destination.thread != nil && message.parent == nil:
            try await post(message, to: Destination(channel: target(of: message.key.place)))
        case .postAfresh:
            try await bury(message, error.code)
        case .reroute where destination.thread == nil || message.parent == nil:
            try await reroute(message, error, from: destination)
        default:
            try await hold(message, error)
        }
    }

    private func reroute(_ message: LiveMessage, _ error: SlackError, from destination: Destination) async throws {
        let place = message.key.place
        // What was meant for one person is nobody else's to read.
        guard place.channel.utf8.first == UInt8(ascii: "C") || place.channel.utf8.first == UInt8(ascii: "G") else {
            return try await hold(message, error)
        }
        let isNews = destination.channel == place.channel && closed.close(place, at: clock.uptime())
        let fallback = fallback(place.workspace)
        if isNews {
            logger.error(
                "a channel takes no messages: invite the app again, or have its messages go elsewhere",
                metadata: metadata(message, error.code).merging(["fallback": "\(fallback ?? "none")"]) { $1 })
        }
        guard let fallback, fallback != destination.channel else { return try await hold(message, error) }
        metrics.rerouted(error.code)
        if isNews {
            let notice = ClosedChannelNotice(place: place, organization: message.organization)
            try await notice.say(error.code, in: fallback, store: store, at: clock.now())
        }
        try await post(message, to: Destination(channel: fallback))
    }

    /// Waits for people to mend it, as long as it is worth it.
    private func hold(_ message: LiveMessage, _ error: SlackError) async throws {
        let now = clock.now()
        let remedy = SlackErrorCode(error.code).remedy
        let isHopeless = remedy == .permanent || remedy == .rerender || remedy == .tellPerson
        let since = message.state == .posted ? message.updatedAt : message.createdAt
        guard !isHopeless, now.timeIntervalSince(since) < Self.patience else {
            return try await bury(message, error.code, details: error.details)
        }
        logger.error(
            "a live message waits until somebody has mended what is wrong", metadata: metadata(message, error.code))
        let dueAt = now.addingTimeInterval(Self.longPause)
        if message.state == .posted {
            try await store.postpone(message.ticket, dueAt: dueAt)
        } else {
            try await store.vanished(message.ticket, dueAt: dueAt, at: now)
        }
    }

    private func bury(_ message: LiveMessage, _ reason: String, details: [String] = []) async throws {
        metrics.buried(reason)
        logger.error(
            "a live message cannot be shown",
            metadata: metadata(message, reason).merging(["details": "\(details.joined(separator: "; "))"]) { $1 })
        try await store.bury(message.ticket, reason: reason, at: clock.now())
    }

    // MARK: content

    /// What is to be shown now; of a digest, what it tells of now.
    private func arguments(of message: LiveMessage, in channel: String) async throws -> [String: JSONValue]? {
        let arguments: [String: JSONValue]
        if Digest.isKey(message.key) {
            arguments = Digest(members: try await store.messages(inDigest: message.key)).arguments
        } else {
            guard let content = message.content, let json = try? JSONValue(decoding: [UInt8](content)),
                let members = json.object
            else { return nil }
            arguments = members
        }
        let isElsewhere = channel != message.key.channel && channel == fallback(message.key.workspace)
        return isElsewhere ? ClosedChannelNotice.marking(arguments, meantFor: message.key.channel) : arguments
    }

    /// Shows less and less of a message until Slack takes it, and remembers how much that was.
    private func refined(
        _ message: LiveMessage, _ content: [String: JSONValue],
        _ send: ([String: JSONValue]) async throws -> JSONValue
    ) async throws -> JSONValue {
        var fidelity = refusals.fidelity(of: message)
        while true {
            do {
                return try await send(fidelity.cut(content))
            } catch let error as SlackError {
                let remedy = SlackErrorCode(error.code).remedy
                guard remedy == .rerender || remedy == .permanent, let less = fidelity.less else { throw error }
                fidelity = less
                refusals.note(message, less)
                metrics.rerendered(less, error.code)
                logger.error(
                    "Slack refuses what a live message looks like; less of it is shown",
                    metadata: metadata(message, error.code).merging(
                        ["as": "\(less.rawValue)", "details": "\(error.details.joined(separator: "; "))"]) { $1 })
            }
        }
    }

    // MARK: helpers

    private func ask(_ method: String, _ arguments: JSONValue, _ message: LiveMessage) async throws -> JSONValue {
        try await call(method, arguments, message.key.workspace, message.organization)
    }

    private func due(after error: SlackError) -> Date {
        clock.now().addingTimeInterval(error.retryAfter.map { $0 / .seconds(1) } ?? 5)
    }

    private func metadata(_ message: LiveMessage, _ code: String? = nil) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "plugin": "\(message.key.plugin)", "workspace": "\(message.key.workspace)",
            "channel": "\(message.key.channel)", "key": "\(message.key.key)",
        ]
        if let code { metadata["error"] = "\(code)" }
        return metadata
    }
}
