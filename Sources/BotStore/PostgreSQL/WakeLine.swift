import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Carries the news that there may be work from host to host, by `LISTEN` and `NOTIFY` on a connection and a thread of
/// its own. News may be lost with the connection: whoever waits for work asks for it now and then too.
///
/// The news is not part of the transaction that made the work: the server lets transactions that notify commit only
/// one after the other. https://www.postgresql.org/docs/current/sql-notify.html
final class WakeLine: Sendable {
    /// News are told to the others at most this often.
    private static let pause = Duration.milliseconds(20)
    /// How often ids of transactions that nobody asks for any more are removed, and after how many milliseconds.
    private static let sweep = Duration.seconds(60)
    private static let kept = 300_000

    private struct State {
        var isPending = false
        var isEnded = false
        var isOver = false
        var whenOver: [CheckedContinuation<Void, Never>] = []
    }

    private let address: PostgreSQLAddress
    private let listeners: Listeners
    private let state = Mutex(State())
    /// A byte in here ends the wait for the server.
    private let bell: (read: Int32, write: Int32)

    init(address: PostgreSQLAddress, listeners: Listeners) throws(StoreError) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw SystemFailure.error("A pipe cannot be made", errno) }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        bell = (ends[0], ends[1])
        self.address = address
        self.listeners = listeners
        let thread = Thread { self.run() }
        thread.name = "bothost.wake"
        thread.start()
    }

    deinit {
        close(bell.read)
        close(bell.write)
    }

    /// Tells the other hosts, soon.
    func notify() {
        let isFirst = state.withLock { state in
            defer { state.isPending = true }
            return !state.isPending
        }
        if isFirst { poke() }
    }

    func end() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                state.isEnded = true
                if !state.isOver { state.whenOver.append(continuation) }
                return state.isOver
            }
            if isOver { continuation.resume() } else { poke() }
        }
    }

    private func poke() {
        _ = [1 as UInt8].withUnsafeBytes { write(bell.write, $0.baseAddress, 1) }
    }

    // MARK: On the thread

    private func run() {
        var session: PostgreSQLSession?
        var failures = 0
        var nextSweep = ContinuousClock.now + Self.sweep
        var notified = ContinuousClock.now - Self.pause
        while !state.withLock({ $0.isEnded }) {
            guard let open = session else {
                session = connect()
                failures = session == nil ? min(failures + 1, 6) : 0
                // What came while nobody listened.
                if session != nil { listeners.wake() } else { wait(nil, until: .now + .milliseconds(100 << failures)) }
                continue
            }
            let isPending = state.withLock { $0.isPending }
            wait(open, until: isPending ? min(notified + Self.pause, nextSweep) : nextSweep)
            do {
                if notified + Self.pause <= .now, take() {
                    try open.execute("NOTIFY bothost")
                    notified = .now
                }
                if nextSweep <= .now {
                    nextSweep = .now + Self.sweep
                    try open.execute("DELETE FROM commits WHERE at < \(PostgreSQLTransaction.now) - \(Self.kept)")
                }
                if try open.hasNews() { listeners.wake() }
            } catch {
                if error.isLost { session = nil }
            }
        }
        session = nil
        let waiting = state.withLock { state in
            state.isOver = true
            return state.whenOver
        }
        waiting.forEach { $0.resume() }
    }

    private func connect() -> PostgreSQLSession? {
        guard let session = try? PostgreSQLSession(address) else { return nil }
        do { try session.execute("LISTEN bothost") } catch { return nil }
        return session
    }

    /// Whether there is something to tell, which is told then.
    private func take() -> Bool {
        state.withLock { state in
            defer { state.isPending = false }
            return state.isPending
        }
    }

    private func wait(_ session: PostgreSQLSession?, until deadline: ContinuousClock.Instant) {
        let sockets = [(bell.read, POLLIN)] + (session.map { [($0.socket, POLLIN)] } ?? [])
        _ = SocketWait.wait(sockets, until: deadline)
        var bytes = [UInt8](repeating: 0, count: 16)
        while read(bell.read, &bytes, bytes.count) > 0 {}
    }
}
