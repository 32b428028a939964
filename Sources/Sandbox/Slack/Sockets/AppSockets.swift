import FoundationEssentials
import NIOCore
import NIOWebSocket
import Synchronization

/// The app's Socket Mode connections: what is sent over them, and what is still unacknowledged.
///
/// - SeeAlso: https://docs.slack.dev/apis/events-api/using-socket-mode
final class AppSockets: Sendable {
    /// What a request is sent as.
    struct Envelope: Sendable {
        /// `slash_commands`, `interactive` or `events_api`.
        var type: String
        var payload: JSON
        /// How often it was sent before, and why again; for events.
        var retry: (attempt: Int, reason: String)?

        /// Events are only acknowledged; all else can be answered.
        var acceptsAnswer: Bool { type != "events_api" }
    }

    private struct Pending {
        var text: String
        var socket: Int?
        var acceptsAnswer: Bool
        var isSettled: CheckedContinuation<Acknowledgement, Never>
    }

    private struct State {
        var tickets = SocketTickets()
        var sockets: [Int: AppSocket] = [:]
        var lastNumber = 0
        var turn = 0
        var pending: [String: Pending] = [:]
        var address: String?
        var isSwitchedOff = false
        var isStalling = false
        var opens: [Date] = []
    }

    /// The most that Slack lets an app have.
    static let most = 10
    static let usualLifetime = Duration.seconds(3_600)
    /// With `debug_reconnects`.
    static let shortLifetime = Duration.seconds(360)
    static let warningTime = Duration.seconds(10)
    static let pingInterval = Duration.seconds(10)

    private let state = Mutex(State())
    private let timeout: Duration
    private let clock: any SandboxClock
    private let work: BackgroundWork

    init(timeout: Duration, clock: any SandboxClock, work: BackgroundWork) {
        self.timeout = timeout
        self.clock = clock
        self.work = work
    }

    /// Where sockets are opened, known when the listener listens.
    func listening(at address: String) { state.withLock { $0.address = address } }

    /// Whether requests can be sent over a socket now.
    var isOpen: Bool { state.withLock { $0.sockets.values.contains { !$0.isLeaving } } }

    /// The open ones, oldest first.
    var all: [AppSocket] { state.withLock { $0.sockets.values.sorted { $0.number < $1.number } } }

    /// When the app asked for an address, in the last hour.
    var opens: [Date] { state.withLock { $0.opens } }

    // MARK: opening

    /// The address for one new connection.
    func makeAddress() throws(SlackError) -> String {
        let now = clock.now
        let made: (address: String?, isOff: Bool) = state.withLock { state in
            state.opens = state.opens.filter { now.timeIntervalSince($0) < 3_600 } + [now]
            guard !state.isSwitchedOff, let address = state.address else { return (nil, state.isSwitchedOff) }
            return ("\(address)/link/?ticket=\(state.tickets.issue(at: now))&app_id=\(SlackApp.id)", false)
        }
        guard let address = made.address else {
            throw SlackError(made.isOff ? "socket_mode_not_enabled" : "internal_error")
        }
        return address
    }

    func redeem(_ ticket: String) -> Bool { state.withLock { $0.tickets.redeem(ticket, at: clock.now) } }

    /// Lets a connection in, and greets it.
    func open(_ channel: any Channel, lifetime: Duration) -> Int {
        let wire = AppSocket.Wire(channel: channel)
        let (number, count, isStalling, waiting) = state.withLock { state in
            state.lastNumber += 1
            let number = state.lastNumber
            state.sockets[number] = AppSocket(number: number, openedAt: clock.now, wire: wire, lifetime: lifetime)
            let isStalling = state.isStalling
            if isStalling { state.sockets[number]?.isSilent = true }
            var waiting: [String] = []
            if !isStalling {
                for (id, pending) in state.pending where pending.socket == nil {
                    state.pending[id]?.socket = number
                    waiting.append(pending.text)
                }
            }
            return (number, state.sockets.count, isStalling, waiting)
        }
        guard !isStalling else { return number }
        wire.send(hello(connections: count, lifetime: lifetime))
        for text in waiting { wire.send(text) }
        if count > Self.most {
            disconnect(number, "too_many_websockets")
        } else {
            grow(old: number, lifetime)
        }
        return number
    }

    private func hello(connections: Int, lifetime: Duration) -> String {
        JSON.object([
            "type": "hello", "num_connections": .int(connections), "connection_info": ["app_id": .string(SlackApp.id)],
            "debug_info": [
                "host": "applink-sandbox", "started": .string("\(clock.now)"), "build_number": 1,
                "approximate_connection_time": .int(Int(lifetime.components.seconds)),
            ],
        ]).text
    }

    /// Pings it now and then, warns it in good time, and closes it.
    private func grow(old number: Int, _ lifetime: Duration) {
        work.start { [self] in
            while let socket = socket(number), !socket.isLeaving {
                do { try await clock.sleep(for: Self.pingInterval) } catch { return }
                if !socket.isSilent { socket.wire.ping() }
            }
        }
        work.start { [self] in
            do { try await clock.sleep(for: lifetime - Self.warningTime) } catch { return }
            disconnect(number, "warning")
        }
    }

    private func socket(_ number: Int) -> AppSocket? { state.withLock { $0.sockets[number] } }

    // MARK: sending

    /// Sends a request over one of the sockets and waits for the acknowledgement, at most as long as Slack does. Where the
    /// socket goes before it came, another one is tried.
    func deliver(_ envelope: Envelope) async -> Acknowledgement {
        let id = UUID().uuidString.lowercased()
        let text = Self.text(envelope, id: id)
        return await withCheckedContinuation { continuation in
            let wire: AppSocket.Wire?? = state.withLock { state in
                guard let socket = Self.next(&state) else { return .none }
                state.pending[id] = Pending(
                    text: text, socket: socket.number, acceptsAnswer: envelope.acceptsAnswer, isSettled: continuation)
                return .some(socket.isSilent ? nil : socket.wire)
            }
            guard let wire else {
                return continuation.resume(returning: Acknowledgement(status: 0, ms: 0, outcome: "dispatch_failed"))
            }
            wire?.send(text)
            work.start { [self] in
                try? await Task.sleep(for: timeout)
                settle(id, Acknowledgement(status: 0, ms: 0, outcome: "operation_timeout"))
            }
        }
    }

    private static func text(_ envelope: Envelope, id: String) -> String {
        var fields: [String: JSON] = [
            "envelope_id": .string(id), "type": .string(envelope.type), "payload": envelope.payload,
            "accepts_response_payload": .bool(envelope.acceptsAnswer),
        ]
        if envelope.type == "events_api" {
            fields["retry_attempt"] = .int(envelope.retry?.attempt ?? 0)
            fields["retry_reason"] = .string(envelope.retry?.reason ?? "")
        }
        return JSON.object(fields).text
    }

    /// Each request goes to any one of them.
    private static func next(_ state: inout State) -> AppSocket? {
        let open = state.sockets.values.filter { !$0.isLeaving }.sorted { $0.number < $1.number }
        guard !open.isEmpty else { return nil }
        state.turn += 1
        return open[state.turn % open.count]
    }

    private func settle(_ id: String, _ acknowledgement: Acknowledgement) {
        let pending = state.withLock { $0.pending.removeValue(forKey: id) }
        pending?.isSettled.resume(returning: acknowledgement)
    }

    // MARK: receiving

    /// A text from the app: an acknowledgement, or nothing that is understood.
    func received(_ text: [UInt8], on number: Int) {
        guard let socket = socket(number), !socket.isSilent, let message = JSON.parse(text),
            let id = message["envelope_id"]?.string,
            let accepts = state.withLock({ $0.pending[id]?.acceptsAnswer })
        else { return }
        var acknowledgement = Acknowledgement(status: 200, ms: 0, outcome: "ok")
        if accepts, let payload = message["payload"], !payload.isNull {
            acknowledgement.contentType = "application/json"
            acknowledgement.body = Array(payload.bytes)
        }
        settle(id, acknowledgement)
    }

    func pinged(_ data: ByteBuffer, on number: Int) {
        guard let socket = socket(number), !socket.isSilent else { return }
        socket.wire.pong(data)
    }

    /// The app said goodbye, or the connection is gone.
    func closed(_ number: Int) {
        let again: [(AppSocket.Wire, String)] = state.withLock { state in
            guard state.sockets.removeValue(forKey: number) != nil else { return [] }
            var again: [(AppSocket.Wire, String)] = []
            for (id, pending) in state.pending where pending.socket == number {
                let next = Self.next(&state)
                state.pending[id]?.socket = next?.number
                if let next, !next.isSilent { again.append((next.wire, pending.text)) }
            }
            return again
        }
        for (wire, text) in again { wire.send(text) }
    }

    // MARK: ending

    /// Ends a connection as Slack does.
    ///
    /// - SeeAlso: https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect
    func disconnect(_ number: Int, _ reason: String) {
        guard let socket = socket(number), !socket.isSilent else { return }
        let message: JSON = [
            "type": "disconnect", "reason": .string(reason), "debug_info": ["host": "applink-sandbox"],
        ]
        socket.wire.send(message.text)
        guard reason == "warning" || reason == "refresh_requested" else {
            socket.wire.close(.normalClosure)
            return
        }
        let grace = reason == "warning" ? Self.warningTime : .seconds(1)
        work.start { [self] in
            do { try await clock.sleep(for: grace) } catch { return }
            self.socket(number)?.wire.close(.normalClosure)
        }
    }

    /// Switches Socket Mode off for the app, or on again.
    func switchOff(_ isOff: Bool) {
        let sockets = state.withLock { state in
            state.isSwitchedOff = isOff
            return Array(state.sockets.keys)
        }
        if isOff { for number in sockets { disconnect(number, "link_disabled") } }
    }

    /// Closes a connection with a code, as on a frame that is too long.
    func close(_ number: Int, _ code: WebSocketErrorCode, _ reason: String) {
        socket(number)?.wire.close(code, reason)
    }

    func drop(_ number: Int) { socket(number)?.wire.drop() }

    func silence(_ number: Int) { state.withLock { $0.sockets[number]?.isSilent = true } }

    /// From now on new connections are not greeted, or are again.
    func stall(_ isStalling: Bool) { state.withLock { $0.isStalling = isStalling } }

    func dropAll() { for socket in all { socket.wire.drop() } }
}
