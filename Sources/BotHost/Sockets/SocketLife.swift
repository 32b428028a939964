import SlackKit

/// The life of one socket, from the question for its address to its end: events in, what to do out. It does nothing by
/// itself and knows no clock, so that a test can lead it through anything.
///
/// ```
/// asking ─► connecting ─► greeting ─► live ─► draining ─► closing ─► over
/// ```
struct SocketLife: Sendable {
    /// What happened.
    enum Event: Sendable, Equatable {
        /// Slack gave an address.
        case located
        /// Slack gave none.
        case refused(OpeningFailure)
        case connected
        case cannotConnect(String)
        case message(SocketMessage)
        /// A text that is no message.
        case unreadable(String)
        case pinged([UInt8])
        /// Anything else was heard, such as an answer to a ping.
        case heard
        /// A request was dealt with; nil leaves it unacknowledged, so that Slack sends it again.
        case answered(envelope: String, [UInt8]?)
        /// It is not needed any more.
        case retire
        /// The connection is gone.
        case closed(code: Int?)
        /// Time has passed.
        case tick
    }

    /// What is to be done.
    enum Action: Sendable, Equatable {
        /// Ask Slack for an address, and connect there.
        case open
        case handle(Envelope)
        case send([UInt8])
        case ping
        case pong([UInt8])
        /// Say goodbye.
        case close
        /// End the connection without a word.
        case hangUp
        case report(Report)
    }

    /// What the pool must know.
    enum Report: Sendable, Equatable {
        case live(SocketHello)
        /// A ping went unanswered: it may be dead.
        case suspect
        /// It is not dead after all.
        case recovered
        /// Slack will close it.
        case warned(SocketDisconnect)
        case over(End)
    }

    /// Why it is over.
    enum End: Sendable, Equatable {
        case refused(OpeningFailure)
        /// It never came to life.
        case failed(String)
        /// It was alive, and is not.
        case lost(String)
        case disconnected(SocketDisconnect)
        case retired
    }

    private enum Phase: Sendable, Equatable {
        case asking, connecting, greeting, live, draining, closing, over
    }

    /// What each step may take.
    static let patience = Duration.seconds(10)
    /// How often a ping is sent.
    static let pingInterval = Duration.seconds(5)
    /// From then on a silent peer is suspected: a ping is two seconds without an answer.
    static let suspiciousSilence = Duration.seconds(7)
    /// How long a peer may be silent: two pings went unanswered.
    static let longestSilence = Duration.seconds(12)
    /// How long what is under way may keep a socket open that is to go.
    static let drainTime = Duration.seconds(5)
    /// Slack takes its time to close a connection after the goodbye.
    static let goodbyeTime = Duration.seconds(1)
    /// More requests than this are left unacknowledged: Slack has them still, the memory of the host not yet.
    static let mostUnderWay = 512

    private var phase = Phase.asking
    /// When the present step has taken too long.
    private var deadline: Duration
    private var heardAt: Duration
    private var pingedAt: Duration
    private var underWay: Set<String> = []
    private var warning: SocketDisconnect?
    private var isSuspect = false

    /// - Returns: A new life, and the first thing to do.
    static func begin(at now: Duration) -> (SocketLife, [Action]) { (SocketLife(at: now), [.open]) }

    private init(at now: Duration) {
        deadline = now + Self.patience
        heardAt = now
        pingedAt = now
    }

    var isOver: Bool { phase == .over }
    /// Whether requests can come over it.
    var isOpen: Bool { phase == .live || phase == .draining }

    mutating func handle(_ event: Event, at now: Duration) -> [Action] {
        guard phase != .over else {
            // What was on its way when it ended.
            if case .connected = event { return [.hangUp] }
            return []
        }
        switch event {
        case .located:
            if phase == .asking { step(to: .connecting, at: now) }
            return []
        case .refused(let failure): return end(.refused(failure))
        case .cannotConnect(let reason): return end(.failed(reason))
        case .connected:
            if phase == .connecting { step(to: .greeting, at: now) }
            return hear(at: now)
        case .message(let message): return hear(at: now) + receive(message, at: now)
        case .pinged(let data): return hear(at: now) + [.pong(data)]
        case .heard, .unreadable: return hear(at: now)
        case .answered(let envelope, let text): return answer(envelope, text, at: now)
        case .retire: return retire(at: now)
        case .closed(let code): return end(lost(code.map { "closed with code \($0)" } ?? "the connection broke"))
        case .tick: return tick(at: now)
        }
    }

    private mutating func hear(at now: Duration) -> [Action] {
        heardAt = now
        guard isSuspect else { return [] }
        isSuspect = false
        return [.report(.recovered)]
    }

    private mutating func receive(_ message: SocketMessage, at now: Duration) -> [Action] {
        switch message {
        case .hello(let hello):
            guard phase == .connecting || phase == .greeting else { return [] }
            phase = .live
            pingedAt = now
            return [.report(.live(hello))]
        case .disconnect(let reason):
            warning = reason
            return [.report(.warned(reason))]
        case .envelope(let envelope):
            // After the goodbye nothing can be acknowledged, and Slack sends it over another socket.
            guard isOpen, underWay.count < Self.mostUnderWay else { return [] }
            underWay.insert(envelope.id)
            return [.handle(envelope)]
        case .unknown: return []
        }
    }

    private mutating func answer(_ envelope: String, _ text: [UInt8]?, at now: Duration) -> [Action] {
        guard underWay.remove(envelope) != nil, isOpen else { return [] }
        return (text.map { [.send($0)] } ?? []) + goodbyeIfDone(at: now)
    }

    private mutating func retire(at now: Duration) -> [Action] {
        switch phase {
        case .asking, .connecting, .greeting: return [.hangUp] + end(.retired)
        case .live:
            phase = .draining
            deadline = now + Self.drainTime
            return goodbyeIfDone(at: now)
        case .draining, .closing, .over: return []
        }
    }

    private mutating func goodbyeIfDone(at now: Duration) -> [Action] {
        guard phase == .draining, underWay.isEmpty || now >= deadline else { return [] }
        phase = .closing
        deadline = now + Self.goodbyeTime
        return [.close]
    }

    private mutating func tick(at now: Duration) -> [Action] {
        switch phase {
        case .asking, .connecting, .greeting:
            guard now >= deadline else { return [] }
            return [.hangUp] + end(.failed("no \(missing) within \(Self.patience.components.seconds) seconds"))
        case .live, .draining:
            if now - heardAt >= Self.longestSilence {
                return [.hangUp] + end(lost("nothing was heard for \(Self.longestSilence.components.seconds) seconds"))
            }
            var actions = goodbyeIfDone(at: now)
            if !isSuspect, now - heardAt >= Self.suspiciousSilence {
                isSuspect = true
                actions.append(.report(.suspect))
            }
            if isOpen, now - pingedAt >= Self.pingInterval {
                pingedAt = now
                actions.append(.ping)
            }
            return actions
        case .closing:
            guard now >= deadline else { return [] }
            return [.hangUp] + end(.retired)
        case .over: return []
        }
    }

    private var missing: String {
        switch phase {
        case .asking: "answer to apps.connections.open"
        case .connecting: "connection"
        default: "hello"
        }
    }

    private mutating func step(to next: Phase, at now: Duration) {
        phase = next
        deadline = now + Self.patience
    }

    private func lost(_ how: String) -> End {
        if let warning { return .disconnected(warning) }
        switch phase {
        case .draining, .closing: return .retired
        case .live: return .lost(how)
        case .asking, .connecting, .greeting, .over: return .failed(how)
        }
    }

    private mutating func end(_ end: End) -> [Action] {
        phase = .over
        return [.report(.over(end))]
    }
}
