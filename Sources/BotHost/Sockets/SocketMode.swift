import Foundation
import Logging
import ServiceLifecycle
import SlackKit
import Synchronization

/// Keeps sockets open to Slack, and does what comes over them: the hands of ``SocketPool``, which decides.
final class SocketMode: Service {
    private let opener: SocketOpener
    private let client: WebSocketClient
    private let desk: EnvelopeDesk
    private let clock: HostClock
    private let metrics: SocketMetrics
    private let logger: Logger
    private let shown = Mutex<String?>("no socket to Slack is open yet")

    /// How often time is looked at.
    static let tick = Duration.milliseconds(250)

    init(
        opener: SocketOpener, client: WebSocketClient, desk: EnvelopeDesk, clock: HostClock, logger: Logger
    ) {
        self.opener = opener
        self.client = client
        self.desk = desk
        self.clock = clock
        metrics = SocketMetrics()
        self.logger = logger
    }

    /// - Returns: `nil` where the host is given no app token.
    static func make(
        _ basics: HostBasics, outbound: OutboundParts, pipeline: Pipeline
    ) throws(StartProblems) -> SocketMode? {
        let access = basics.configuration.slack
        guard let token = access.appToken else { return nil }
        let client: WebSocketClient
        do {
            client = try WebSocketClient()
        } catch {
            throw StartProblems(lines: ["SLACK_APP_TOKEN: TLS cannot be set up on this machine: \(error)"])
        }
        return SocketMode(
            opener: SocketOpener(slack: outbound.slack, slackURL: access.url, token: token), client: client,
            desk: EnvelopeDesk(pipeline: pipeline, clock: basics.clock, logger: basics.logger), clock: basics.clock,
            logger: basics.logger)
    }

    /// Why nothing can come from Slack, where nothing can.
    var problem: String? { shown.withLock(\.self) }

    private enum Happening: Sendable {
        case event(SocketPool.Event)
        case opened(SocketPool.ID, WebSocketWire)
    }

    /// Everything that happens stands in one line and is dealt with one by one.
    private struct Line: Sendable {
        let sink: AsyncStream<Happening>.Continuation

        func happened(_ event: SocketPool.Event) { sink.yield(.event(event)) }
        func happened(_ event: SocketLife.Event, to id: SocketPool.ID) { happened(.socket(id, event)) }
    }

    func run() async throws {
        let (happenings, sink) = AsyncStream.makeStream(of: Happening.self)
        let line = Line(sink: sink)
        let clock = clock
        await withDiscardingTaskGroup { group in
            group.addTask {
                while !Task.isCancelled {
                    try? await clock.sleep(Self.tick)
                    line.happened(.tick)
                }
            }
            group.addTask {
                try? await gracefulShutdown()
                line.happened(.stop)
            }
            line.happened(.start)
            var pool = SocketPool(chance: { Double.random(in: 0...1) })
            var wires: [SocketPool.ID: WebSocketWire] = [:]
            for await happening in happenings {
                switch happening {
                case .opened(let id, let wire):
                    guard pool.knows(id) else {
                        wire.hangUp()
                        continue
                    }
                    wires[id] = wire
                case .event(let event):
                    for action in pool.handle(event, at: clock.uptime()) {
                        switch action {
                        case .socket(let id, let action):
                            if let work = perform(action, id, &wires, line) { group.addTask { await work() } }
                        case .tell(let news):
                            tell(news)
                            if case .over(let id, _) = news { wires.removeValue(forKey: id)?.hangUp() }
                        }
                    }
                    let problem = pool.problem
                    shown.withLock { $0 = problem }
                    metrics.count(live: pool.liveCount, strangers: pool.strangers)
                }
                if pool.isOver { break }
            }
            // A cancelled stop leaves nothing open either.
            for wire in wires.values { wire.hangUp() }
            group.cancelAll()
        }
    }

    /// - Returns: What takes longer.
    private func perform(
        _ action: SocketLife.Action, _ id: SocketPool.ID, _ wires: inout [SocketPool.ID: WebSocketWire], _ line: Line
    ) -> (@Sendable () async -> Void)? {
        switch action {
        case .open:
            metrics.opening()
            return { [self] in
                do throws(OpeningFailure) {
                    let address = try await opener.open()
                    await connect(id, to: address, line)
                } catch {
                    line.happened(.refused(error), to: id)
                }
            }
        case .handle(let envelope):
            return { [desk] in
                let answer = await desk.answer(envelope)
                line.happened(.answered(envelope: envelope.id, answer), to: id)
            }
        case .send(let text): wires[id]?.send(text)
        case .ping: wires[id]?.ping()
        case .pong(let data): wires[id]?.pong(data)
        case .close: wires[id]?.close()
        case .hangUp: wires.removeValue(forKey: id)?.hangUp()
        // The pool keeps reports to itself.
        case .report: break
        }
        return nil
    }

    private func connect(_ id: SocketPool.ID, to address: SocketEndpoint, _ line: Line) async {
        line.happened(.located, to: id)
        do throws(WebSocketClient.CannotConnect) {
            try await client.connect(to: address) { wire in
                line.sink.yield(.opened(id, wire))
                line.happened(.connected, to: id)
            } tell: { event in
                line.happened(event, to: id)
            }
        } catch {
            line.happened(.cannotConnect(error.sentence), to: id)
        }
    }

    private func tell(_ news: SocketPool.News) {
        switch news {
        case .live(let id, let hello):
            logger.info(
                "a socket to Slack is open",
                metadata: ["socket": "\(id)", "connections": "\(hello.connections.map { "\($0)" } ?? "not said")"])
        case .warned(let id, let reason):
            let level: Logger.Level = reason == .tooManyWebSockets ? .error : .info
            logger.log(
                level: level, "Slack will close a socket", metadata: ["socket": "\(id)", "reason": "\(reason.name)"])
        case .over(let id, let end):
            metrics.over(end)
            let isUsual = end == .retired || end == .disconnected(.refreshRequested) || end == .disconnected(.warning)
            logger.log(
                level: isUsual ? .info : .warning, "a socket to Slack is over",
                metadata: ["socket": "\(id)", "reason": "\(end.sentence)"])
        case .strangers(0): logger.notice("nobody else has sockets of this app any more")
        case .strangers(let count):
            logger.error(
                """
                another process has sockets of this app: what Slack sends over them does not arrive here. Unless it is \
                another replica of this host, stop it, or give it an app of its own
                """, metadata: ["sockets": "\(count)"])
        case .halted(let why): logger.critical("no more sockets to Slack are opened: \(why)")
        }
    }
}

extension SocketLife.End {
    /// For the log.
    var sentence: String {
        switch self {
        case .refused(let failure): "\(failure.sentence) (\(failure.code))"
        case .failed(let reason), .lost(let reason): reason
        case .disconnected(let reason): "Slack closed it: \(reason.name)"
        case .retired: "another one took its place"
        }
    }

    /// A word for the counters.
    var word: String {
        switch self {
        case .refused: "refused"
        case .failed: "failed"
        case .lost: "lost"
        case .disconnected(let reason): reason.name
        case .retired: "retired"
        }
    }
}
